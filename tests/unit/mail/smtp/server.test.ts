/** @file Whose dialect a server speaks: Gmail's, however its name was typed, and nobody else's. */
import { describe, expect, it } from 'vitest';
import { mailboxCause } from '../../../../src/main/mail/imap/client.ts';
import { isGmail } from '../../../../src/main/mail/smtp/server.ts';

describe('Gmail', () => {
  it.each(['gmail.com', 'Gmail.Com', 'gmail.com.', 'GMAIL.COM.'])('is known as %s', (name) => {
    expect(isGmail({ host: `smtp.${name}` })).toBe(true);
    const tampered = Object.assign(new Error('another one answers'), {
      code: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    expect(mailboxCause({ host: `imap.${name}` }, tampered)).toBe('network-in-between');
  });

  it.each(['smtp.gmail.com.example', 'mail.gmail.com', 'smtp.gmail.com..'])('is not %s', (host) => {
    expect(isGmail({ host })).toBe(false);
  });
});
