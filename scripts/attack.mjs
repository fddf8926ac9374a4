/**
 * @file `npm run attack`: attacks the real core on a real store and prints, for each strategy, how many guesses were
 * tried, how many were judged and how many may be. Fails when one more was judged, or when a kill refunded anything.
 */
import { randomInt } from 'node:crypto';
import { attackAll } from '../tests/attack/run.ts';
import { held } from '../tests/attack/strategy.ts';

const quick = process.argv.includes('--quick');
const seedAt = process.argv.indexOf('--seed');
const seed = seedAt < 0 ? randomInt(2 ** 32) : Number(process.argv[seedAt + 1]);
/** The whole: ten million guesses, three hundred kills, every bit of a receipt, ten
 * million codes a length. `--quick`: what `npm test` has time for. */
const sizes = quick
  ? { guesses: 100_000, kills: 100, forgeries: 400, codes: 100_000 }
  : { guesses: 10_500_000, kills: 300, forgeries: 30_000, codes: 10_000_000 };

const NAME = 72;
const row = (/** @type {(string | number)[]} */ ...cells) =>
  cells.map((cell, index) => (index === 0 ? String(cell).padEnd(NAME) : String(cell).padStart(10))).join(' ');

console.log(row('strategy', 'tried', 'judged', 'bound', 'successes', 'held', 'seconds'));
const report = await attackAll({
  ...sizes,
  seed,
  onFinding: (finding, seconds) => {
    const { strategy, tried, judged, bound, successes } = finding;
    const verdict = held(finding) ? 'yes' : 'NO';
    console.log(row(strategy, tried, judged, bound, successes, verdict, seconds.toFixed(1)));
  },
});
console.log(row('in all', report.tried, report.judged, '', report.successes));

const { kills } = report;
console.log(
  `\n${kills.kills} kills (seed ${seed}), ${kills.interrupted} of them in the middle of something: ${kills.refunded} refunds,`,
  `${kills.overcharged} overcharged, ${kills.lost} lost verifications, ${kills.unpaired} results or entries alone, ${kills.unreadable} unreadable stores\n`,
);
console.log(row('forgery', 'tried', 'accepted', 'misnamed'));
for (const { forgery, tried, accepted, misnamed } of report.forgeries)
  console.log(row(forgery, tried, accepted, misnamed));
console.log();
console.log(row('evenness of codes', 'codes', 'z', 'digit z', '', 'held'));
for (const { length, codes, z, digitZ, held: even } of report.evenness) {
  console.log(row(`${length} digits`, codes, z.toFixed(2), digitZ.toFixed(2), '', even ? 'yes' : 'NO'));
}
console.log(`\n${JSON.stringify(report)}`);
process.exitCode = report.bound_held ? 0 : 1;
