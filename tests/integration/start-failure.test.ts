/** @file A profile that cannot be used: the built program says so in the system's own box, and ends. */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { openDisplay } from '../../scripts/display.mjs';

const STAND_IN = resolve(import.meta.dirname, '../standin/run.ts');

let display: Awaited<ReturnType<typeof openDisplay>>;
beforeAll(async () => (display = await openDisplay()));
afterAll(() => display.stop());

let profile: string;
beforeEach(() => (profile = mkdtempSync(join(tmpdir(), 'countersign-unusable-'))));
afterEach(() => rmSync(profile, { recursive: true, force: true }));

it('says where its files are and what to look at, and ends with a failure', async () => {
  // As with no right to write, or a full disk: SQLite cannot open it.
  mkdirSync(join(profile, 'settings.db'));
  const program = promisify(execFile)(process.execPath, [STAND_IN, `--user-data-dir=${profile}`], {
    env: display.env,
  });
  // The stand-in writes to its error stream what Electron shows in a box.
  await expect(program).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining(
      `Countersign cannot open: Its files in ${profile} cannot be used`,
    ) as string,
  });
  // A box is gone when it is closed; the log keeps it for later.
  const logged = readFileSync(join(profile, 'logs', 'countersign.log'), 'utf8');
  expect(logged).toMatch(/ error [0-9a-f]{8} start Error EISDIR \| at /);
});
