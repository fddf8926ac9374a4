/** @file How strictly a server's answer is read, and what of it may be shown. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReply, SAID_LENGTH, sayable } from '../../../../src/main/mail/smtp/reply.ts';

describe('a reply', () => {
  it.each([
    ['250 2.0.0 OK', 250, '2.0.0'],
    ['250', 250, null],
    ['550 5.1.1 The email account does not exist', 550, '5.1.1'],
    ['550 5.1.10', 550, '5.1.10'],
    ['534-5.7.9 Application-specific password required.\n534 5.7.9 Learn more', 534, '5.7.9'],
    ['250-smtp.example\r\n250-PIPELINING\r\n250 SMTPUTF8', 250, null],
    ['554-5.7.1 not from', 554, '5.7.1'],
    ['550 5.1.1 no such\rmailbox\r\r\n', 550, '5.1.1'],
    ['250 2.0.0 taken\u2028as 7\r\n', 250, '2.0.0'],
    // Another class than the code's, or not three numbers: not an enhanced code.
    ['550 4.2.2 odd', 550, null],
    ['250 2.0 OK', 250, null],
    ['250 2.0.0.1 OK', 250, null],
    ['550 1.2.3.4 is listed', 550, null],
  ])('%j has code %i and enhanced code %s', (text, code, enhanced) => {
    expect(parseReply(text)).toEqual({ code, enhanced, text });
  });

  it.each([
    '',
    'HTTP/1.1 400 Bad Request',
    '+OK POP3 ready',
    '2500 too long',
    '25 too short',
    '150 no such class in SMTP',
    '650 nor this',
    '250OK',
    ' 250 OK',
    '250-one\n550 two',
    '250-one\nnoise\n250 two',
    '250-one\r\n\r\n',
    '250-one\n\n250 two',
  ])('%j is none', (text) => {
    expect(parseReply(text)).toBeNull();
  });
});

describe('what a server said', () => {
  it('becomes one line without its repeated codes', () => {
    expect(sayable('534-5.7.9 First.\r\n534-5.7.9 Second.\r\n534 5.7.9 Third.', [])).toBe(
      '534-5.7.9 First. Second. Third.',
    );
  });

  it('loses control, invisible and direction characters [T-reply-invisible]', () => {
    expect(sayable('550 a\u0007\u001b[31mb\u202ec\u200bd\u2028e\0', [])).toBe('550 a [31mb c d e');
  });

  it('is null when nothing is left', () => {
    expect(sayable('\r\n\0\u202e', [])).toBeNull();
  });

  it('hides the code and the password, plain and as any command would carry them', () => {
    const password = 'qwhe rkzl mvta ypno';
    const plain = Buffer.from(`\0desk@example.test\0${password}`).toString('base64');
    const login = Buffer.from(password).toString('base64');
    const said = sayable(`500 ${password} | AUTH PLAIN ${plain} | ${login} | your code is 409313`, [
      password,
      '409313',
    ]);
    expect(said).not.toContain(password);
    expect(said).not.toContain('409313');
    for (const word of said?.split(' ') ?? []) {
      expect(Buffer.from(word, 'base64').toString('latin1')).not.toMatch(/rkzl|mvta|qwhe|ypno/u);
    }
  });

  it.each([
    ...['480 587', '480-587', '4-8-0-5-8-7', '480.587', '480\u00a0587', '«480» 587', '(480)587'],
    ...['480 ..... 587', '480</b><b>587', '4x8x0x5x8x7', '４８０５８７', '٤٨٠٥٨٧', '𝟦𝟪𝟢𝟧𝟪𝟩', '४८०५८७'],
    ...[
      '%34%38%30%35%38%37',
      '=34=38=30=35=38=37',
      '&#52;&#56;&#48;&#53;&#56;&#55;',
      '\\x34\\x38\\x30\\x35\\x38\\x37',
    ],
    '&#x34;&#x38;&#x30;&#x35;&#x38;&#x37;',
  ])('hides the code set in groups, or in other signs: %s [T-reply-grouped]', (code) => {
    const said = sayable(`554 5.7.1 spam: your code is ${code}.`, ['480587']) ?? '';
    expect(said.replace(/^554 5.7.1/, '')).not.toMatch(/\p{Nd}/u);
    expect(said).toMatch(/^554 5\.7\.1 spam: your code is /u);
  });

  it('leaves other numbers as they are', () => {
    const said = '554 5.7.1 host[192.0.2.17]: limit=34870, 480586, ٤٨ &#52;';
    expect(sayable(said, ['480587', '25547100'])).toBe(said);
  });

  it('hides an app password that is grouped otherwise than it was typed', () => {
    expect(sayable('535 no qwherkzlmvtaypno, qwhe-rkzl-mvta-ypno', ['qwhe rkzl mvta ypno'])).toBe(
      '535 no •••, •••',
    );
  });

  it(
    'never shows a secret, wherever it stands and whatever stands around it [T-reply-secret]',
    { timeout: 120_000 },
    () => {
      fc.assert(
        fc.property(
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.stringMatching(/^[a-z0-9]{6,20}$/u),
          fc.string({ unit: 'binary', maxLength: 300 }),
          fc.nat({ max: 5 }),
          (before, secret, after, padding) => {
            const encoded = Buffer.from(`${'\0'.repeat(padding)}${secret}`).toString('base64');
            const said = sayable(`${before}${secret}${after} ${encoded} ${secret}`, [secret]) ?? '';
            expect(said).not.toContain(secret);
            expect(said).not.toContain(encoded);
            expect(said.length).toBeLessThanOrEqual(SAID_LENGTH);
            expect(said).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
          },
        ),
        { numRuns: 500 },
      );
    },
  );

  it('is at most 500 characters, cut between characters', () => {
    const said = sayable(`550 ${'x'.repeat(495)}😀😀`, []) ?? '';
    expect(said).toHaveLength(499);
  });
});
