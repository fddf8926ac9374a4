/**
 * @file `npm run faults`: everything that can happen to a line and to a reply, with the claim held against the
 * server's own count, and what is left behind held against the beginning. Ends with a line of JSON; fails on one false
 * claim, one duplicate, one wrong outcome or cause, one socket, or memory that is kept. `--quick` takes every landmark and a
 * sample of the bytes between; `--only=` the families with these words in their name; `--save` puts the table into
 * docs/benchmarks.md when all is well; `--leak` keeps what a case leaves behind, and must fail.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { saveTable } from '../../bench/save-table.ts';
import { keepBooks } from './books.ts';
import { startCounting } from './counting.ts';
import { cutCases } from './cut-cases.ts';
import { comesTrue, heapBytes, keptBytes, leak, MOST_KEPT_BYTES, openSockets, RUNS } from './leftovers.ts';
import { deadCases } from './dead-cases.ts';
import { orderCases } from './order-cases.ts';
import { replyCases } from './reply-cases.ts';
import { stallCases } from './stall-cases.ts';
import { stormCases } from './storm.ts';

const quick = process.argv.includes('--quick');
const only = process.argv.find((argument) => argument.startsWith('--only='))?.slice(7);
const AT_ONCE = 48;
/** Another one with --seed=. */
const seed = Number(process.argv.find((argument) => argument.startsWith('--seed='))?.slice(7) ?? 1);
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
  ...deadCases(counting),
  ...replyCases(quick ? 13 : 1),
  ...orderCases(),
  ...stormCases(quick ? 300 : 10_000, seed),
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
/** The same fault with DATA and with the whole message in one flight, by the names of their families. */
const SIDE_BY_SIDE = [
  ['dead before the click', 'dead before the click, one flight'],
  ['cut inside TLS', 'cut in one flight'],
  ['cut on a kept line', 'cut in one flight on a kept line'],
  ['reset inside TLS', 'reset in one flight'],
  ['stall', 'stall in one flight'],
  ['stall on a kept line', 'stall in one flight on a kept line'],
] as const;
const unknownOf = (family: string) => books.families.get(family)?.unknown ?? 0;
const sideBySide = [
  '| unknown | with DATA | in one flight |\n| :-- | --: | --: |',
  ...SIDE_BY_SIDE.map(([data, flight]) => `| ${data} | ${unknownOf(data)} | ${unknownOf(flight)} |`),
].join('\n');
console.log(`${table}\n\n${sideBySide}`);
for (const line of [...books.falseClaims, ...books.duplicates, ...books.wrong, ...books.wrongCauses].slice(
  0,
  50,
))
  console.log(line);
for (const [family, bytes] of keptBy)
  if (bytes > MOST_KEPT_BYTES) console.log(`${family}: each run keeps ${bytes} bytes`);

// A message in one flight may not be lost more often than one with DATA, on a line that was dead before the click.
const [before] = SIDE_BY_SIDE;
const bad =
  Math.max(0, unknownOf(before[1]) - unknownOf(before[0])) +
  books.falseClaims.length +
  books.duplicates.length +
  books.wrong.length +
  books.wrongCauses.length +
  leaked;
// A fault that cannot strike proves nothing.
const tooManyUnmet = books.unmet.length > books.cases / 1_000;
// Compiled code and the cases themselves stay; thousands of connections must not.
const failed = bad > 0 || books.cases === 0 || tooManyUnmet || grownMb >= 32 || mostKept > MOST_KEPT_BYTES;
const seconds = Math.round((performance.now() - started) / 1000);
if (process.argv.includes('--save') && !failed) {
  const number = (value: number) => value.toLocaleString('en');
  const sentence =
    `${number(books.cases)} cases in ${seconds < 120 ? `${seconds} seconds` : `${Math.round(seconds / 60)} minutes`}: no false claim, no duplicate, no outcome ` +
    'that was not the right one of the three, no wrong cause, no socket left. ' +
    `One case of each of ${keptBy.size} kinds was run ${RUNS} times more; the most that a run kept was ${number(mostKept)} bytes.`;
  await saveTable('faults', `${table}\n\n${sentence}\n\n${sideBySide}`);
}
console.log(
  JSON.stringify({
    cases: books.cases,
    ...books.byClaim,
    false_claims: books.falseClaims.length,
    duplicates: books.duplicates.length,
    wrong_outcomes: books.wrong.length,
    faults_not_met: books.unmet.length,
    wrong_causes: books.wrongCauses.length,
    sockets_left: leaked,
    heap_grown_mb: Math.round(grownMb),
    bytes_kept_a_case: mostKept,
    seconds,
    quick,
  }),
);
// A socket that was left would keep the process alive, and withhold the verdict.
process.exit(failed ? 1 : 0);
