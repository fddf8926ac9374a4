/** @file The sample of `npm run faults` that every test run takes: landmarks, every reply, and some of the bytes between. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const RUN = fileURLToPath(new URL('../../../faults/run.ts', import.meta.url));

async function run(...options: readonly string[]) {
  const { code, output } = await new Promise<{ code: unknown; output: string }>((resolve) => {
    // It ends with a code of its own when something is wrong; its words say what.
    execFile(process.execPath, [RUN, '--quick', ...options], (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, output: stdout + stderr }),
    );
  });
  const lastLine = output.trim().split('\n').at(-1) ?? '';
  const summary: unknown = lastLine.startsWith('{') ? JSON.parse(lastLine) : output;
  return { code, output, summary };
}

it(
  'claims nothing false, sends nothing twice and leaves no socket and no memory behind, whatever happens to the line',
  { timeout: 600_000 },
  async () => {
    const { code, output, summary } = await run();
    expect(summary, output).toMatchObject({
      false_claims: 0,
      duplicates: 0,
      wrong_outcomes: 0,
      wrong_causes: 0,
      sockets_left: 0,
    });
    expect(code, output).toBe(0);
  },
);

it('would notice a session that is kept, and a socket', { timeout: 600_000 }, async () => {
  const { code, output, summary } = await run('--only=cut on a kept line', '--leak');
  expect(code, output).toBe(1);
  expect(output).toMatch(/cut on a kept line: each run keeps \d+ bytes/u);
  // Nothing else is wrong with it.
  expect(summary, output).toMatchObject({
    false_claims: 0,
    duplicates: 0,
    wrong_outcomes: 0,
    wrong_causes: 0,
  });
  expect(summary).not.toHaveProperty('sockets_left', 0);
});
