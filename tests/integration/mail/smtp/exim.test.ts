/**
 * @file A second real mail server: the courier, the test of an account, and what the server itself sends back about a
 * message that it could not deliver after all.
 */
import { simpleParser } from 'mailparser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readReport } from '../../../../src/main/mail/imap/reports.ts';
import { probe } from '../../../../src/main/mail/probe.ts';
import { createCarrier } from '../../../../src/main/mail/smtp/carrier.ts';
import { tokenOf } from '../../../../src/main/ports/message-id.ts';
import type { Security } from '../../../../src/shared/words.ts';
import { fail, ok } from '../../../../src/shared/result.ts';
import { letter } from '../../../unit/mail/letter.ts';
import {
  type Exim,
  eximLack,
  FAILED,
  FORWARDED,
  LATER,
  PASSED_ON,
  startExim,
  UNKNOWN,
} from '../../peers/exim.ts';
import { carry, gateFor, message, QUICK } from './carry.ts';
import { submissionOf } from './submission.ts';
import { sendOver } from './served.ts';

/** Elsewhere than in CI a machine may have no way to it; there the skipped tests say so. */
const able = eximLack() === null || process.env['CI'] === 'true';
const SOON = { timeout: 20_000 };

describe.skipIf(!able)('with a real Exim', () => {
  let exim: Exim;
  let server: Awaited<ReturnType<typeof submissionOf>>;
  beforeAll(async () => {
    exim = await startExim();
    server = await submissionOf(exim);
  }, 120_000);
  afterAll(() => exim.stop());

  it.each<Security>(['implicit-tls', 'starttls'])('a message over %s is in the mailbox', async (security) => {
    const to = `${security}@example.test`;
    expect((await carry(server(security), { to })).outcome).toMatchObject({ state: 'accepted' });
    await expect.poll(() => exim.mailOf(to), SOON).toHaveLength(1);
    const mail = await simpleParser((await exim.mailOf(to))[0] ?? '');
    expect(mail.text).toContain('409313');
  });

  it.each([
    ['in one flight', 0],
    ['with DATA', Infinity],
  ])('many messages go over one kept line %s', async (how, flightFromMs) => {
    const courier = createCarrier(server(), { timing: { ...QUICK, flightFromMs } });
    const to = `kept-${how.length}@example.test`;
    for (let n = 0; n < 4; n += 1) {
      expect((await sendOver(courier, {}, await message(to))).state).toBe('accepted');
    }
    await courier.close();
    await expect.poll(() => exim.mailOf(to), SOON).toHaveLength(4);
  });

  it('an unknown mailbox is refused as one, and one that is greylisted is tried again until its time is over', async () => {
    expect((await carry(server(), { to: UNKNOWN })).outcome).toMatchObject({
      state: 'refused',
      problem: { cause: 'recipient-refused', serverSaid: expect.stringContaining('Unknown user') as string },
    });
    expect((await carry(server(), { to: LATER, notAfter: Date.now() + 200 })).outcome).toMatchObject({
      state: 'refused',
      problem: { serverSaid: expect.stringContaining('Try again later') as string },
    });
  });

  it('an account is tested, and a wrong password told as one', async () => {
    const options = { signal: new AbortController().signal, onStep: () => undefined };
    for (const security of ['implicit-tls', 'starttls'] as const) {
      expect(await probe(server(security), { ...options, gate: gateFor(QUICK) })).toEqual(ok([]));
      const wrong = server(security, { secret: () => Promise.resolve('not-the-password') });
      expect(await probe(wrong, { ...options, gate: gateFor(QUICK) })).toMatchObject(
        fail({ step: 'sign-in', problem: { cause: 'wrong-password-server' } }),
      );
    }
  });

  it.each([
    ['a mailbox that is not there after all', FAILED, FAILED, 'other'],
    ['a server behind it that knows no such mailbox', PASSED_ON, PASSED_ON, 'no-such-mailbox'],
    ['a copy that was passed on', FORWARDED, FORWARDED, 'other'],
  ])('its own report about %s is read', async (_what, to, recipient, why) => {
    const before = new Set(await exim.mailOf(exim.address));
    expect((await carry(server(), { to })).outcome.state).toBe('accepted');
    const arrived = async () => (await exim.mailOf(exim.address)).filter((report) => !before.has(report));
    await expect.poll(arrived, SOON).toHaveLength(1);
    const [source = ''] = await arrived();
    const report = readReport(Buffer.from(source));
    expect(report).toMatchObject({ token: tokenOf(letter().messageId), recipient, why, renamed: false });
  });
});
