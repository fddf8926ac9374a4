/** @file Two programs that start at once on a new profile: both find their records. */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

const PROGRAM = new URL('opener.ts', import.meta.url).pathname;
/** Without the waiting in database.ts one opening in sixty fails: so many rounds see it all but surely. */
const ROUNDS = 250;
const AT_ONCE = 3;

let openers: readonly ChildProcess[] = [];
beforeAll(async () => {
  openers = Array.from({ length: AT_ONCE }, () => fork(PROGRAM, { execArgv: [] }));
  await Promise.all(openers.map((opener) => once(opener, 'message')));
});
afterAll(() => {
  for (const opener of openers) opener.kill();
});

it('opens the same new records in every process that asks for them at the same moment', async () => {
  const answers: unknown[] = [];
  for (let n = 0; n < ROUNDS; n += 1) {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-first-start-'));
    const round = openers.map((opener) => once(opener, 'message'));
    for (const opener of openers) opener.send(join(folder, 'records.db'));
    answers.push(...(await Promise.all(round)).map(([answer]) => answer as unknown));
    rmSync(folder, { recursive: true, force: true });
  }
  expect(answers.filter((answer) => answer !== 'opened')).toEqual([]);
  expect(answers).toHaveLength(ROUNDS * AT_ONCE);
});
