/**
 * @file What a case leaves behind when it is over: sockets, counted, and memory, by running one case over and over.
 * What a case keeps grows the heap in every batch; noise does not, which is why the smallest growth is the one
 * that counts.
 */
import net from 'node:net';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import SMTPConnection from 'nodemailer/lib/smtp-connection';
import type { Case } from './trial.ts';

setFlagsFromString('--expose-gc');
// The flag only takes effect in a context made after it.
const collect = runInNewContext('gc') as () => void;

export const openSockets = (): number =>
  process.getActiveResourcesInfo().filter((name) => name.startsWith('TCP')).length;

/** Waits for what is right sooner or later; false when it is not by then. */
export async function comesTrue(condition: () => boolean, patienceMs: number): Promise<boolean> {
  const until = performance.now() + patienceMs;
  while (!condition()) {
    if (performance.now() > until) return false;
    await sleep(20);
  }
  return true;
}

export async function heapBytes(): Promise<number> {
  for (let count = 0; count < 3; count += 1) {
    collect();
    await nextTurn();
  }
  return process.memoryUsage().heapUsed;
}

const BATCHES = 3;
const BATCH = 24;
export const RUNS = (BATCHES + 1) * BATCH;
/** A session that is kept is 12 to 21 kB (`--leak` shows it); noise stayed under 2 kB on a machine with a load of 7. */
export const MOST_KEPT_BYTES = 6_000;

/** Bytes of heap that one run of the case keeps. The first batch warms up: caches fill and code is compiled. */
export async function keptBytes(one: Case, quiet: () => Promise<void>): Promise<number> {
  const growths: number[] = [];
  let before = 0;
  for (let batch = 0; batch <= BATCHES; batch += 1) {
    await Promise.all(Array.from({ length: BATCH }, () => one.run('left-00000@example.com')));
    await quiet();
    const now = await heapBytes();
    if (batch > 0) growths.push(now - before);
    before = now;
  }
  return Math.round(Math.min(...growths) / BATCH);
}

/** What the judge must see: from now on each session is kept, and a socket with it. */
export function leak(): void {
  const kept: unknown[] = [];
  const { prototype } = SMTPConnection;
  const connect = Reflect.get(prototype, 'connect');
  prototype.connect = function (this: SMTPConnection, ...args) {
    kept.push(this, net.createServer().listen(0, '127.0.0.1'));
    connect.apply(this, args);
  };
}
