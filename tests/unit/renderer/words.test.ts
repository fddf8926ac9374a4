/**
 * @file Every expected thing has words, the words hold no leftover placeholder, and the text claims no more than
 * the program can.
 */
import { describe, expect, it } from 'vitest';
import { CAUSE_NAMES } from '../../../src/shared/causes.ts';
import { SETUP_STEPS } from '../../../src/shared/desk-view.ts';
import { ACCOUNT_KINDS, ADDRESS_PROBLEMS, SECURITY, SEND_STAGES } from '../../../src/shared/words.ts';
import { requestOf, PURPOSES, type Request } from '../../../src/shared/request.ts';
import { en } from '../../../src/renderer/i18n/en.ts';
import { i18n } from '../../../src/renderer/i18n/i18n.ts';
import {
  capital,
  problemText,
  requestLine,
  requestShort,
  serverName,
  withNode,
  type AnyProblem,
} from '../../../src/renderer/i18n/phrases.tsx';
import { addressFaultText } from '../../../src/renderer/i18n/address-fault.ts';
import { endWords } from '../../../src/renderer/i18n/end-words.ts';
import { NOW } from '../../gallery/parts.ts';

const t = i18n.t;

/** Every text with the path to it. */
function texts(branch: object, path: string): readonly (readonly [string, string])[] {
  return Object.entries(branch).flatMap(([name, value]: [string, unknown]) => {
    const here = path === '' ? name : `${path}.${name}`;
    if (typeof value === 'string') return [[here, value] as const];
    return typeof value === 'object' && value !== null ? texts(value, here) : [];
  });
}
const all = texts(en, '');

describe('words', () => {
  it.each(CAUSE_NAMES)('for the cause %s say what happened, most likely why, and what to do now', (cause) => {
    for (const part of ['title', 'meaning', 'remedy'] as const) {
      const text = t(`causes.${cause}.${part}`, { server: 'Gmail' });
      expect(text).not.toBe('');
      expect(text).not.toContain('{{');
    }
    expect(en.causes[cause].title).not.toMatch(/\.$/);
    expect(en.causes[cause].remedy).toMatch(/\.$/);
  });

  it('exist for every kind of thing that can be named', () => {
    for (const problem of ADDRESS_PROBLEMS) expect(en.addressProblems[problem]).toBeTruthy();
    for (const purpose of PURPOSES) expect(en.frame.purposes[purpose]).toBeTruthy();
    for (const kind of ACCOUNT_KINDS) expect(en.setup.address[kind]).toBeTruthy();
    for (const security of SECURITY) expect(en.setup.securities[security]).toBeTruthy();
    for (const step of SETUP_STEPS) expect(en.setup.steps[step]).toBeTruthy();
    for (const stage of SEND_STAGES) expect(en.code.stages[stage]).toBeTruthy();
  });

  it('are never empty, never shout and never blame', () => {
    for (const [path, text] of all) {
      expect(text.trim(), path).not.toBe('');
      expect(text, path).not.toMatch(/!|\byou failed\b|\byour fault\b|\boops\b|\binvalid\b/i);
    }
  });

  it('never claim that somebody’s identity is proven, or that this is a second factor', () => {
    for (const [path, text] of all) {
      expect(text, path).not.toMatch(/\b(identity|MFA|2FA|multi-?factor|authenticat\w*)\b/i);
    }
  });

  it('do not use again what people tripped over', () => {
    const riddles = [
      /next person/i,
      /\bshift\b/i,
      /given back/i,
      /took offence/i,
      /there is one desk/i,
      /left today/i,
      /ended at the desk/i,
      /let us in/i,
    ];
    for (const [path, text] of all) for (const riddle of riddles) expect(text, path).not.toMatch(riddle);
  });

  it('never hold markup: they are shown as they are', () => {
    for (const [path, text] of all) expect(text, path).not.toMatch(/<\w|&\w+;/);
  });
});

describe('a request in one line', () => {
  it.each<[Request, string, string]>([
    [requestOf('registration'), 'Registration', 'Registration'],
    [
      requestOf('payment', { amount: '€49.90', payee: 'Harbour Clinic' }),
      'Payment of €49.90 to Harbour Clinic',
      'Payment, €49.90',
    ],
    [requestOf('other', { what: 'Key to locker 14' }), 'Key to locker 14', 'Key to locker 14'],
  ])('%j', (request, line, short) => {
    expect(requestLine(t, request)).toBe(line);
    expect(requestShort(t, request)).toBe(short);
  });

  it('shows what was typed as it was typed, markup and placeholders included', () => {
    const typed = requestOf('payment', { amount: '<b>1</b> & {{payee}}', payee: '$t(frame.name)' });
    expect(requestLine(t, typed)).toBe('Payment of <b>1</b> & {{payee}} to $t(frame.name)');
  });
});

describe('a problem in words', () => {
  const until = NOW + 3_600_000;
  it.each<AnyProblem>([
    { code: 'address', fault: { problem: 'dots', character: null, repair: null } },
    { code: 'address-delayed', why: 'guesses', until },
    { code: 'address-delayed', why: 'sends', until },
    { code: 'account-delayed', until },
    { code: 'records-restored', until },
    { code: 'records-unreadable' },
    { code: 'records-newer' },
    { code: 'records-older' },
    { code: 'no-account' },
    { code: 'no-secret' },
    { code: 'vault', state: 'locked' },
    { code: 'vault', state: 'missing' },
    { code: 'cooling-down', until },
    { code: 'too-late' },
    { code: 'already-sending' },
    { code: 'not-open' },
    { code: 'not-found' },
    { code: 'busy' },
    { code: 'ill-formed', problem: { kind: 'empty' } },
    { code: 'ill-formed', problem: { kind: 'too-short', digits: 5, wanted: 6 } },
    { code: 'ill-formed', problem: { kind: 'too-long', digits: 1_000_000, wanted: 6 } },
    { code: 'ill-formed', problem: { kind: 'not-digits' } },
    { code: 'invalid-input' },
    { code: 'refused-sender' },
    { code: 'disk-full' },
    { code: 'internal', reference: 'K3-9' },
  ])('%j is a sentence with everything filled in', (problem) => {
    const text = problemText(t, problem, NOW, 'en');
    expect(text).toMatch(/^[A-Z].*\.$/);
    expect(text).not.toMatch(/\{\{|undefined/);
    if ('until' in problem) expect(text).toContain('15:06');
    if (problem.code === 'internal') expect(text).toContain('K3-9');
  });
});

describe('a character that no address has', () => {
  it.each([
    ['’', '“’” cannot be in an email address.'],
    [',', '“,” cannot be in an email address.'],
    ['\u{1f600}', '“😀” cannot be in an email address.'],
    ['\u0301', 'a special character (U+0301) cannot be in an email address.'],
  ])('%j is named', (character, text) => {
    expect(addressFaultText(t, { problem: 'character-not-allowed', character, repair: null })).toBe(text);
  });

  it.each([
    ['\u200b', 'a zero-width space (U+200B)'],
    ['\u00ad', 'a soft hyphen (U+00AD)'],
    ['\u202e', 'a direction mark (U+202E)'],
    ['\n', 'a line break (U+000A)'],
    ['\0', 'a special character (U+0000)'],
  ])('%j is named although it cannot be seen, with a way out when there is no repair', (character, name) => {
    const fault = { problem: 'invisible-character', character } as const;
    const said = `There is ${name} in it, which cannot be seen.`;
    expect(addressFaultText(t, { ...fault, repair: 'mia@example.com' })).toBe(said);
    expect(addressFaultText(t, { ...fault, repair: null })).toBe(`${said} Type the address by hand.`);
  });
});

describe('the server in a sentence', () => {
  const form = { address: 'desk@example.com', name: 'Desk' };
  it('is Gmail for both kinds of Google account, the host for another, and named as practice in practice', () => {
    const host = { host: 'mail.example.com', port: 465, security: 'implicit-tls', user: '' } as const;
    expect(serverName(t, { practice: false, form: { ...form, kind: 'gmail' } })).toBe('Gmail');
    expect(serverName(t, { practice: false, form: { ...form, kind: 'workspace' } })).toBe('Gmail');
    expect(serverName(t, { practice: false, form: { ...form, kind: 'server', server: host } })).toBe(
      'mail.example.com',
    );
    expect(serverName(t, { practice: true, form: null })).toBe('the practice server');
  });

  it('begins a title with a capital, except where that would change a host’s name', () => {
    expect(capital('the practice server is busy')).toBe('The practice server is busy');
    expect(capital('mail.harbour-clinic.example is busy')).toBe('mail.harbour-clinic.example is busy');
  });
});

describe('how a verification ended', () => {
  it('is told by its reason where the reason says more than the state', () => {
    expect(endWords('expired', 'time')).toBe('expired');
    expect(endWords('expired', 'clock')).toBe('clock');
    expect(endWords('expired', 'records-restored')).toBe('restored');
    expect(endWords('expired', 'keys-gone')).toBe('keysGone');
    expect(endWords('locked', 'guesses')).toBe('locked');
    expect(endWords('cancelled', 'desk')).toBe('cancelled');
  });
});

it('puts an element into a sentence without reading the sentence as markup', () => {
  const children = withNode('sent to \u0001, <i>now</i>', '\u0001', 'X');
  expect(JSON.stringify(children)).toContain('<i>now</i>');
});
