/** @file Taking a foreign message apart: what it says is what is read, and its length is all that it costs. */
import { describe, expect, it } from 'vitest';
import { decodedBody, parseEntity, single } from '../../../../src/main/mail/imap/mime-entity.ts';

const quotedPrintable = (body: string): string =>
  decodedBody(parseEntity(`Content-Transfer-Encoding: quoted-printable\r\n\r\n${body}`));

describe('quoted-printable', () => {
  it('keeps the blank in front of a line that goes on, and none that was added behind it', () => {
    expect(quotedPrintable('smtp; 550 =\r\n5.1.1 =3D =  \r\nno \t\r\nEnd')).toBe(
      'smtp; 550 5.1.1 = no\nEnd\n',
    );
  });
});

describe('a header field', () => {
  it('is read whole from all its lines', () => {
    const { fields } = parseEntity(
      'Subject:\r\n one\r\n\ttwo \r\n   \r\nFrom: a\r\nSubject: three\r\n\r\nbody',
    );
    expect(fields.get('subject')).toEqual(['one two', 'three']);
    expect(single(fields, 'from')).toBe('a');
  });
});

describe('a message made to take long', () => {
  // Each takes minutes where a character is looked at once for each one in front of it.
  it.each<[string, () => unknown]>([
    ['blanks in quoted-printable', () => quotedPrintable(`${' '.repeat(500_000)}x`)],
    ['a field of very many lines', () => parseEntity(`From: a\r\n${' x\r\n'.repeat(1_000_000)}\r\n`)],
  ])('is read at once: %s', (_what, read) => {
    const started = performance.now();
    read();
    expect(performance.now() - started).toBeLessThan(20_000);
  });
});
