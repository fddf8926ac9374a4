/**
 * @file Replies that are replaced by every code there is, doubled, split, late, cut off, or no replies at all; STARTTLS
 * stripped and injected. What the server's books say is what the claim is held against.
 */
import type { Security } from '../../src/shared/words.ts';
import { makeCertificate } from '../integration/mail/certificates.ts';
import { type Event, startJudge, type Twist } from './judge.ts';
import { type Case, type Claim, impatienceFor, send } from './trial.ts';

const EVENTS: readonly Event[] = ['connect', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'body'];

/** Every code of RFC 5321 §4.2.3 and RFC 4954 §6, and every pair that the table of causes tells apart. */
const REPLIES = [
  ...['211 x', '214 x', '220 x', '221 x', '235 2.7.0 x', '250 2.0.0 x', '251 2.1.5 x', '252 2.1.5 x'],
  ...['334 x', '354 x', '421 x', '421 4.3.0 x', '421 4.4.5 x', '421 4.7.0 x', '432 4.7.12 x', '450 x'],
  ...['450 4.2.0 x', '450 4.2.1 x', '450 4.7.1 x', '451 x', '451 4.3.0 x', '451 4.4.2 x', '452 x'],
  ...['452 4.2.2 x', '452 4.3.1 x', '452 4.5.3 x', '454 4.7.0 x', '455 x', '500 x', '501 x', '502 x'],
  ...['503 5.5.1 x', '504 x', '521 x', '525 5.7.13 x', '530 5.7.0 x', '534 5.7.9 x', '534 5.7.14 x'],
  ...['535 5.7.8 x', '538 5.7.11 x', '550 x', '550 5.1.1 x', '550 5.1.10 x', '550 5.2.1 x', '550 5.4.5 x'],
  ...['550 5.7.1 x', '551 5.1.6 x', '552 x', '552 5.2.2 x', '552 5.3.4 x', '552 5.7.0 x', '553 5.1.2 x'],
  ...['553 5.1.3 x', '553 5.6.7 x', '554 x', '554 5.7.1 x', '555 5.5.2 x', '556 5.1.10 x'],
] as const;

const MEGABYTE = 1_000_000;
const NOISE: readonly (readonly [string, string | Buffer])[] = [
  ['an HTTP answer', 'HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\n\r\n'],
  ['a POP3 greeting', '+OK ready\r\n'],
  ['an IMAP greeting', '* OK ready\r\n'],
  ['an SSH banner', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['NUL bytes', Buffer.alloc(64)],
  ['high bytes', Buffer.concat([Buffer.alloc(64, 0xff), Buffer.from('\r\n')])],
  ['empty lines', '\r\n\r\n\r\n'],
  ['bare line feeds', '250 2.0.0 x\n250 2.0.0 x\n'],
  ['a code without a text', '250\r\n'],
  ['a code of two digits', '25 x\r\n'],
  ['a code of four digits', '2500 x\r\n'],
  ['lines that disagree', '250-x\r\n550 5.1.1 x\r\n'],
  ['a reply that never ends', '250-x\r\n'],
  ['a megabyte in one line', `250 ${'x'.repeat(MEGABYTE)}\r\n`],
  ['a megabyte without an end', '2'.repeat(MEGABYTE)],
  ['a megabyte of lines', '250-x\r\n'.repeat(MEGABYTE / 7)],
];

/** The one right answer to an event: giving it is no fault. */
const usualCode: Readonly<Record<Event, string>> = {
  connect: '220',
  EHLO: '250',
  STARTTLS: '220',
  AUTH: '235',
  MAIL: '2',
  RCPT: '2',
  DATA: '354',
  body: '250',
};

export async function replyCases(stride: number): Promise<Case[]> {
  const certificate = await makeCertificate();
  const cases: Case[] = [];
  const add = (
    family: string,
    name: string,
    expected: Claim | null,
    twist: Twist,
    options: { readonly security?: Security; readonly impatient?: boolean } = {},
  ) => {
    cases.push({
      family,
      name,
      expected,
      run: async (recipient) => {
        const judge = await startJudge(twist, certificate, options.security);
        const claim = await send(
          judge.server,
          recipient,
          options.impatient === true ? impatienceFor(expected) : {},
        );
        await judge.stop();
        return { claim, accepted: judge.accepted, sawBody: judge.sawBody };
      },
    });
  };
  const on =
    (wanted: Event, answer: ReturnType<Twist>, connections: 'first' | 'every'): Twist =>
    (event, _usual, connection) =>
      event === wanted && (connections === 'every' || connection === 1) ? answer : undefined;

  for (const event of EVENTS) {
    for (const reply of REPLIES) {
      const fits = reply.startsWith(usualCode[event]) && event !== 'EHLO';
      const definite = /^[45]/u.test(reply);
      for (const connections of ['first', 'every'] as const) {
        // After the dot a no is a no, and whatever is neither is unknown. Before it the message is carried by a later
        // connection, or refused, and never unknown.
        const afterDot: Claim = fits ? 'accepted' : definite ? 'refused' : 'unknown';
        const before: Claim | null = fits ? 'accepted' : connections === 'every' ? 'refused' : null;
        const expected = event === 'body' ? afterDot : before;
        add(
          'reply replaced',
          `${reply} at ${event}, ${connections}`,
          expected,
          on(event, { bytes: `${reply}\r\n` }, connections),
        );
      }
    }
    add('reply doubled', event, null, (asked, usual) =>
      asked === event ? { bytes: usual + usual } : undefined,
    );
    add('reply doubled', `${event}, with a no after the dot`, null, (asked, usual) => {
      const said = asked === 'body' ? '554 5.7.1 x\r\n' : usual;
      return asked === event ? { bytes: said + said } : { bytes: said };
    });
    add('reply doubled', `${event}, the second late`, null, (asked, usual, connection) =>
      asked === event && connection === 1 ? { bytes: usual + usual, manner: 'bytewise' } : undefined,
    );
    add('reply split', event, 'accepted', (asked, usual) =>
      asked === event ? { bytes: usual, manner: 'bytewise' } : undefined,
    );
    add('reply late', event, 'accepted', (asked, usual) =>
      asked === event ? { bytes: usual, manner: 'late' } : undefined,
    );
    add(
      'reply missing',
      `${event}, every`,
      event === 'body' ? 'unknown' : 'refused',
      on(event, null, 'every'),
      { impatient: true },
    );
    add(
      'reply missing',
      `${event}, first`,
      event === 'body' ? 'unknown' : 'accepted',
      on(event, null, 'first'),
      { impatient: true },
    );
    for (const [what, bytes] of NOISE) {
      // To MAIL and RCPT a first digit is enough of an answer (RFC 5321 §4.2.1): the verdict is asked for strictly.
      const enough = (event === 'MAIL' || event === 'RCPT') && /^2/u.test(bytes.toString('latin1'));
      const wellFormed = what === 'bare line feeds' || what === 'a code without a text';
      const expected: Claim | null = event === 'body' || wellFormed || enough ? null : 'refused';
      add('garbage', `${what} at ${event}`, expected, on(event, { bytes }, 'every'), { impatient: true });
    }
  }
  // Every reply cut off at every byte of it.
  for (const event of EVENTS) {
    for (let at = 0; at < 90; at += stride) {
      add('reply cut off', `${event} at byte ${at}`, null, (asked, usual) =>
        asked === event && at < usual.length ? { bytes: usual.slice(0, at), end: true } : undefined,
      );
      add('refusal cut off', `${event} at byte ${at}`, null, (asked) => {
        const refusal = '550-5.7.1 one\r\n550 5.7.1 two\r\n';
        return asked === event && at < refusal.length
          ? { bytes: refusal.slice(0, at), end: true }
          : undefined;
      });
    }
  }
  add('all bytewise', 'every reply', 'accepted', (_asked, usual) => ({ bytes: usual, manner: 'bytewise' }));
  add('all late', 'every reply', 'accepted', (_asked, usual) => ({ bytes: usual, manner: 'late' }));

  const starttls = { security: 'starttls' } as const;
  add('STARTTLS', 'offered and kept', 'accepted', () => undefined, starttls);
  for (const code of ['454 4.7.0 x', '500 x', '502 5.5.1 x', '503 x', '554 x', '250 x']) {
    const expected = code.startsWith('2') ? null : 'refused';
    add('STARTTLS', `answered ${code}`, expected, on('STARTTLS', { bytes: `${code}\r\n` }, 'every'), {
      ...starttls,
      impatient: true,
    });
  }
  add(
    'STARTTLS',
    'stripped from the offer, with AUTH in plain text',
    'refused',
    (asked) => {
      if (asked === 'EHLO') return { bytes: '250-peer\r\n250-PIPELINING\r\n250 AUTH PLAIN\r\n' };
      return asked === 'STARTTLS' ? { bytes: '502 5.5.1 x\r\n' } : undefined;
    },
    starttls,
  );
  for (const injected of ['250 x\r\n', '250-peer\r\n250 AUTH PLAIN\r\n', '235 2.7.0 x\r\n', 'x', '\r\n'])
    add(
      'STARTTLS',
      `${JSON.stringify(injected)} injected`,
      injected.trim() === '' ? null : 'refused',
      on('STARTTLS', { bytes: `220 2.0.0 x\r\n${injected}` }, 'every'),
      { ...starttls, impatient: true },
    );
  add(
    'STARTTLS',
    'answered with noise',
    'refused',
    on('STARTTLS', { bytes: Buffer.alloc(512, 7) }, 'every'),
    { ...starttls, impatient: true },
  );
  return cases;
}
