/**
 * @file Whether a packaged program works: `node tests/e2e/packaged.ts PROGRAM [ARGUMENTS]` starts it on an empty
 * profile and plays a whole verification in practice mode. It looks into the page through Chromium's own debugging
 * port, because the fuses close Node's.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDisplay } from '../../scripts/display.mjs';
import { clerkAt } from './clerk.ts';
import { launch } from './launch/launch.ts';
import { packaged } from './launch/packaged.ts';

/** A first start unpacks, checks and draws everything; a hosted machine may need a minute for it. */
const START_MS = 120_000;

const [program, ...args] = process.argv.slice(2);
if (program === undefined) throw new Error('usage: node tests/e2e/packaged.ts PROGRAM [ARGUMENTS]');

const home = mkdtempSync(join(tmpdir(), 'countersign-packaged-'));
const display = await openDisplay();
try {
  const started = await launch({
    profileDir: join(home, 'profile'),
    env: display.env,
    switches: [...args, '--lang=en'],
    on: packaged(program),
  });
  try {
    started.page.setDefaultTimeout(START_MS);
    const clerk = clerkAt(started.page);
    await clerk.startPractice();
    await clerk.sendTo('mia.keller@example.com');
    await clerk.code.waitFor();
    await clerk.typeCode(await clerk.practiceCode());
    await clerk.heading.filter({ hasText: /^Verified$/ }).waitFor();
    console.log('verified');
  } finally {
    await started.close();
  }
} finally {
  await display.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
