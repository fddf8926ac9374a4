/** @file Runs every attack and adds up: the whole is what `npm run attack` prints and `npm test` asks for. */
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { killMany, type KillCount } from './kills.ts';
import { JOURNAL_FORGERIES } from './forgeries-journal.ts';
import { RECEIPT_FORGERIES } from './forgeries-receipt.ts';
import { type Forged, forgersDesk, tryForgery } from './forgery.ts';
import { BRIDGE } from './strategies-bridge.ts';
import { DAY_BOUND, DESK, WHOLE_DAY } from './strategies-desk.ts';
import { FILES } from './strategies-files.ts';
import { GUESSING } from './strategies-guessing.ts';
import { JOURNAL } from './strategies-journal.ts';
import { PROCESSES } from './strategies-processes.ts';
import { RECORDS } from './strategies-records.ts';
import { TIME } from './strategies-time.ts';
import { WORKING } from './strategies-working.ts';
import { type Finding, held } from './strategy.ts';
import type { Evenness } from './uniformity.ts';

/** Those that submit as many guesses as they are told to. */
const SIZED = [...GUESSING, ...TIME, ...FILES, ...RECORDS, ...BRIDGE];
const STRATEGIES = [...SIZED, ...JOURNAL, ...DESK, ...PROCESSES, ...WORKING];

export interface Report {
  readonly strategies: readonly Finding[];
  readonly tried: number;
  readonly judged: number;
  readonly successes: number;
  readonly kills: KillCount;
  /** Of receipts and journals: how many were tried, passed as genuine, or were called something else. */
  readonly forgeries: readonly Forged[];
  readonly evenness: readonly Evenness[];
  /** The chances of all guesses of a day together, in 10⁻⁸: what was spent at most, and what may be. */
  readonly day: { readonly spent: number; readonly bound: number };
  readonly bound_held: boolean;
}

async function measureAll(codes: number): Promise<readonly Evenness[]> {
  const worker = new Worker(new URL('uniformity-worker.ts', import.meta.url), { workerData: codes });
  const [measured] = (await once(worker, 'message')) as [readonly Evenness[]];
  return measured;
}

async function forgeAll(most: number): Promise<readonly Forged[]> {
  const desk = await forgersDesk();
  const tried: Forged[] = [];
  for (const forgery of [...JOURNAL_FORGERIES, ...RECEIPT_FORGERIES])
    tried.push(await tryForgery(forgery, desk, most));
  return tried;
}

/** `guesses`: how many in all, about; `kills`: of a real process; `forgeries`: of each kind; `codes`: of each length, for
 * their evenness. */
export async function attackAll(options: {
  readonly guesses: number;
  readonly kills: number;
  readonly forgeries: number;
  readonly codes: number;
  readonly seed: number;
  /** Hears of each as it is there. */
  readonly onFinding: (finding: Finding, seconds: number) => void;
}): Promise<Report> {
  const measuring = measureAll(options.codes);
  const size = Math.ceil(options.guesses / SIZED.length);
  const strategies: Finding[] = [];
  for (const strategy of STRATEGIES) {
    const began = performance.now();
    const finding = { strategy: strategy.name, ...(await strategy.run(size)) };
    strategies.push(finding);
    options.onFinding(finding, (performance.now() - began) / 1_000);
  }
  const kills = await killMany(options.kills, options.seed);
  const forgeries = await forgeAll(options.forgeries);
  const evenness = await measuring;
  const sum = (field: 'tried' | 'judged' | 'successes') =>
    strategies.reduce((total, finding) => total + finding[field], 0);
  const { refunded, overcharged, lost, unpaired, unreadable } = kills;
  return {
    strategies,
    tried: sum('tried'),
    judged: sum('judged'),
    successes: sum('successes'),
    kills,
    forgeries,
    evenness,
    day: {
      spent: strategies.find(({ strategy }) => strategy === WHOLE_DAY)?.judged ?? Infinity,
      bound: DAY_BOUND,
    },
    bound_held:
      strategies.every(held) &&
      refunded + overcharged + lost + unpaired + unreadable === 0 &&
      forgeries.every(({ accepted, misnamed }) => accepted + misnamed === 0) &&
      evenness.every((measured) => measured.held),
  };
}
