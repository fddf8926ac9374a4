/**
 * @file Kills a real process at random points, again and again on the same records, and compares what it had said
 * with what is left: nothing may be refunded, nothing verified lost, and the desk must be able to go on.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { CheckOutcome, StartReceipt } from '../../src/shared/problems.ts';
import type { Result } from '../../src/shared/result.ts';
import { openRecords } from '../../src/main/store/records.ts';
import { openVerifier } from '../../src/main/verification/open-verifier.ts';
import type { RecordsFile } from '../../src/main/ports/records.ts';
import type { Verifier } from '../../src/main/verification/verifier.ts';
import { entriesIn, faultsIn } from '../fakes/journal-scene.ts';
import { createFakePost } from '../fakes/post.ts';
import { spendsIn } from '../fakes/scene.ts';
import { createFileVault } from './file-vault.ts';
import type { Order, Said } from './victim.ts';
import { VICTIMS_DESK } from './victims-desk.ts';
import { startVictim, type Victim } from './victim-process.ts';
import { wrong } from '../fakes/wrong-code.ts';

export interface KillCount {
  readonly kills: number;
  /** Kills that hit while something was being done. */
  readonly interrupted: number;
  /** Guesses or messages that were charged and are charged no more. */
  readonly refunded: number;
  /** Guesses charged beyond the one that a kill interrupted. */
  readonly overcharged: number;
  /** Verifications that were there, or verified, and are so no more; right codes that do not verify any more. */
  readonly lost: number;
  /** Results without an entry in the journal, entries without a result, and what the checker finds wrong with it. */
  readonly unpaired: number;
  /** Records that could not be opened, were damaged or were taken for restored. */
  readonly unreadable: number;
}

/** Numbers that repeat for a seed (mulberry32): a kill that found something can be found again. */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

/** What a verification must look like, from what its victims said. */
interface Expected {
  readonly code: string;
  compared: number;
  /** Guesses that a kill interrupted: each may or may not be charged. */
  interrupted: number;
  /** Ended by an answer; null while it must be open. */
  ended: 'verified' | 'locked' | 'cancelled' | null;
  /** A kill interrupted something that may have ended it. */
  maybeEnded: boolean;
}

interface Life {
  readonly folder: string;
  readonly expected: Map<string, Expected>;
  sends: number;
}

const ORDERS_A_LIFE = 25;
const KILLS_A_FOLDER = 10;
/** Points of opening used records; new ones pass some more, for the schema and the first keys. */
const POINTS_OF_OPENING = 40;

/** The next thing to do, from what is open. */
function nextOrder(life: Life, pick: (below: number) => number): Order {
  const open = [...life.expected].filter(([, { ended }]) => ended === null);
  const [id, expected] = open[pick(Math.max(1, open.length))] ?? [];
  const kind = pick(18);
  const name = kind % 2 ? 'guest' : 'refused';
  const address = `${name}${life.expected.size}.${pick(1_000_000)}@example.test`;
  if (id === undefined || expected === undefined || kind < 4) return { do: 'start', address, what: 'kill' };
  if (kind < 11) return { do: 'check', id, code: wrong(expected.code) };
  if (kind < 14) return { do: 'check', id, code: expected.code };
  if (kind < 16) return { do: 'resend', id };
  return { do: 'replace', id, address, what: 'kill' };
}

/** Takes over what the victim said that it did, and what it had begun when it died. */
function learn(life: Life, said: readonly Said[]): boolean {
  let doing: Order | null = null;
  for (const one of said) {
    if (one.say === 'doing') doing = one.order;
    const about = doing !== null && 'id' in doing ? life.expected.get(doing.id) : undefined;
    if (one.say === 'comparing' && about) about.compared += 1;
    if (one.say !== 'done') continue;
    doing = null;
    learnAnswer(life, one);
  }
  const about = doing !== null && 'id' in doing ? life.expected.get(doing.id) : undefined;
  if (about !== undefined && doing !== null) {
    if (doing.do === 'check') about.interrupted += 1;
    about.maybeEnded = true;
  }
  return doing !== null;
}

function learnAnswer(life: Life, { order, answer, code }: Extract<Said, { say: 'done' }>): void {
  // The victim answers each order with what the verifier answered, so its type follows from the order.
  if (order.do === 'start' || order.do === 'replace') {
    const started = answer as Result<StartReceipt, unknown>;
    if (!started.ok) return;
    const fresh = { code: code ?? '', compared: 0, interrupted: 0, ended: null, maybeEnded: false };
    life.expected.set(started.value.id, fresh);
    if (!order.address.startsWith('refused')) life.sends += 1;
  }
  const expected = 'id' in order ? life.expected.get(order.id) : undefined;
  if (expected === undefined) return;
  if (order.do === 'replace') expected.ended = 'cancelled';
  if (order.do === 'check') {
    const checked = answer as Result<CheckOutcome, unknown>;
    const outcome = checked.ok ? checked.value.outcome : null;
    if (outcome === 'verified' || outcome === 'locked') expected.ended = outcome;
  }
}

/** Opens the records as the next start of the program does; null when that fails. */
async function reopen(folder: string): Promise<{ verifier: Verifier; file: RecordsFile } | null> {
  const records = openRecords(join(folder, 'records.db'));
  if (!records.ok) return null;
  const opened = await openVerifier({
    ...VICTIMS_DESK,
    file: records.value,
    vault: createFileVault(folder),
    timers: { after: () => () => undefined },
    post: createFakePost(),
  });
  return opened.ok ? { verifier: opened.value, file: records.value } : null;
}

type Faults = { refunded: number; overcharged: number; lost: number; unpaired: number; unreadable: number };

function isSound(folder: string): boolean {
  const database = new DatabaseSync(join(folder, 'records.db'));
  const check = database.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
  database.close();
  return check === 'ok';
}

async function unpairedIn(verifier: Verifier, file: RecordsFile): Promise<number> {
  const results = new Set(
    [...file.rows()].flatMap((any) =>
      any.table === 'verifications' && any.row.state !== 'open'
        ? [`${verifier.get(any.row.id)?.reference} ${any.row.state}`]
        : [],
    ),
  );
  const entries = (await entriesIn(file)).flatMap(({ claims }) =>
    claims.event === 'verification-ended' ? [`${claims.reference} ${claims.result}`] : [],
  );
  const without = entries.filter((entry) => !results.delete(entry)).length;
  return without + results.size + (await faultsIn(file)).length;
}

/** Compares what is left with what was said. `goOn`: also gives the right code to everything still open. */
async function compare(life: Life, faults: Faults, goOn: boolean): Promise<void> {
  const opened = await reopen(life.folder);
  if (opened === null || !isSound(life.folder) || opened.verifier.notices().length > 0) {
    faults.unreadable += 1;
    if (opened === null) return;
  }
  const { verifier, file } = opened;
  const spends = spendsIn(file).filter(({ kind }) => kind === 'guess');
  for (const [id, expected] of life.expected) {
    const row = file.verification(id);
    if (row === null) {
      faults.lost += 1;
      continue;
    }
    const charged = spends.filter(({ verificationId }) => verificationId === id).length;
    if (Math.min(row.guessesUsed, charged) < expected.compared) faults.refunded += 1;
    if (Math.max(row.guessesUsed, charged) > expected.compared + expected.interrupted)
      faults.overcharged += 1;
    const spent = row.guessesUsed >= row.guessesAllowed;
    const asExpected =
      row.state === (expected.ended ?? 'open') ||
      (expected.ended === null && expected.maybeEnded && row.state !== 'expired') ||
      (expected.ended === null && spent && row.state === 'locked');
    if (!asExpected) faults.lost += 1;
    if (row.state !== 'open') expected.ended ??= row.state === 'expired' ? 'cancelled' : row.state;
    if (row.state === 'open' && goOn) {
      // What never left can't have been read by anyone.
      const due = row.leftBy !== null ? 'verified' : 'not-sent';
      const answer = await verifier.check(id, expected.code);
      if (!answer.ok || answer.value.outcome !== due) faults.lost += 1;
    }
  }
  faults.unpaired += await unpairedIn(verifier, file);
  if (verifier.sends().allowed - verifier.sends().left < life.sends) faults.refunded += 1;
  await verifier.close();
}

/** One process: works until it is killed, by a timer from outside or by itself between two effects. */
async function liveAndDie(
  life: Life,
  pick: (below: number) => number,
  readyMs: number,
  first: boolean,
): Promise<Victim> {
  // The first in a folder dies while it makes the schema and the keys.
  const byItself = first || pick(2) === 0;
  const victim = startVictim(life.folder, byItself ? 1 + pick(first ? POINTS_OF_OPENING : 200) : 0);
  const early = !byItself && pick(4) === 0;
  if (early) setTimeout(() => victim.kill(), pick(Math.max(1, Math.round(readyMs))));
  if (await victim.ready()) {
    if (!byItself && !early) setTimeout(() => victim.kill(), pick(120));
    for (let n = 0; n < ORDERS_A_LIFE; n += 1) {
      const before = victim.said.length;
      if ((await victim.order(nextOrder(life, pick))) === null) break;
      // What it said since is taken over for choosing the next order; the whole is learnt when it is dead.
      for (const one of victim.said.slice(before)) if (one.say === 'done') learnAnswer(life, one);
    }
  }
  victim.kill();
  await victim.gone;
  return victim;
}

/** Kills `kills` processes and counts what went wrong. */
export async function killMany(kills: number, seed: number): Promise<KillCount> {
  const pick = numbers(seed);
  const faults: Faults = { refunded: 0, overcharged: 0, lost: 0, unpaired: 0, unreadable: 0 };
  let interrupted = 0;
  let readyMs = 300;
  for (let done = 0; done < kills;) {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-kills-'));
    const life: Life = { folder, expected: new Map(), sends: 0 };
    const begin = done;
    const last = Math.min(kills, done + KILLS_A_FOLDER);
    for (; done < last; done += 1) {
      const began = performance.now();
      const sends = life.sends;
      const victim = await liveAndDie(life, pick, readyMs, done === begin);
      // Counted once: learnAnswer has seen the answers already.
      life.sends = sends;
      if (learn(life, victim.said)) interrupted += 1;
      if (victim.said.length > 0) readyMs = Math.min(readyMs, performance.now() - began);
      await compare(life, faults, done === last - 1);
    }
    rmSync(folder, { recursive: true, force: true });
  }
  return { kills, interrupted, ...faults };
}
