/**
 * @file A desk for tests: the real verifier on real records in a temporary folder, with a clock that is moved by
 * hand. It can be closed, killed, copied and opened again, as a profile folder can.
 */
import { copyFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAddress } from '../../src/main/address/parse.ts';
import { openRecords, removeRecords } from '../../src/main/store/records.ts';
import { openVerifier } from '../../src/main/verification/open-verifier.ts';
import { defaultChoices } from '../../src/shared/choices.ts';
import type { Random } from '../../src/main/ports/random.ts';
import type { KnownRow, ShiftRow } from '../../src/shared/desk-view.ts';
import type { RecordsFile, SpendRow } from '../../src/main/ports/records.ts';
import type { Sender } from '../../src/main/verification/core.ts';
import type { StartInput } from '../../src/main/verification/sending.ts';
import type { Verifier } from '../../src/main/verification/verifier.ts';
import type { Policy } from '../../src/shared/choices.ts';
import { type CaseNote, NO_NOTE } from '../../src/shared/history.ts';
import { requestOf, type Request } from '../../src/shared/request.ts';
import { createFakeClock, createFakeRandom, type FakeClock } from './clock.ts';
import { MINUTE } from './time.ts';
import { createFakePost, type FakePost } from './post.ts';
import { createFakeVault, type FakeVault, Killed } from './vault.ts';

export const REGISTRATION: Request = requestOf('registration');

/** A Gmail account that sends. */
export const senderAt = (address: string): Sender => ({
  address,
  canonical: address,
  host: 'smtp.gmail.com',
  user: address,
});

/** The rows of a rail that can be read. */
export const readable = (rows: readonly ShiftRow[]): readonly KnownRow[] =>
  rows.filter((row) => row.state !== 'unreadable');

/** The spends of a file. */
export const spendsIn = (file: RecordsFile): readonly SpendRow[] =>
  [...file.rows()].flatMap((any) => (any.table === 'spends' ? [any.row] : []));

/** What is asked for at the desk. */
export function asking(
  address: string,
  request: Request = REGISTRATION,
  caseNote: CaseNote = NO_NOTE,
): StartInput {
  const parsed = parseAddress(address);
  if (!parsed.ok) throw new Error(`${address} is not an address: ${parsed.problem}`);
  return { address: parsed.value, request, caseNote, instead: null };
}

export interface Scene {
  /** Where the records are. */
  readonly folder: string;
  readonly clock: FakeClock;
  readonly vault: FakeVault;
  readonly post: FakePost;
  readonly path: string;
  policy: Policy;
  sender: Sender | null;
  practice: boolean;
  /** The version of SQLite that the records are opened as with. */
  sqlite: string | undefined;
  /** Who is at the desk. */
  operator: string | null;
  keepDays: number;
  /** What failed in the background. */
  readonly reports: unknown[];
  /** The verifier that is open. */
  verifier: Verifier;
  /** The file below it. */
  file: RecordsFile;
  /** Starts one and gives its id and code. */
  start(
    address?: string,
    request?: Request,
    caseNote?: CaseNote,
  ): Promise<{ readonly id: string; readonly code: string }>;
  /** Verifies an address, a minute after what was before, and gives the id. */
  verify(address: string, request?: Request, ticket?: string): Promise<string>;
  /** Starts one for another address in its place, which ends it. */
  replace(id: string): Promise<void>;
  /** Waits until everything is written that the verifier writes in the background. */
  written(): Promise<void>;
  /** Lets what goes on in the background come to its end. */
  settled(): Promise<void>;
  /** Closes and opens again. */
  restart(): Promise<void>;
  /** Closes, does something to what is kept, and opens on what lies there then. */
  whileClosed<T>(change: () => T | Promise<T>): Promise<T>;
  /** Lets go of the records without a word, as a kill does, and opens again. */
  killAndReopen(): Promise<void>;
  /** The process is killed in place of the nth commit from now on. */
  killAtCommit(nth: number): void;
  /** Opens on what lies there now. */
  reopen(): Promise<void>;
  /** One more verifier on the same file and vault: another process. */
  second(): Promise<Verifier>;
  /** Copies the records to one side; the function puts the copy back while nothing is open. */
  readonly copy: () => () => void;
  end(): Promise<void>;
}

export { wrong } from './wrong-code.ts';

const SUFFIXES = ['', '-wal', '-shm'];

export async function openScene(
  options: { readonly policy?: Partial<Policy>; readonly random?: Random } = {},
): Promise<Scene> {
  const folder = mkdtempSync(join(tmpdir(), 'countersign-scene-'));
  const path = join(folder, 'records.db');
  const clock = createFakeClock();
  const random = options.random ?? createFakeRandom();
  const vault = createFakeVault();
  const post = createFakePost();
  const reports: unknown[] = [];
  const others: Verifier[] = [];
  let copies = 0;
  let replaced = 0;

  async function open(): Promise<{ verifier: Verifier; file: RecordsFile }> {
    const records = openRecords(path, scene.sqlite);
    if (!records.ok) throw new Error(records.problem.code);
    clock.restart();
    const opened = await openVerifier({
      file: records.value,
      vault,
      clock,
      random,
      timers: clock.timers,
      post,
      sender: () => scene.sender,
      waits: false,
      practice: scene.practice,
      operator: () => scene.operator,
      app: 'Countersign 0.0.0',
      policy: () => scene.policy,
      keepDays: () => scene.keepDays,
      onChange: () => undefined,
      onDamaged: () => undefined,
      report: (error) => reports.push(error),
    });
    if (!opened.ok) {
      const { problem } = opened;
      throw new Error(problem.code === 'vault' ? `the vault is ${problem.state}` : problem.code);
    }
    return { verifier: opened.value, file: records.value };
  }

  const scene: Scene = {
    folder,
    clock,
    vault,
    post,
    path,
    policy: { ...defaultChoices('gmail'), ...options.policy },
    sender: senderAt('desk@gmail.com'),
    practice: false,
    sqlite: process.versions['sqlite'],
    operator: null,
    keepDays: 30,
    reports,
    // Opened below, before anybody sees the scene.
    verifier: undefined as unknown as Verifier,
    file: undefined as unknown as RecordsFile,
    async start(address = 'maria@example.test', request = REGISTRATION, caseNote = NO_NOTE) {
      const started = await scene.verifier.start(asking(address, request, caseNote));
      if (!started.ok) throw new Error(started.problem.code);
      const letter = () => post.letters.find(({ verificationId }) => verificationId === started.value.id);
      const { id } = started.value;
      // As far as it goes by itself: to its end, or to where it stays under way.
      const isThere = (): boolean => {
        const view = scene.verifier.get(id);
        if (letter() === undefined || view === null) return false;
        return post.outcome === null
          ? view.mayHaveLeft || post.leaves === false
          : view.delivery.state !== 'sending';
      };
      while (!isThere()) await new Promise(setImmediate);
      return { id, code: letter()?.code ?? '' };
    },
    async verify(address, request, ticket = '') {
      scene.clock.pass(MINUTE);
      const { id, code } = await scene.start(address, request, { ticket, text: '' });
      await scene.verifier.check(id, code);
      return id;
    },
    async replace(id) {
      replaced += 1;
      const instead = { ...asking(`instead${replaced}@example.test`), instead: id };
      const started = await scene.verifier.start(instead);
      if (!started.ok) throw new Error(started.problem.code);
    },
    written: () => scene.verifier.tidied([]),
    settled: async () => {
      for (let n = 0; n < 20; n += 1) await new Promise(setImmediate);
      await scene.written();
      for (let n = 0; n < 20; n += 1) await new Promise(setImmediate);
    },
    restart: () => scene.whileClosed(() => undefined),
    async whileClosed(change) {
      await scene.verifier.close();
      const done = await change();
      await scene.reopen();
      return done;
    },
    async killAndReopen() {
      scene.file.close();
      await scene.reopen();
    },
    killAtCommit(nth) {
      const { file } = scene;
      const commit = file.commit.bind(file);
      let commits = 0;
      file.commit = () => {
        commits += 1;
        if (commits === nth) throw new Killed();
        commit();
      };
    },
    async reopen() {
      Object.assign(scene, await open());
    },
    async second() {
      // Opening takes the lock without letting anything else run.
      await scene.written();
      const { verifier } = await open();
      others.push(verifier);
      return verifier;
    },
    copy() {
      copies += 1;
      const side = join(folder, `copy-${copies}.db`);
      for (const suffix of SUFFIXES) {
        if (existsSync(path + suffix)) copyFileSync(path + suffix, side + suffix);
      }
      return () => {
        removeRecords(path);
        for (const suffix of SUFFIXES) {
          if (existsSync(side + suffix)) copyFileSync(side + suffix, path + suffix);
        }
      };
    },
    async end() {
      for (const other of others) await other.close();
      await scene.verifier.close().catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await scene.reopen();
  return scene;
}
