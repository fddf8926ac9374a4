/**
 * @file RCPT TO on the wire equals the address on the screen: over generated and hostile addresses, from what was
 * typed through parser, composer and courier to the line a real server read.
 */
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseAddress } from '../../../../src/main/address/parse.ts';
import { createCourier } from '../../../../src/main/mail/mail.ts';
import type { Courier, Outcome } from '../../../../src/main/ports/mail.ts';
import { hostileText, plausibleAddress } from '../../../unit/address/addresses.ts';
import { letter, SENDER } from '../../../unit/mail/letter.ts';
import { mailPeersLack, startMailPeers, type MailPeers } from '../../peers/postfix.ts';
import { QUICK } from './carry.ts';
import { submissionOf } from './submission.ts';
import { startSmtpPeer, USER, type SmtpPeer } from './smtp-peer.ts';
import { valueOf } from '../../../fakes/value-of.ts';

const send = (line: Courier, to: string): Promise<Outcome> =>
  line.deliver(letter({ to }), {
    notAfter: Infinity,
    signal: new AbortController().signal,
    onStage: () => undefined,
    onLeaving: () => Promise.resolve(),
  });

/** Characters whose low bytes are CR and LF: written as Latin-1 they would end the line (č is 0D, Ċ is 0A). */
const LOW_BYTES = 'mčĊ@example.com';

describe('the recipient on the wire', () => {
  const commands: string[] = [];
  let peer: SmtpPeer;
  let line: Courier;
  beforeEach(async () => {
    const silent = () => undefined;
    // The server's own record of the lines it read, before it makes anything of them.
    const debug = (entry: unknown, mark: unknown, text: unknown): void => {
      if (mark === 'C:') commands.push(String(text));
    };
    const logger = {
      level: silent,
      trace: silent,
      debug,
      info: silent,
      warn: silent,
      error: silent,
      fatal: silent,
    };
    peer = await startSmtpPeer({ smtp: { logger } });
    line = createCourier(
      peer.server,
      () => ({ ...SENDER, address: USER }),
      () => ({}),
      { timing: QUICK },
    );
  });
  afterEach(async () => {
    await line.close();
    await peer.stop();
  });

  /** The lines about recipients that one send put on the wire. */
  async function recipientsOf(to: string): Promise<{ outcome: Outcome; recipients: readonly string[] }> {
    commands.length = 0;
    const outcome = await send(line, to);
    return { outcome, recipients: commands.filter((command) => /^RCPT/i.test(command)) };
  }

  it('is the address on the screen, byte for byte, whatever was typed [T-recipient-bytes]', async () => {
    const seen = { carried: 0, international: 0 };
    await fc.assert(
      fc.asyncProperty(fc.oneof(plausibleAddress, hostileText), async (typed) => {
        const parsed = parseAddress(typed);
        fc.pre(parsed.ok);
        const onScreen = parsed.value.delivery;
        const { recipients } = await recipientsOf(onScreen);
        expect(recipients).toEqual([`RCPT TO:<${onScreen}>`]);
        seen.carried += 1;
        if (/[^\0-\x7f]/.test(onScreen)) seen.international += 1;
      }),
      { numRuns: 400, maxSkipsPerRun: 1_000 },
    );
    expect(seen.carried).toBeGreaterThanOrEqual(400);
    expect(seen.international).toBeGreaterThan(20);
  }, 120_000);

  it.each([LOW_BYTES, "o'neil+a=b@example.com", "it's{fine}@xn--bcher-kva.example", 'ana@bücher.example'])(
    'of %s is one line, accepted for that mailbox and in To as well',
    async (typed) => {
      const { delivery } = valueOf(parseAddress(typed));
      const { outcome, recipients } = await recipientsOf(delivery);
      expect(outcome.state).toBe('accepted');
      expect(recipients).toEqual([`RCPT TO:<${delivery}>`]);
      expect(peer.accepted).toHaveLength(1);
    },
  );

  it('is one mailbox or none even if something got past the parser [T-recipient-one]', async () => {
    let unsent = 0;
    await fc.assert(
      fc.asyncProperty(hostileText, async (text) => {
        const { outcome, recipients } = await recipientsOf(text);
        expect(recipients.length).toBeLessThanOrEqual(1);
        if (recipients.length === 0) {
          expect(outcome.state).toBe('refused');
          unsent += 1;
        }
        // Nothing of it became a command of its own.
        const expected =
          /^(EHLO \S+|AUTH .*|MAIL FROM:<desk@example\.test>.*|RCPT TO:<[^<>\r\n]*>|DATA|RSET|NOOP|QUIT)$/;
        expect(commands.filter((command) => !expected.test(command))).toEqual([]);
      }),
      { numRuns: 250 },
    );
    expect(unsent).toBeGreaterThan(50);
  }, 120_000);
});

const lack = await mailPeersLack();
describe.skipIf(lack !== null)(`through Postfix${lack === null ? '' : ` (${lack})`}`, () => {
  let peers: MailPeers;
  let line: Courier;
  beforeAll(async () => {
    peers = await startMailPeers();
    line = createCourier(
      (await submissionOf(peers))(),
      () => ({ ...SENDER, address: peers.address }),
      () => ({}),
      { timing: QUICK },
    );
  });
  afterAll(async () => {
    await line.close();
    await peers.stop();
  });

  it.each(['mia', 'dot.ted', 'under_score', 'da-sh', 'UPPER.Case', '0123456789'])(
    'mail for %s@example.test is in that mailbox and says so',
    async (local) => {
      const { delivery } = valueOf(parseAddress(`${local}@Example.TEST`));
      expect((await send(line, delivery)).state).toBe('accepted');
      await expect.poll(() => peers.mailOf(delivery), { timeout: 20_000 }).toHaveLength(1);
      const [mail = ''] = await peers.mailOf(delivery);
      expect(mail).toContain(`\nTo: ${delivery}\n`);
      expect(mail).toContain(`\tfor <${delivery}>;`);
    },
  );

  it.each(["o'neil", 'x=y', '{braces}', '~tilde^'])(
    '%s@example.test, which Dovecot keeps no mailbox for, comes back under the same name',
    async (local) => {
      const { delivery } = valueOf(parseAddress(`${local}@example.test`));
      expect((await send(line, delivery)).state).toBe('accepted');
      const reports = async () => (await peers.mailOf(peers.address)).join('');
      await expect.poll(reports, { timeout: 20_000 }).toContain(`\nFinal-Recipient: rfc822; ${delivery}\n`);
    },
  );
});
