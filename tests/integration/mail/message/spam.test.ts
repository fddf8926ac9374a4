/**
 * @file The message before SpamAssassin's own rules, without any look at the network: as it comes from Gmail's servers,
 * and as it comes straight from a server of the desk's own, which spammers do too.
 */
import { execFile } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, describe, expect, it } from 'vitest';
import { compose } from '../../../../src/main/mail/message/compose.ts';
import { requestOf } from '../../../../src/shared/request.ts';
import { letter } from '../../../unit/mail/letter.ts';

const PROGRAM = '/usr/bin/spamassassin';
/** Elsewhere than in CI a machine may lack it; there the skipped tests say so. */
const able = existsSync(PROGRAM) || process.env['CI'] === 'true';
const home = mkdtempSync(join(tmpdir(), 'spam-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** Local tests alone (-L), with no learning and no preferences of the machine's. */
async function judged(message: Buffer): Promise<{ readonly score: number; readonly rules: string }> {
  const options = ['-L', '-t', '--cf=use_bayes 0', `--prefspath=${join(home, 'prefs')}`];
  const running = promisify(execFile)(PROGRAM, options, { env: { ...process.env, HOME: home } });
  running.child.stdin?.end(message);
  const { stdout } = await running;
  const [, score, rules = ''] =
    /^X-Spam-Status: .*?score=(-?[\d.]+).*?tests=(.*?)\s+autolearn=/msu.exec(stdout) ?? [];
  if (score === undefined) throw new Error(`no score: ${stdout.slice(0, 500)}`);
  return { score: Number(score), rules: rules.replace(/\s+/gu, '') };
}

const DATE = new Date(letter().sentAt).toUTCString().replace('GMT', '+0000');
const ROUTES = {
  'from Gmail': {
    address: 'desk.harbour@gmail.com',
    // The fields that Gmail's servers leave, in their known form.
    trace: [
      'Received: from mail-wm1-f41.google.com (mail-wm1-f41.google.com [209.85.128.41]) by mx.example.com with ESMTPS',
      'X-Received: by 2002:a05:600c:1c1a:b0:434:a30b:4f18 with SMTP id 5b1f17b1804b1-434afb94524mr4',
      'Received: from [192.168.1.20] ([91.64.12.7]) by smtp.gmail.com with ESMTPSA id 5b1f17b1804b1-434b0d9d7b6sm1',
    ],
  },
  'straight from a server': {
    address: 'desk@harbourclinic.example',
    trace: [
      'Received: from mail.harbourclinic.example (mail.harbourclinic.example [91.64.12.9]) by mx.example.com with ESMTPS',
    ],
  },
} as const;

describe.skipIf(!able)('SpamAssassin', () => {
  const cases = (Object.keys(ROUTES) as (keyof typeof ROUTES)[]).flatMap((route) =>
    [true, false].map((codeInSubject) => ({ route, codeInSubject })),
  );

  it.each(cases)(
    'finds nothing against it $route, code in the subject: $codeInSubject',
    async ({ route, codeInSubject }) => {
      const { address, trace } = ROUTES[route];
      const { source } = await compose(
        letter({ request: requestOf('payment', { amount: '€49.90', payee: 'Harbour Clinic' }) }),
        { name: 'Harbour Clinic', address },
        { codeInSubject, sentence: 'We are on the second floor.', contact: `040 123 456 or ${address}` },
      );
      const head = [`Return-Path: <${address}>`, ...trace.map((hop) => `${hop}; ${DATE}`), ''].join('\r\n');
      const { score, rules } = await judged(Buffer.concat([Buffer.from(head), source]));
      expect(score, rules).toBeLessThanOrEqual(0);
    },
    60_000,
  );

  it('is not blind: what a swindler writes scores', async () => {
    const bait = Buffer.from(
      'Subject: YOU WON $$$ VIAGRA\r\n\r\nDear Friend, transfer of $25,000,000.00 USD. Click here!\r\n',
    );
    expect((await judged(bait)).score).toBeGreaterThan(1);
  }, 60_000);
});
