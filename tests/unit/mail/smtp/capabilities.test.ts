/** @file What is said and read in EHLO: our own address, and what the server can do. */
import { describe, expect, it } from 'vitest';
import { capabilitiesOf } from '../../../../src/main/mail/smtp/capabilities.ts';
import { addressLiteral } from '../../../../src/main/mail/smtp/session.ts';

describe('the name in EHLO', () => {
  it.each([
    ['192.168.1.23', '[192.168.1.23]'],
    ['::ffff:192.168.1.23', '[192.168.1.23]'],
    ['2001:db8::7', '[IPv6:2001:db8::7]'],
    ['fe80::1%eth0', '[IPv6:fe80::1]'],
    [undefined, '[127.0.0.1]'],
  ])('is the own address of the line: %s is %s', (address, literal) => {
    expect(addressLiteral(address)).toBe(literal);
  });
});

describe('what a server offers', () => {
  it('is read from whole keywords, in any case, with their values', () => {
    const gmail =
      '250-smtp.example at your service\n250-SIZE 35882577\n250-8BITMIME\n250-auth LOGIN plain XOAUTH2\n' +
      '250-PIPELINING\n250-CHUNKING\n250 SMTPUTF8';
    expect(capabilitiesOf(gmail)).toEqual({
      pipelining: true,
      chunking: true,
      smtpUtf8: true,
      size: true,
      maxBytes: 35_882_577,
      auth: ['LOGIN', 'PLAIN', 'XOAUTH2'],
    });
  });

  it.each([
    ['the name in its first line', '250-PIPELINING CHUNKING SMTPUTF8\r\n250 HELP'],
    ['the values of other keywords', '250-peer\r\n250-X-NOTE PIPELINING\r\n250 XCHUNKING'],
    ['a line that is cut short', '250-peer\r\n250 PIPELI'],
    ['nothing', ''],
  ])('is not taken from %s', (_what, reply) => {
    expect(capabilitiesOf(reply)).toMatchObject({ pipelining: false, chunking: false, smtpUtf8: false });
  });

  it.each([
    ['SIZE', true, null],
    ['SIZE 0', true, null],
    ['SIZE 1000', true, 1_000],
    ['SIZE ten', true, null],
    ['SIZES 10', false, null],
  ])('%s: known %s, limit %s', (line, size, maxBytes) => {
    expect(capabilitiesOf(`250-peer\r\n250 ${line}`)).toMatchObject({ size, maxBytes });
  });

  it('has ways to sign in also where they stand behind an equals sign, as old servers write them', () => {
    expect(capabilitiesOf('250-peer\r\n250-AUTH=LOGIN\r\n250 AUTH PLAIN').auth).toEqual(['LOGIN', 'PLAIN']);
  });
});
