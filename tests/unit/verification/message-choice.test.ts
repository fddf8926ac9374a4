/** @file How the message may be wanted: an origin is an origin and nothing else, a sentence is one line. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkMessage, DEFAULT_MESSAGE } from '../../../src/main/verification/message-choice.ts';

const origin = (typed: string) => checkMessage({ ...DEFAULT_MESSAGE, origin: typed });
const sentence = (typed: string) => checkMessage({ ...DEFAULT_MESSAGE, sentence: typed });
const wrong = (field: string, why: string) => ({ ok: false, problem: { code: 'form', field, why } });

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
    expect(origin(typed)).toMatchObject({ ok: true, value: { origin: kept } });
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

  it.each(['a\nb', 'a\r\nBcc: b@example.org', 'a\0b', 'a\u2028b'])('is one line: %j', (typed) => {
    expect(sentence(typed)).toEqual(wrong('sentence', 'control-character'));
  });
});
