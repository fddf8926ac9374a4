/**
 * @file The program that is attacked and killed: the real verifier on a real file, in a process of its own, told
 * what to do line by line. It says what it is about to do and what came of it; it can kill itself at the nth point
 * between two effects, which is finer than any signal from outside.
 */
import { requestOf } from '../../src/shared/request.ts';
import { randomInt } from 'node:crypto';
import { writeSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { openRecords } from '../../src/main/store/records.ts';
import { openVerifier } from '../../src/main/verification/open-verifier.ts';
import type { Post } from '../../src/main/ports/mail.ts';
import type { Vault } from '../../src/main/ports/vault.ts';
import type { RecordsFile } from '../../src/main/ports/records.ts';
import { ACCEPTED, createFakePost, REFUSED } from '../fakes/post.ts';
import { asking } from '../fakes/scene.ts';
import { onComparison } from './comparisons.ts';
import { createFileVault } from './file-vault.ts';
import { VICTIMS_DESK } from './victims-desk.ts';

/** What the victim can be told. */
export type Order =
  | { readonly do: 'start'; readonly address: string; readonly what: string }
  | { readonly do: 'check'; readonly id: string; readonly code: string }
  | { readonly do: 'resend'; readonly id: string }
  /** Another in the place of `id`. */
  | { readonly do: 'replace'; readonly id: string; readonly address: string; readonly what: string };

/** What it says: each is one line of JSON, written at once. */
export type Said =
  | { readonly say: 'ready' }
  | { readonly say: 'doing'; readonly order: Order }
  | { readonly say: 'comparing' }
  | { readonly say: 'done'; readonly order: Order; readonly answer: unknown; readonly code?: string };

const say = (said: Said) => void writeSync(1, `${JSON.stringify(said)}\n`);

const [folder = '.', dieAt = '0', countFrom = 'start'] = process.argv.slice(2);
let counting = countFrom === 'start';
let points = Number(dieAt);
/** One of the points between two effects; 0 or less: never dies of its own accord. */
function point(): void {
  if (!counting) return;
  points -= 1;
  if (points === 0) process.kill(process.pid, 'SIGKILL');
}

function mortalVault(vault: Vault): Vault {
  return {
    ...vault,
    async write(item, value) {
      point();
      const written = await vault.write(item, value);
      point();
      return written;
    },
  };
}

function mortalFile(file: RecordsFile): RecordsFile {
  return {
    ...file,
    insertSpend(row) {
      file.insertSpend(row);
      point();
    },
    insertEntry(row) {
      point();
      file.insertEntry(row);
      point();
    },
    updateVerification(row, replaced) {
      const updated = file.updateVerification(row, replaced);
      point();
      return updated;
    },
  };
}

// Every statement that changes the schema or begins or ends a transaction goes through here, migrations included.
const exec = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'exec')?.value as (
  this: DatabaseSync,
  sql: string,
) => void;
DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
  point();
  exec.call(this, sql);
  point();
};

onComparison(() => {
  say({ say: 'comparing' });
  point();
});

const opened = openRecords(join(folder, 'records.db'));
if (!opened.ok) throw new Error(opened.problem.code);
const post = createFakePost();
/** Mail takes a moment, so that some die while it is under way. */
const slowPost: Post = {
  async deliver(letter, options) {
    const outcome = await post.deliver(letter, options);
    await sleep(randomInt(10));
    return outcome;
  },
};
const verifier = await openVerifier({
  ...VICTIMS_DESK,
  file: mortalFile(opened.value),
  vault: mortalVault(createFileVault(folder)),
  timers: {
    after: (ms, callback) => {
      const timer = setTimeout(callback, ms);
      return () => clearTimeout(timer);
    },
  },
  post: slowPost,
});
if (!verifier.ok) throw new Error(verifier.problem.code);
say({ say: 'ready' });
counting = true;

async function obey(order: Order): Promise<{ readonly answer: unknown; readonly code?: string }> {
  if (!verifier.ok) throw new Error('not open');
  const desk = verifier.value;
  switch (order.do) {
    case 'start':
    case 'replace': {
      // A refused message may be followed by another at once, so that resends are attacked too.
      post.outcome = order.address.startsWith('refused') ? REFUSED : ACCEPTED;
      const input = asking(order.address, requestOf('other', { what: order.what }));
      const answer = await desk.start({ ...input, instead: order.do === 'replace' ? order.id : null });
      if (!answer.ok) return { answer };
      const letter = () => post.letters.find(({ verificationId }) => verificationId === answer.value.id);
      while (letter() === undefined) await new Promise(setImmediate);
      return { answer, code: letter()?.code ?? '' };
    }
    case 'check':
      return { answer: await desk.check(order.id, order.code) };
    case 'resend':
      return { answer: await desk.resend(order.id) };
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  // Only the attack writes here, from the type above.
  const order = JSON.parse(line) as Order;
  say({ say: 'doing', order });
  say({ say: 'done', order, ...(await obey(order)) });
}
await verifier.value.close();
