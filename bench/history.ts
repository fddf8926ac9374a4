/**
 * @file What the history costs with many records: the first page, an exact search, a full scan with the event loop watched,
 * an export with its memory, a start, a view, and what an entry adds to a guess. The last line is JSON.
 *
 * `npm run bench:history -- 100000`: how many records.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { csv } from '../src/main/desk/exports.ts';
import { parseAddress } from '../src/main/address/parse.ts';
import { openRecords } from '../src/main/store/records.ts';
import { systemClock } from '../src/main/system/clock.ts';
import { writePrivately } from '../src/main/system/private-file.ts';
import { createMemoryVault } from '../src/main/vault/memory.ts';
import { openVerifier } from '../src/main/verification/open-verifier.ts';
import { defaultChoices } from '../src/shared/choices.ts';
import { type HistoryCursor, type HistoryQuery, type HistorySlice, SHOWABLE } from '../src/shared/history.ts';
import { requestOf } from '../src/shared/request.ts';
import { parseKeyring } from '../src/main/ledger/keyring.ts';
import { createRecords } from '../src/main/ledger/sealed-records.ts';
import { shown } from '../src/main/ledger/seals.ts';
import { createFakePost } from '../tests/fakes/post.ts';
import { senderAt } from '../tests/fakes/scene.ts';

const RECORDS = Number(process.argv[2] ?? 100_000);
const GUESSES = 50;
const ALL: HistoryQuery = { text: '', from: null, to: null, purpose: null, result: null, operator: null };
const DAY = 86_400_000;

const folder = mkdtempSync(join(tmpdir(), 'countersign-history-'));
const path = join(folder, 'records.db');
const vault = createMemoryVault();
const random = { bytes: (length: number) => randomBytes(length) };
const post = createFakePost();

async function open() {
  const file = openRecords(path);
  if (!file.ok) throw new Error(file.problem.code);
  const opened = await openVerifier({
    ...{
      file: file.value,
      vault,
      clock: systemClock,
      random,
      post,
      practice: false,
      app: 'Countersign 0.0.0',
    },
    timers: { after: () => () => undefined },
    sender: () => senderAt('desk@clinic.example'),
    operator: () => 'Anna',
    policy: () => ({ ...defaultChoices('server'), addressSends: 5 }),
    keepDays: () => 365,
    waits: false,
    onChange: () => undefined,
    onDamaged: () => undefined,
    report: (error) => {
      throw error;
    },
  });
  if (!opened.ok) throw new Error(opened.problem.code);
  return { verifier: opened.value, file: file.value };
}

/** How long something took, in milliseconds: by the clock, and on a core, which a busy machine lengthens less. */
interface Took {
  readonly ms: number;
  readonly onCoreMs: number;
}

async function timed<T>(work: () => T | Promise<T>): Promise<Took & { readonly value: T }> {
  const [began, core] = [performance.now(), process.cpuUsage()];
  const value = await work();
  const ms = performance.now() - began;
  const { user, system } = process.cpuUsage(core);
  return { ms, onCoreMs: (user + system) / 1_000, value };
}

const half = (times: readonly number[]) => times.toSorted((a, b) => a - b)[times.length >> 1] ?? 0;

/** The middle of several. */
const middleOf = (took: readonly Took[]): Took => ({
  ms: half(took.map(({ ms }) => ms)),
  onCoreMs: half(took.map(({ onCoreMs }) => onCoreMs)),
});

async function middle(times: number, work: () => unknown): Promise<Took> {
  const took: Took[] = [];
  for (let n = 0; n < times; n += 1) took.push(await timed(work));
  return middleOf(took);
}

/** Many ended records, written as the ledger writes them, in one transaction. */
async function fill(): Promise<void> {
  const { verifier, file } = await open();
  const started = await verifier.start(asking('first@example.test'));
  if (!started.ok) throw new Error(started.problem.code);
  await verifier.close();
  const again = openRecords(path);
  const item = await vault.read('keys');
  if (!again.ok || !item.ok) throw new Error('the records cannot be opened again');
  const parsed = parseKeyring(item.value);
  const keys = parsed.ok ? (parsed.value?.newest ?? null) : null;
  const meta = again.value.meta();
  if (keys === null || meta === null) throw new Error('there are no keys');
  await again.value.begin();
  const records = createRecords(again.value, keys, random, { meta, digest: shown(keys, meta) });
  const model = records.verification(started.value.id);
  if (model === null) throw new Error('there is no model');
  for (let n = 0; n < RECORDS; n += 1) {
    const address = `guest${n}@example.test`;
    const openedAt = model.openedAt - Math.floor((n * 300 * DAY) / RECORDS) - 1;
    const reference = `AB-${n.toString(32).toUpperCase().padStart(6, '2')}`;
    records.insert({
      ...model,
      ...{ id: randomBytes(16).toString('hex'), openedAt, expiresAt: openedAt + 600_000 },
      ...{
        state: 'verified',
        endReason: null,
        endedAt: openedAt + 60_000,
        deliveryState: 'accepted',
        tidied: true,
      },
      addressHash: keys.hash('address', address),
      referenceHash: keys.hash('reference', reference),
      particulars: {
        ...model.particulars,
        ...{ reference, entered: address, delivery: address, canonical: address },
        caseNote: { ticket: String(n), text: 'Called back on the number that we have.' },
      },
    });
  }
  records.commit({ highest: meta.highest, budget: meta.budget });
  records.close();
  file.close();
}

const asking = (text: string) => {
  const address = parseAddress(text);
  if (!address.ok) throw new Error(address.problem);
  return {
    address: address.value,
    request: requestOf('registration'),
    caseNote: { ticket: '1', text: '' },
    instead: null,
  };
};

await fill();
const { verifier } = await open();
const { history } = verifier;

const firstPage = await middle(20, () => history.search(ALL, null));
const exact = await middle(20, () =>
  history.search({ ...ALL, text: `guest${RECORDS >> 1}@example.test` }, null),
);

/** A scan as the page asks for it: between two slices everything else has its turn. */
async function scan(query: HistoryQuery) {
  const began = performance.now();
  let [slowestMs, slowestOnCoreMs, scanned] = [0, 0, 0];
  let after: HistoryCursor | null = null;
  do {
    const from: HistoryCursor | null = after;
    const took: Took & { readonly value: HistorySlice } = await timed(() => history.search(query, from));
    const { ms, onCoreMs, value } = took;
    slowestMs = Math.max(slowestMs, ms);
    slowestOnCoreMs = Math.max(slowestOnCoreMs, onCoreMs);
    scanned += value.scanned;
    after = value.next;
    await new Promise(setImmediate);
  } while (after !== null);
  return { ms: performance.now() - began, slowestMs, slowestOnCoreMs, scanned };
}
const words = await scan({ ...ALL, text: 'no such word' });
const rare = await scan({ ...ALL, result: 'locked' });

const out = join(folder, 'history.csv');
let mostMemory = 0;
const memoryBefore = process.memoryUsage.rss();
const watch = setInterval(() => (mostMemory = Math.max(mostMemory, process.memoryUsage.rss())), 50);
const exportBegan = performance.now();
const written = await writePrivately(
  out,
  csv(history.records(null, null), () => 60),
  new AbortController().signal,
);
const exportMs = performance.now() - exportBegan;
clearInterval(watch);
if (!written.ok) throw new Error(written.problem);

/** A guess that ends a verification writes an entry; one that does not, doesn't. */
const [starts, views, wrongs, rights, receipts]: [Took[], Took[], Took[], Took[], Took[]] = [
  [],
  [],
  [],
  [],
  [],
];
for (let n = 0; n < GUESSES; n += 1) {
  const start = await timed(() => verifier.start(asking(`timed${n}@example.test`)));
  starts.push(start);
  const { value: started } = start;
  if (!started.ok) throw new Error(started.problem.code);
  const { id } = started.value;
  const letter = () => post.letters.find(({ verificationId }) => verificationId === id);
  while (verifier.get(id)?.delivery.state !== 'accepted') await new Promise(setImmediate);
  const code = letter()?.code ?? '';
  const wrong = String((Number(code) + 1) % 10 ** code.length).padStart(code.length, '0');
  wrongs.push(await timed(() => verifier.check(id, wrong)));
  // What the desk asks for with every push.
  views.push(await timed(() => [verifier.get(id), verifier.shift(), verifier.sends(), verifier.notices()]));
  const right = await timed(() => verifier.check(id, code));
  rights.push(right);
  if (!right.value.ok || right.value.value.outcome !== 'verified')
    throw new Error('the right code was not taken');
  const receipt = await timed(() => history.receipt(id, SHOWABLE));
  receipts.push(receipt);
  if (receipt.value === null) throw new Error('there is no receipt');
}
const [right, wrong, receipt] = [middleOf(rights), middleOf(wrongs), middleOf(receipts)];
const entryAndReceipt = (of: keyof Took) => right[of] - wrong[of] + receipt[of];
await verifier.close();

const round = (ms: number) => Math.round(ms * 100) / 100;
const result = {
  records: RECORDS,
  firstPageMs: round(firstPage.ms),
  firstPageOnCoreMs: round(firstPage.onCoreMs),
  exactMs: round(exact.ms),
  exactOnCoreMs: round(exact.onCoreMs),
  scanned: words.scanned,
  scanMs: round(words.ms),
  slowestSliceMs: round(words.slowestMs),
  slowestSliceOnCoreMs: round(words.slowestOnCoreMs),
  rareResultMs: round(rare.ms),
  slowestRareSliceMs: round(rare.slowestMs),
  slowestRareSliceOnCoreMs: round(rare.slowestOnCoreMs),
  exportMs: round(exportMs),
  exportBytes: statSync(out).size,
  exportMemoryMb: round((mostMemory - memoryBefore) / 2 ** 20),
  startMs: round(middleOf(starts).ms),
  viewMs: round(middleOf(views).ms),
  wrongGuessMs: round(wrong.ms),
  rightGuessMs: round(right.ms),
  entryAndReceiptMs: round(entryAndReceipt('ms')),
  entryAndReceiptOnCoreMs: round(entryAndReceipt('onCoreMs')),
  /** Beside one: with more than the machine has cores, every time but the one on a core is longer than on a quiet one. */
  load: round(loadavg()[0] ?? 0),
};
rmSync(folder, { recursive: true, force: true });
console.log(JSON.stringify(result));
