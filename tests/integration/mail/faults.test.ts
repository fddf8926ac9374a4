/** @file The sample of `npm run faults` that every test run takes: landmarks, every reply, and some of the bytes between. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const RUN = fileURLToPath(new URL('../../faults/run.ts', import.meta.url));

it(
  'claims nothing false and sends nothing twice, whatever happens to the line',
  { timeout: 600_000 },
  async () => {
    const output = await new Promise<string>((resolve) => {
      // It ends with a code of its own when something is wrong; its words say what.
      execFile(process.execPath, [RUN, '--quick'], (_error, stdout, stderr) => resolve(stdout + stderr));
    });
    const lastLine = output.trim().split('\n').at(-1) ?? '';
    const summary: unknown = lastLine.startsWith('{') ? JSON.parse(lastLine) : output;
    expect(summary, output).toMatchObject({
      false_claims: 0,
      duplicates: 0,
      wrong_outcomes: 0,
      sockets_left: 0,
    });
    expect(summary).toHaveProperty('cases');
  },
);
