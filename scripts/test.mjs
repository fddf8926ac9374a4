/**
 * @file `npm test`: from a fresh clone to a verdict. Sets the machine up, runs every check, goes on after a failure so
 * that the report is whole, and ends with the line `N passed, N failed`. Under CI=true nothing may be skipped.
 */
import { Buffer } from 'node:buffer';
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { bootstrap, nodePath, ROOT } from './bootstrap.mjs';
import { openDisplay } from './display.mjs';
import { settle, tallyOfPlaywright, tallyOfVitest, verdict } from './tally.mjs';
import { tool } from './tool.mjs';

/** @typedef {import('./tally.mjs').Tally} Tally */
/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string[]} args what Node is to run
 * @property {(report: any) => Tally} [count] how to count its report; a step without one is one check
 */

const strict = process.env['CI'] === 'true';
const OUT = join(ROOT, 'out', 'test');
const reportOf = (/** @type {string} */ name) => join(OUT, `${name}.json`);

/** @returns {Step} */
const types = (/** @type {string} */ part) => ({
  name: `types-${part}`,
  args: [tool('typescript', 'tsc'), '-p', `tsconfig.${part}.json`],
});
/**
 * A project of vitest, or a part of it under another name.
 * @param {string} project
 * @param {{ name?: string, args?: string[] }} [part]
 * @returns {Step}
 */
const vitest = (project, { name = project, args = [] } = {}) => ({
  name,
  args: [
    ...[tool('vitest'), 'run', '--project', project, ...args, '--reporter=default', '--reporter=json'],
    `--outputFile.json=${reportOf(name)}`,
  ],
  count: tallyOfVitest,
});

/** These need no window and share nothing with the other integration tests: they run in the lane that has time. */
const APART = ['tests/integration/page', 'tests/integration/mail/smtp/faults.test.ts'];

/** One step in one process of its own; its output is kept, and shown if it ends badly. */
async function take(/** @type {Step} */ { name, args, count }, /** @type {NodeJS.ProcessEnv} */ env) {
  const started = Date.now();
  const report = reportOf(name);
  const child = spawn(nodePath(), args, {
    cwd: ROOT,
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report, FORCE_COLOR: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const output = /** @type {Buffer[]} */ ([]);
  child.stdout.on('data', (chunk) => output.push(chunk));
  child.stderr.on('data', (chunk) => output.push(chunk));
  const code = await new Promise((resolve) => child.on('close', resolve));
  const written = Buffer.concat(output).toString();
  writeFileSync(join(OUT, `${name}.log`), written);

  const check = { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, skipped: [] };
  const counted = count && existsSync(report) ? count(JSON.parse(readFileSync(report, 'utf8'))) : null;
  const tally = settle(count ? counted : check, code === 0);
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const mark = tally.failed === 0 ? 'ok  ' : 'FAIL';
  if (tally.failed > 0) console.log(`\n${written.trimEnd()}\n`);
  const counts = count
    ? `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped.length} skipped`
    : '';
  console.log(`${mark} ${name.padEnd(14)} ${seconds.padStart(6)} s  ${counts}`.trimEnd());
  for (const title of tally.skipped) console.log(`     skipped: ${title}`);
  return tally;
}

/** One after the other. */
async function lane(/** @type {Step[]} */ steps, /** @type {NodeJS.ProcessEnv} */ env) {
  const tallies = [];
  for (const step of steps) tallies.push(await take(step, env));
  return tallies;
}

const began = Date.now();
const { runtime, lacks } = bootstrap({ tests: true });
console.log(
  `Runtime: ${runtime === 'electron' ? 'Electron' : "the stand-in (Electron's cannot be downloaded here)"}`,
);
rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });

const display = await openDisplay();
const env = {
  ...display.env,
  // What a test starts finds the project's Node and its tools first.
  PATH: [join(ROOT, 'node_modules', '.bin'), display.env['PATH']].join(delimiter),
};
/** @type {Tally[]} */
const tallies = lacks.map((name) => ({ passed: 0, failed: 0, skipped: [`not installed: ${name}`] }));
try {
  // Two cores: reading the source, trying its parts and attacking it takes one, running it with real servers and windows
  // the other.
  const reading = [
    { name: 'format', args: [tool('prettier'), '--check', '.'] },
    { name: 'lint', args: [tool('eslint'), '--max-warnings', '0', '.'] },
    ...['main', 'page', 'tests'].map(types),
    vitest('unit'),
    vitest('attack'),
    vitest('integration', { name: 'apart', args: APART }),
    // Previews in every case: the release workflow builds and tries the real ones.
    { name: 'packages', args: ['scripts/package.mjs', '--built', '--stand-in'] },
  ];
  const running = [
    { name: 'build', args: [tool('electron-vite'), 'build'] },
    vitest('integration', { args: APART.flatMap((path) => ['--exclude', `${path}**`]) }),
    {
      name: 'end-to-end',
      args: [tool('@playwright/test', 'playwright'), 'test', '--reporter=list,json'],
      count: tallyOfPlaywright,
    },
  ];
  tallies.push(...(await Promise.all([lane(reading, env), lane(running, env)])).flat());
} finally {
  await display.stop();
}

const { line, good } = verdict(tallies, { strict });
if (lacks.length > 0) console.log(`Not installed: ${lacks.join(', ')}`);
console.log(
  `\nAll of it took ${Math.round((Date.now() - began) / 1000)} s; logs and reports are in out/test/`,
);
console.log(line);
process.exitCode = good ? 0 : 1;
