/**
 * @file A program on a computer that was told to trust one more authority: tests an account, whose servers it is given as
 * JSON, with and without the owner's yes, and prints what came of it. A process of its own, because what a computer
 * trusts is read once.
 */
import { probe } from '../../../src/main/mail/probe.ts';
import type { ImapServer } from '../../../src/main/mail/imap/client.ts';
import type { SmtpServer } from '../../../src/main/mail/smtp/server.ts';
import { TIMING } from '../../../src/main/mail/smtp/timing.ts';
import type { Authority } from '../../../src/shared/words.ts';
import { gateFor } from './smtp/carry.ts';

interface Given {
  readonly smtp: Omit<SmtpServer, 'secret'>;
  readonly imap: Omit<ImapServer, 'secret'>;
  readonly password: string;
}
// Written by the test that starts this.
const { smtp, imap, password } = JSON.parse(process.argv[2] ?? '') as Given;
const secret = () => Promise.resolve(password);

const tried = (consented: readonly Authority[], mailbox: boolean) =>
  probe(
    { ...smtp, secret, trust: { consented } },
    {
      signal: new AbortController().signal,
      onStep: () => undefined,
      gate: gateFor(TIMING),
      ...(mailbox ? { mailbox: { server: { ...imap, secret, trust: { consented } }, tidySent: false } } : {}),
    },
  );

const asked = await tried([], true);
const authority = asked.ok ? undefined : asked.problem.problem.authority;
const consented = authority === undefined ? [] : [authority];
const stranger = [{ name: authority?.name ?? '', fingerprint: '00:'.repeat(31) + '00' }];
console.log(
  JSON.stringify({
    asked,
    withAnother: await tried(stranger, false),
    allowed: await tried(consented, true),
  }),
);
