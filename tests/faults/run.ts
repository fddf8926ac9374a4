/**
 * @file `npm run faults`: everything that can happen to a line and to a reply, with the claim held against the
 * server's own count. Ends with a line of JSON; fails on one false claim, one duplicate or one wrong outcome.
 * `--quick` takes every landmark and a sample of the bytes between; `--save` puts the table into docs/benchmarks.md.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { saveTable } from '../../bench/save-table.ts';
import { keepBooks } from './books.ts';
import { cutCases, startCounting } from './cut-cases.ts';
import { replyCases } from './reply-cases.ts';

const quick = process.argv.includes('--quick');
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice(7);
const AT_ONCE = 48;
/** A prime, so that the sample does not fall into step with the lengths of lines. */
const SAMPLE = 211;

setFlagsFromString('--expose-gc');
// The flag only takes effect in a context made after it.
const collect = runInNewContext('gc') as () => void;
const heapMb = () => {
  collect();
  return process.memoryUsage().heapUsed / 1e6;
};
const openSockets = () => process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;

const started = performance.now();
const counting = await startCounting();
const socketsBefore = openSockets();
const cases = [
  ...(await cutCases(counting, quick ? SAMPLE : 1)),
  ...(await replyCases(quick ? 13 : 1)),
].filter(({ family }) => only === undefined || family.includes(only));
const heapBefore = heapMb();
const books = await keepBooks(cases, AT_ONCE, async () => {
  while (!counting.quiet()) await sleep(20);
  await sleep(100);
});
while (openSockets() > socketsBefore && performance.now() - started < 1_200_000) await sleep(50);
const leaked = openSockets() - socketsBefore;
const grownMb = heapMb() - heapBefore;
await counting.stop();

const table = [
  '| fault | cases | accepted | refused | unknown |\n| :-- | --: | --: | --: | --: |',
  ...[...books.families].map(
    ([family, { accepted, refused, unknown }]) =>
      `| ${family} | ${accepted + refused + unknown} | ${accepted} | ${refused} | ${unknown} |`,
  ),
].join('\n');
console.log(table);
if (process.argv.includes('--save')) await saveTable('faults', table);
for (const line of [...books.falseClaims, ...books.duplicates, ...books.wrong].slice(0, 50))
  console.log(line);
console.log(
  JSON.stringify({
    cases: books.cases,
    ...books.byClaim,
    false_claims: books.falseClaims.length,
    duplicates: books.duplicates.length,
    wrong_outcomes: books.wrong.length,
    sockets_left: leaked,
    heap_grown_mb: Math.round(grownMb),
    seconds: Math.round((performance.now() - started) / 1000),
    quick,
  }),
);
const bad = books.falseClaims.length + books.duplicates.length + books.wrong.length + leaked;
// Compiled code and the cases themselves stay; thousands of connections must not.
process.exitCode = bad === 0 && books.cases > 0 && grownMb < 32 ? 0 : 1;
