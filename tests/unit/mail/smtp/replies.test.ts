/** @file The table of causes: every row that people rely on, each cause reachable, and nothing but a cause out of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causeOf, problemOf, STEPS, type Step, TABLE } from '../../../../src/main/mail/smtp/replies.ts';
import { parseReply } from '../../../../src/main/mail/smtp/reply.ts';
import { type Cause, CAUSE_NAMES, CAUSES } from '../../../../src/shared/causes.ts';

const answered = (step: Step, text: string, gmail = true): Cause =>
  causeOf({ step, reply: parseReply(text), error: null }, gmail);
const failed = (step: Step, error: string, gmail = false): Cause =>
  causeOf({ step, reply: null, error }, gmail);

describe('Gmail’s answers', () => {
  it.each<[Step, string, Cause]>([
    ['greeting', '421 4.3.0 Temporary System Problem', 'busy'],
    ['recipient', '421 4.4.5 Server busy', 'busy'],
    ['message', '421 4.7.0 Too many connections', 'busy'],
    ['recipient', '450 4.2.1 receiving mail too quickly', 'recipient-busy'],
    ['recipient', '452 4.2.2 over quota', 'recipient-full'],
    ['recipient', '552 5.2.2 over quota', 'recipient-full'],
    ['sign-in', '454 4.7.0 Too many login attempts', 'sign-in-later'],
    ['sign-in', '534 5.7.9 Application-specific password required', 'normal-password'],
    ['sign-in', '534-5.7.14 Please log in via your web browser\n534 5.7.14 more', 'sign-in-blocked'],
    ['sign-in', '535 5.7.8 Username and Password not accepted', 'wrong-password'],
    ['recipient', '550 5.1.1 does not exist', 'no-such-mailbox'],
    ['recipient', '553 5.1.2 recipient domain not found', 'no-such-mailbox'],
    ['message', '550 5.1.1 does not exist', 'no-such-mailbox'],
    ['sender', '550 5.4.5 Daily sending quota exceeded', 'daily-limit'],
    ['recipient', '550 5.4.5 Daily sending quota exceeded', 'daily-limit'],
    ['message', '550 5.4.5 Daily sending quota exceeded', 'daily-limit'],
    ['message', '552 5.7.0 content presents a security issue', 'content-refused'],
    ['message', '550 5.7.1 likely unsolicited mail', 'content-refused'],
    ['message', '552 5.3.4 size limits', 'too-large'],
    ['sender', '553 5.7.1 sender not allowed', 'sender-refused'],
    ['recipient', '553 5.1.3 not a valid RFC 5321 address', 'recipient-refused'],
    ['recipient', '555 5.5.2 Syntax error', 'recipient-refused'],
    ['recipient', '550 5.7.1 relay denied', 'recipient-refused'],
  ])('at %s, %j is %s', (step, text, cause) => {
    expect(answered(step, text)).toBe(cause);
  });
});

describe('other servers’ answers', () => {
  it.each<[Step, string, Cause]>([
    ['greeting', '554 5.7.1 no service', 'service-refused'],
    ['hello', '502 what', 'not-smtp'],
    ['hello', '451 later', 'busy'],
    ['starttls', '454 4.7.0 TLS not available', 'tls-missing'],
    ['starttls', '502 5.5.1 not implemented', 'tls-missing'],
    ['sign-in', '535 5.7.8 authentication failed', 'wrong-password-server'],
    ['sign-in', '535', 'wrong-password-server'],
    ['sign-in', '534 5.7.9 mechanism too weak', 'sign-in-not-offered'],
    ['sign-in', '504 5.5.4 mechanism', 'sign-in-not-offered'],
    ['sign-in', '538 5.7.11 encryption required', 'tls-missing'],
    ['sign-in', '525 5.7.13 account disabled', 'service-refused'],
    ['recipient', '451 4.4.5 congestion', 'busy'],
    ['recipient', '451 4.4.1 no answer from host', 'busy'],
    ['sign-in', '334 more', 'out-of-step'],
    ['sign-in', '535 5.7.139 basic authentication is disabled', 'password-sign-in-off'],
    ['sign-in', '550 5.7.30 basic authentication is not supported', 'password-sign-in-off'],
    ['sender', '452 4.3.1 no storage', 'busy'],
    ['sender', '450 4.1.8 domain not found', 'refused-later'],
    ['sender', '552 too big', 'too-large'],
    ['recipient', '450 4.2.0 greylisted', 'refused-later'],
    ['recipient', '451 4.3.0 lookup failure', 'busy'],
    ['recipient', '550 no enhanced code', 'recipient-refused'],
    ['recipient', '553 5.6.7 international address', 'address-needs-smtputf8'],
    ['recipient', '503 out of step', 'refused-later'],
    ['recipient', '553 5.7.1 not owned by user', 'sender-refused'],
    ['recipient', '550 5.1.8 no such domain of a sender', 'sender-refused'],
    ['message', '550 5.7.60 may not send as this sender', 'sender-refused'],
    ['message', '554 5.2.252 may not send as this sender', 'sender-refused'],
    ['message', '550 5.1.90 daily limit', 'daily-limit'],
    ['data', '554 no valid recipients', 'refused'],
    ['data', '451 4.3.2 try later', 'busy'],
    ['message', '450 4.7.1 later', 'refused-later'],
    ['message', '554 transaction failed', 'content-refused'],
    ['message', '500 what', 'refused'],
  ])('at %s, %j is %s', (step, text, cause) => {
    expect(answered(step, text, false)).toBe(cause);
  });
});

describe('errors on the way', () => {
  it.each<[Step, string, Cause]>([
    ['connect', 'ENETUNREACH', 'offline'],
    ['connect', 'EAI_AGAIN', 'offline'],
    ['connect', 'ENOTFOUND', 'host-not-found'],
    ['connect', 'ECONNREFUSED', 'connection-refused'],
    ['connect', 'TIMEOUT', 'connect-timeout'],
    ['connect', 'ETIMEDOUT', 'connect-timeout'],
    ['secure', 'TIMEOUT', 'server-timeout'],
    ['sign-in', 'TIMEOUT', 'server-timeout'],
    ['secure', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'certificate-untrusted'],
    ['secure', 'SELF_SIGNED_CERT_IN_CHAIN', 'certificate-untrusted'],
    ['secure', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'certificate-untrusted'],
    ['secure', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'certificate-untrusted'],
    ['secure', 'CERT_REVOKED', 'certificate-untrusted'],
    ['secure', 'CERT_HAS_EXPIRED', 'certificate-expired'],
    ['secure', 'CERT_NOT_YET_VALID', 'certificate-expired'],
    ['secure', 'ERR_TLS_CERT_ALTNAME_INVALID', 'certificate-other-host'],
    ['secure', 'ERR_SSL_WRONG_VERSION_NUMBER', 'tls-failed'],
    ['secure', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'tls-failed'],
    ['secure', 'EPROTO', 'tls-failed'],
    ['starttls', 'TLS_INJECTION', 'tls-injection'],
    ['secure', 'ECONNRESET', 'connection-lost'],
    ['sender', 'CLOSED', 'connection-lost'],
    ['greeting', 'GARBLED', 'not-smtp'],
    ['sign-in', 'AUTH_NOT_OFFERED', 'sign-in-not-offered'],
    ['sign-in', 'NO_SECRET', 'secret-missing'],
    ['sender', 'NO_SMTPUTF8', 'address-needs-smtputf8'],
    ['sender', 'TOO_LARGE', 'too-large'],
    ['sender', 'CALLED_OFF', 'called-off'],
    ['sender', 'INTERNAL', 'internal'],
    ['connect', 'EWHATEVER', 'internal'],
  ])('at %s, %s is %s', (step, error, cause) => {
    expect(failed(step, error)).toBe(cause);
  });

  it('knows that Gmail’s name exists: when it cannot be found, the network is gone', () => {
    expect(failed('connect', 'ENOTFOUND', true)).toBe('offline');
  });
});

describe('something in Gmail’s place', () => {
  it.each<[Step, string]>([
    ['secure', 'ERR_SSL_WRONG_VERSION_NUMBER'],
    ['secure', 'ERR_TLS_CERT_ALTNAME_INVALID'],
    ['secure', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
    ['secure', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
    ['greeting', 'GARBLED'],
  ])('at %s, %s speaks of the network, and not of settings that Gmail has not', (step, error) => {
    const failure = { step, reply: null, error };
    expect(causeOf(failure, true)).toBe('network-in-between');
    expect(causeOf(failure, false)).not.toBe('network-in-between');
  });

  it('is not made of a certificate that is out of date: that is this computer’s clock', () => {
    expect(causeOf({ step: 'secure', reply: null, error: 'CERT_HAS_EXPIRED' }, true)).toBe(
      'certificate-expired',
    );
  });
});

describe('the table', () => {
  it('leads to every cause that an answer or an error is said to lead to, and to no other', () => {
    const ofTable = new Set(TABLE.map(({ cause }) => cause));
    const due = CAUSE_NAMES.filter((cause) => CAUSES[cause].again !== null && cause !== 'internal');
    expect([...ofTable].sort()).toEqual(due.sort());
  });

  it('answers every step and every reply with a cause other than an internal one [T-replies-total]', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STEPS),
        fc.integer({ min: 200, max: 599 }),
        fc.option(fc.tuple(fc.nat({ max: 12 }), fc.nat({ max: 30 }))),
        fc.boolean(),
        (step, code, enhanced, gmail) => {
          const detail = enhanced === null ? '' : ` ${String(code).charAt(0)}.${enhanced[0]}.${enhanced[1]}`;
          expect(answered(step, `${code}${detail} words`, gmail)).not.toBe('internal');
        },
      ),
      { numRuns: 5_000 },
    );
  });

  it('does not look at the words', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...STEPS),
        fc.integer({ min: 400, max: 599 }),
        fc.constantFrom(
          'quota',
          'password',
          'Application-specific',
          'spam',
          'mailbox not found',
          'try again',
        ),
        (step, code, words) => {
          expect(answered(step, `${code} ${words}`)).toBe(answered(step, `${code}`));
        },
      ),
    );
  });

  it('gives a problem its cause and the server’s own words', () => {
    const reply = parseReply('550 5.1.1 no');
    expect(problemOf({ step: 'recipient', reply, error: null }, true, [])).toEqual({
      cause: 'no-such-mailbox',
      serverSaid: '550 5.1.1 no',
    });
  });

  it('shows what a mail server said out of step, and nothing where nothing was said', () => {
    const raw = 'HTTP/1.1 400 Bad Request\r\nServer: nginx';
    expect(problemOf({ step: 'message', reply: null, error: 'GARBLED', raw }, false, []).serverSaid).toBe(
      'HTTP/1.1 400 Bad Request Server: nginx',
    );
    expect(
      problemOf({ step: 'connect', reply: null, error: 'ECONNREFUSED' }, false, []).serverSaid,
    ).toBeNull();
  });
});
