/** @file Which sign-in a form's messages go out by, and the account that is counted. */
import { describe, expect, it } from 'vitest';
import { senderOf } from '../../../src/main/desk/sender.ts';
import { GMAIL_SMTP } from '../../../src/shared/mail-servers.ts';

const AT_GOOGLE = { kind: 'workspace', address: 'frontdesk@harbour.example', name: 'Harbour' } as const;

describe('the sender', () => {
  it('is the account that signs in at Google, which is what Google counts, for any address it sends from', () => {
    const [own, alias, other] = [
      senderOf({ ...AT_GOOGLE, address: 'ann@harbour.example' }),
      senderOf({ ...AT_GOOGLE, signInAs: 'ann@harbour.example' }),
      senderOf({ ...AT_GOOGLE, signInAs: 'ben@harbour.example' }),
    ];
    expect(alias).toEqual({
      address: 'frontdesk@harbour.example',
      canonical: 'ann@harbour.example',
      host: GMAIL_SMTP.host,
      user: 'ann@harbour.example',
    });
    expect(own?.canonical).toBe(alias?.canonical);
    expect(own?.address).not.toBe(alias?.address);
    expect(other?.canonical).not.toBe(alias?.canonical);
  });

  it.each(['mail.example', 'MAIL.Example', 'mail.example.'])('knows a host in any spelling: %s', (host) => {
    const server = { host, port: 465, security: 'implicit-tls', user: 'ann' } as const;
    expect(senderOf({ ...AT_GOOGLE, kind: 'server', server })?.host).toBe('mail.example');
  });

  it('is none where an address is none', () => {
    expect(senderOf(null)).toBeNull();
    expect(senderOf({ ...AT_GOOGLE, address: 'harbour' })).toBeNull();
    expect(senderOf({ ...AT_GOOGLE, signInAs: 'harbour' })).toBeNull();
  });
});
