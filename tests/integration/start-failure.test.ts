/** @file A profile that cannot be used: the built program says so in the system's own box, and ends with a failure. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openDisplay } from '../../scripts/display.mjs';
import { sandboxSwitches } from '../../scripts/sandbox.mjs';

const STAND_IN = resolve(import.meta.dirname, '../standin/run.ts');

let display: Awaited<ReturnType<typeof openDisplay>>;
beforeAll(async () => (display = await openDisplay()));
afterAll(() => display.stop());

let folder: string;
let profile: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'countersign-unusable-'));
  profile = join(folder, 'profile');
  mkdirSync(profile);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Starts it; the stand-in writes to its error stream what Electron shows in a box, and waits until it is read. */
function start(at: string) {
  const args = [STAND_IN, `--user-data-dir=${at}`, ...sandboxSwitches()];
  const child = spawn(process.execPath, args, { env: display.env, stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return {
    child,
    said: () => said,
    /** Presses OK as soon as there is a box, and answers how it ended. */
    read: async () => {
      await expect.poll(() => said, { timeout: 60_000 }).toContain('Countersign cannot open: ');
      child.stdin.end('\n');
      return ended;
    },
  };
}

it('says that a folder is where a file belongs, and ends with a failure once that was read', async () => {
  const file = join(profile, 'settings.db');
  mkdirSync(file);
  const program = start(profile);
  await expect.poll(program.said, { timeout: 60_000 }).toContain('Countersign cannot open: ');
  // Electron's box holds everything up until it is read; without it the profile would be free at once.
  await sleep(500);
  expect(readdirSync(profile), 'the box is still open').toContain('SingletonLock');
  expect(await program.read()).toBe(1);
  expect(program.said()).toContain(`${file} is a folder, and one of its files belongs there.`);
  // A box is gone when it is closed; the log keeps it for later.
  const logged = readFileSync(join(profile, 'logs', 'countersign.log'), 'utf8');
  expect(logged).toMatch(/ error [0-9a-f]{8} start Error EISDIR \| at /);
});

it('says so when the profile folder cannot be written, which Electron takes for a second start', async () => {
  writeFileSync(join(folder, 'file'), '');
  const below = join(folder, 'file', 'profile');
  const program = start(below);
  expect(await program.read()).toBe(1);
  expect(program.said()).toContain(`Its files in ${below} cannot be used (ENOTDIR)`);
});

it('names the other computer when the profile is locked by one, and leaves its lock', async () => {
  const lock = join(profile, 'SingletonLock');
  symlinkSync('front-desk-2-4711', lock);
  const program = start(profile);
  expect(await program.read()).toBe(1);
  expect(program.said()).toContain(`in use on the computer "front-desk-2"`);
  expect(program.said()).toContain(`delete ${lock}`);
  expect(readlinkSync(lock)).toBe('front-desk-2-4711');
});
