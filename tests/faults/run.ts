/**
 * @file `npm run faults`: everything that can happen to a line and to a reply, with the claim held against the
 * server's own count, and what is left behind held against the beginning. Ends with a line of JSON; fails on one false
 * claim, one duplicate, one wrong outcome, one socket, or memory that is kept. `--quick` takes every landmark and a
 * sample of the bytes between; `--only=` the families with these words in their name; `--save` puts the table into
 * docs/benchmarks.md when all is well; `--leak` keeps what a case leaves behind, and must fail.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { saveTable } from '../../bench/save-table.ts';
import { keepBooks } from './books.ts';
import { startCounting } from './counting.ts';
import { cutCases } from './cut-cases.ts';
import { comesTrue, heapBytes, keptBytes, leak, MOST_KEPT_BYTES, openSockets, RUNS } from './leftovers.ts';
import { replyCases } from './reply-cases.ts';
import { stallCases } from './stall-cases.ts';

const quick = process.argv.includes('--quick');
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice(7);
const AT_ONCE = 48;
/** A prime, so that the sample does not fall into step with the lengths of lines. */
const SAMPLE = 211;
/** Where the quick run looks for what is kept: each ends a session in another way. The full run looks everywhere. */
const QUICK_LEFTOVERS = ['cut inside TLS', 'cut on a kept line', 'reset behind STARTTLS', 'reply replaced'];

const started = performance.now();
const counting = await startCounting();
const socketsBefore = openSockets();
if (process.argv.includes('--leak')) leak();
const cases = [
  ...(await cutCases(counting, quick ? SAMPLE : 1)),
  ...(await stallCases(counting)),
  ...(await replyCases(quick ? 13 : 1)),
].filter(({ family }) => only === undefined || family.includes(only));
const settled = async () => {
  if (!(await comesTrue(counting.quiet, 60_000))) throw new Error('the server was left with a connection');
  await sleep(100);
};
const heapBefore = await heapBytes();
const books = await keepBooks(cases, AT_ONCE, settled);
const grownMb = ((await heapBytes()) - heapBefore) / 1e6;

const keptBy = new Map<string, number>();
for (const family of quick ? QUICK_LEFTOVERS : books.families.keys()) {
  const ofFamily = cases.filter((one) => one.family === family);
  // From the middle: the first ones end before there is a session.
  const one = ofFamily[Math.floor(ofFamily.length / 2)];
  if (one !== undefined) keptBy.set(family, await keptBytes(one, settled));
}
const mostKept = Math.max(...keptBy.values());
await comesTrue(() => openSockets() <= socketsBefore, 5_000);
const leaked = openSockets() - socketsBefore;
await counting.stop();

const table = [
  '| fault | cases | accepted | refused | unknown |\n| :-- | --: | --: | --: | --: |',
  ...[...books.families].map(
    ([family, { accepted, refused, unknown }]) =>
      `| ${family} | ${accepted + refused + unknown} | ${accepted} | ${refused} | ${unknown} |`,
  ),
].join('\n');
console.log(table);
for (const line of [...books.falseClaims, ...books.duplicates, ...books.wrong].slice(0, 50))
  console.log(line);
for (const [family, bytes] of keptBy)
  if (bytes > MOST_KEPT_BYTES) console.log(`${family}: each run keeps ${bytes} bytes`);

const bad = books.falseClaims.length + books.duplicates.length + books.wrong.length + leaked;
// Compiled code and the cases themselves stay; thousands of connections must not.
const failed = bad > 0 || books.cases === 0 || grownMb >= 32 || mostKept > MOST_KEPT_BYTES;
const seconds = Math.round((performance.now() - started) / 1000);
if (process.argv.includes('--save') && !failed) {
  const number = (value: number) => value.toLocaleString('en');
  const sentence =
    `${number(books.cases)} cases in ${Math.round(seconds / 60)} minutes: no false claim, no duplicate, no outcome ` +
    'that was not the right one of the three, no socket left. ' +
    `One case of each kind was run ${RUNS} times more; the most that a run kept was ${number(mostKept)} bytes.`;
  await saveTable('faults', `${table}\n\n${sentence}`);
}
console.log(
  JSON.stringify({
    cases: books.cases,
    ...books.byClaim,
    false_claims: books.falseClaims.length,
    duplicates: books.duplicates.length,
    wrong_outcomes: books.wrong.length,
    sockets_left: leaked,
    heap_grown_mb: Math.round(grownMb),
    bytes_kept_a_case: mostKept,
    seconds,
    quick,
  }),
);
// A socket that was left would keep the process alive, and the verdict from whoever waits for its end.
process.exit(failed ? 1 : 0);
