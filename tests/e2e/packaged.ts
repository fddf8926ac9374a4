/**
 * @file Whether a packaged program works: `node tests/e2e/packaged.ts PROGRAM [ARGUMENTS]` starts it on an empty
 * profile and plays a whole verification in practice mode. It looks into the page through Chromium's own debugging
 * port, because the fuses close Node's, which Playwright would need.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { openDisplay } from '../../scripts/display.mjs';
import { clerkAt } from './clerk.ts';

/** A first start unpacks, checks and draws everything; a hosted machine may need a minute for it. */
const START_MS = 120_000;

const [program, ...args] = process.argv.slice(2);
if (program === undefined) throw new Error('usage: node tests/e2e/packaged.ts PROGRAM [ARGUMENTS]');

const profile = mkdtempSync(join(tmpdir(), 'countersign-packaged-'));
const display = await openDisplay();
const child = spawn(
  program,
  [...args, `--user-data-dir=${profile}`, '--remote-debugging-port=0', '--lang=en'],
  { env: display.env, stdio: ['ignore', 'ignore', 'pipe'] },
);
const exited = once(child, 'exit');

/** Chromium names the address of its debugging port in one line of its error stream. */
async function debuggingAddress(): Promise<string> {
  let text = '';
  const late = setTimeout(() => child.kill(), START_MS);
  // Ends when the program does. The stream stays open: a program that cannot write its errors would end.
  for await (const chunk of child.stderr.iterator({ destroyOnReturn: false })) {
    text += String(chunk);
    const address = /DevTools listening on (ws:\S+)/.exec(text)?.[1];
    if (address === undefined) continue;
    clearTimeout(late);
    child.stderr.resume();
    return address;
  }
  throw new Error(`the program has not opened a window:\n${text}`);
}

try {
  const browser = await chromium.connectOverCDP(await debuggingAddress());
  const page = browser.contexts()[0]?.pages()[0];
  if (page === undefined) throw new Error('the program has no window');
  page.setDefaultTimeout(START_MS);
  const clerk = clerkAt(page);
  await clerk.startPractice();
  await clerk.sendTo('mia.keller@example.com');
  await clerk.code.waitFor();
  await clerk.typeCode(await clerk.practiceCode());
  await clerk.heading.filter({ hasText: /^Verified$/ }).waitFor();
  console.log('verified');
} finally {
  child.kill();
  await exited;
  await display.stop();
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
}
