/** @file What the owner may choose: numbers in their range, an origin that is one and nothing else, one line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkChoices, choicesFor, readChoice } from '../../../src/main/choices/choices.ts';
import { type Choices, defaultChoices, type Policy } from '../../../src/shared/choices.ts';
import { fail, ok } from '../../../src/shared/result.ts';

const origin = (typed: string) => checkChoices({ origin: typed }, 'gmail');
const sentence = (typed: string) => checkChoices({ sentence: typed }, 'gmail');
const wrong = (field: keyof Choices, why: string) => fail({ code: 'choice', field, why });

describe('a number', () => {
  it.each<[keyof Policy, number, number]>([
    ['codeLength', 6, 8],
    ['lifetimeMinutes', 2, 10],
    ['guesses', 3, 5],
    ['addressGuesses', 5, 20],
    ['addressSends', 1, 5],
    ['accountSends', 1, 400],
  ])('%s goes from %i to %i and nowhere else [T-policy-range]', (field, min, max) => {
    for (const value of [min, max])
      expect(checkChoices({ [field]: value }, 'gmail')).toEqual(ok({ [field]: value }));
    for (const value of [min - 1, max + 1, min + 0.5, NaN, Infinity, -1, String(min), null, undefined]) {
      expect(checkChoices({ [field]: value }, 'gmail'), String(value)).toEqual(wrong(field, 'out-of-range'));
    }
  });

  it('lets Workspace and other servers send 1,900 a day', () => {
    expect(checkChoices({ accountSends: 1_900 }, 'workspace').ok).toBe(true);
    expect(checkChoices({ accountSends: 1_900 }, 'server').ok).toBe(true);
    expect(checkChoices({ accountSends: 1_901 }, 'server').ok).toBe(false);
    expect(checkChoices({ accountSends: 401 }, null).ok).toBe(false);
  });
});

describe('a change', () => {
  it('is refused as a whole when one choice is wrong, and names the first', () => {
    expect(checkChoices({ sentence: 'a\nb', guesses: 9, codeLength: 8 }, 'gmail')).toEqual(
      wrong('guesses', 'out-of-range'),
    );
  });

  it('holds what is named and nothing else', () => {
    const inherited = Object.create({ guesses: 3 }) as Partial<Choices>;
    expect(checkChoices({ ...inherited, ...{ extra: 1 }, codeLength: 8 }, 'gmail')).toEqual(
      ok({ codeLength: 8 }),
    );
    expect(checkChoices(inherited, 'gmail')).toEqual(ok({}));
  });
});

describe('what is stored', () => {
  it('is judged by the widest range: a smaller account afterwards is no tampering', () => {
    expect(readChoice('accountSends', 1_900)).toEqual(ok({ accountSends: 1_900 }));
    expect(readChoice('accountSends', 1_901).ok).toBe(false);
    expect(choicesFor('gmail', { accountSends: 1_900 }).accountSends).toBe(400);
    expect(choicesFor('server', { accountSends: 1_900 }).accountSends).toBe(1_900);
  });

  it('leaves what is not stored at its default for the kind of account', () => {
    expect(choicesFor('server', { guesses: 3 })).toEqual({ ...defaultChoices('server'), guesses: 3 });
  });
});

describe('the website', () => {
  it.each([
    ['https://clinic.example', 'https://clinic.example'],
    ['  https://Clinic.Example/ ', 'https://clinic.example'],
    ['https://clinic.example:8443', 'https://clinic.example:8443'],
    ['https://clinic.example:443', 'https://clinic.example'],
    ['https://bücher.example', 'https://xn--bcher-kva.example'],
    ['', ''],
    ['   ', ''],
  ])('%j is kept as %j', (typed, kept) => {
    expect(origin(typed)).toMatchObject(ok({ origin: kept }));
  });

  it.each([
    'http://clinic.example',
    'clinic.example',
    'https://clinic.example/book',
    'https://clinic.example/?a=1',
    'https://clinic.example/#top',
    'https://user@clinic.example',
    'https://user:secret@clinic.example',
    'https://localhost',
    'https://[::1]',
    'https://',
    'javascript:alert(1)',
    'data:text/html,x',
    'https://clinic.example" ; origin="https://evil.example',
    'https://clinic.example\r\nBcc: thief@example.org',
    `https://${'a'.repeat(300)}.example`,
  ])('%j is refused', (typed) => {
    expect(origin(typed)).toEqual(wrong('origin', 'not-an-origin'));
  });

  it('can end no quoted string and no line, whatever was typed', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl(), fc.string({ unit: 'binary' })), (typed) => {
        const checked = origin(typed);
        if (checked.ok) expect(checked.value.origin).toMatch(/^(?:https:\/\/[a-z0-9.-]+(?::\d+)?)?$/);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe('the sentence', () => {
  it('is trimmed, and may be two hundred characters long', () => {
    expect(sentence('  Second floor, left.  ')).toMatchObject({ value: { sentence: 'Second floor, left.' } });
    expect(sentence('x'.repeat(200)).ok).toBe(true);
    expect(sentence('x'.repeat(201))).toEqual(wrong('sentence', 'too-long'));
  });

  it.each(['Dear {name},', 'Dear {{ first_name }},', '%NAME%, please', '<<Name>>', '[[name]]'])(
    'is not %j, in which other programs would fill something in',
    (typed) => {
      expect(sentence(typed)).toEqual(wrong('sentence', 'like-a-placeholder'));
      expect(checkChoices({ contact: typed }, 'gmail')).toEqual(wrong('contact', 'like-a-placeholder'));
    },
  );

  it.each(['10 % off until Friday', 'Room 3 > second floor', 'Ask at [Desk 2]'])('may be %j', (typed) => {
    expect(sentence(typed).ok).toBe(true);
  });

  it.each(['a\nb', 'a\r\nBcc: b@example.org', 'a\0b', 'a\u2028b'])('is one line: %j', (typed) => {
    expect(sentence(typed)).toEqual(wrong('sentence', 'control-character'));
  });
});
