/** @file Attacks on the records with a database browser, between two runs of the program: rows, schema, and old rows. */
import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import { defaultChoices } from '../../src/shared/choices.ts';
import { editFile } from '../fakes/edit.ts';
import { MINUTE } from '../fakes/time.ts';
import {
  type Attacker,
  guessMany,
  openMaria,
  randomCode,
  requestNumber,
  strategy,
  type Strategy,
} from './strategy.ts';

const { guesses: PER_VERIFICATION, addressGuesses: PER_ADDRESS } = defaultChoices('gmail');
const ROUNDS = 12;

/** Edits the closed file and opens it. What is planted keeps it shut: then it is taken out again. */
export async function editAndOpen({ scene }: Attacker, sql: string, undo?: string): Promise<void> {
  await scene.verifier.close();
  editFile(scene.path, sql);
  if (undo !== undefined) {
    const shut = await scene.reopen().then(
      () => false,
      () => true,
    );
    if (!shut) throw new Error(`the program opened records with this in them: ${sql}`);
    editFile(scene.path, undo);
  }
  await scene.reopen();
}

/** One verification, guessed at and edited again and again. */
const editing = (name: string, sql: string, undo?: string): Strategy =>
  strategy(name, PER_VERIFICATION, async (attacker, size) => {
    const id = await openMaria(attacker);
    for (let round = 0; round < ROUNDS; round += 1) {
      await guessMany(attacker, id, 3);
      await editAndOpen(attacker, sql, undo);
      await guessMany(attacker, id, size / ROUNDS);
    }
  });

/** One mailbox, with new verifications whenever they are given, and what was spent edited in between. */
const refunding = (name: string, sql: string): Strategy =>
  strategy(name, PER_ADDRESS, async (attacker, size) => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = await openMaria(attacker, requestNumber(round));
      await guessMany(attacker, id, size / ROUNDS);
      await editAndOpen(attacker, sql);
    }
  });

/** The row of a verification as it lies in the file, and the way to put it there again. */
function takeRow(path: string, id: string): () => void {
  const database = new DatabaseSync(path);
  const row = database.prepare('SELECT * FROM verifications WHERE id = ?').get(id) ?? {};
  database.close();
  return () => {
    const again = new DatabaseSync(path);
    const names = Object.keys(row);
    // Values come from the same table.
    const values = Object.values(row) as SQLInputValue[];
    const sql = `INSERT OR REPLACE INTO verifications (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`;
    again.prepare(sql).run(...values);
    again.close();
  };
}

const SWALLOW = 'CREATE TRIGGER planted BEFORE INSERT ON spends BEGIN SELECT raise(IGNORE); END';

export const RECORDS: readonly Strategy[] = [
  editing('rows: guesses given back', 'UPDATE verifications SET guesses_used = 0'),
  editing(
    'rows: more guesses, and open again',
    "UPDATE verifications SET state = 'open', ended_at = NULL, end_reason = NULL, guesses_used = 0",
  ),
  editing(
    'rows: copied to another id',
    `INSERT OR REPLACE INTO verifications SELECT '${'a'.repeat(32)}', state, end_reason, opened_at, expires_at, ended_at, code_length, guesses_allowed, 0, attempts, sends, last_sent_at, left_by, delivery_state, address_hash, reference_hash, tidied, sealed, outcome, seal FROM verifications LIMIT 1`,
  ),
  strategy('rows: edited into "verified"', [0, 0], async (attacker) => {
    const id = await openMaria(attacker);
    await editAndOpen(attacker, "UPDATE verifications SET state = 'verified', ended_at = opened_at + 1");
    const shown = attacker.scene.verifier.get(id)?.state === 'verified';
    const listed = attacker.scene.verifier.shift().some(({ state }) => state === 'verified');
    return { tried: 1, successes: Number(shown || listed) };
  }),
  refunding('rows: a spend deleted', "DELETE FROM spends WHERE kind = 'guess'"),
  refunding('rows: a spend that no longer counts', "UPDATE spends SET counts = 0 WHERE kind = 'guess'"),
  refunding('rows: spends of another day', 'UPDATE spends SET at = at - 100000000'),
  refunding(
    'rows: budget time moved on',
    'UPDATE meta SET budget = budget + 86400000, highest = highest + 86400000',
  ),
  strategy('rows: the freeze taken out', PER_VERIFICATION, async (attacker, size) => {
    const { scene } = attacker;
    const id = await openMaria(attacker);
    const putBack = scene.copy();
    await guessMany(attacker, id, PER_VERIFICATION);
    await scene.whileClosed(putBack);
    for (let round = 0; round < ROUNDS; round += 1) {
      await editAndOpen(attacker, 'UPDATE meta SET frozen_until = NULL, frozen_why = NULL');
      const next = (await attacker.open('maria@example.test', requestNumber(round))) ?? id;
      await guessMany(attacker, next, size / ROUNDS);
    }
  }),
  strategy('rows: one old row put back with its own seal', PER_VERIFICATION, async (attacker, size) => {
    const { scene } = attacker;
    const id = await openMaria(attacker);
    await scene.written();
    const putBack = takeRow(scene.path, id);
    for (let round = 0; round < ROUNDS; round += 1) {
      await guessMany(attacker, id, 2);
      await scene.whileClosed(putBack);
      await guessMany(attacker, id, size / ROUNDS);
    }
  }),
  strategy(
    'rows: hidden while they are open, with the spends deleted',
    PER_ADDRESS,
    async (attacker, size) => {
      const { scene } = attacker;
      const ids: string[] = [];
      for (let n = 0; n < PER_VERIFICATION; n += 1) ids.push(await openMaria(attacker, requestNumber(n)));
      for (let round = 0; round < ROUNDS; round += 1) {
        for (const id of ids) await guessMany(attacker, id, size / ROUNDS / ids.length);
        await scene.settled();
        editFile(
          scene.path,
          round % 2 === 0
            ? "DELETE FROM spends WHERE kind = 'guess'; UPDATE verifications SET state = 'cancelled', ended_at = opened_at"
            : "UPDATE verifications SET state = 'open', ended_at = NULL",
        );
      }
    },
  ),
  editing(
    'schema: a planted trigger that gives guesses back',
    'CREATE TRIGGER planted AFTER UPDATE ON verifications BEGIN UPDATE verifications SET guesses_used = 0; END',
    'DROP TRIGGER planted',
  ),
  editing('schema: a planted trigger that swallows spends', SWALLOW, 'DROP TRIGGER planted'),
  strategy('schema: the same, planted while the desk runs', PER_ADDRESS, async (attacker, size) => {
    let id = await openMaria(attacker);
    await guessMany(attacker, id, 2);
    editFile(attacker.scene.path, SWALLOW);
    for (let round = 0; round < ROUNDS; round += 1) {
      // Each fails, and not as an answer.
      for (let n = 0; n < size / ROUNDS; n += 1)
        await attacker.guess(id, randomCode()).catch(() => undefined);
      attacker.scene.clock.pass(MINUTE);
      id = await openMaria(attacker, requestNumber(round)).catch(() => id);
    }
  }),
  editing(
    'schema: a planted view, and an index that counts nothing',
    'CREATE VIEW planted AS SELECT * FROM spends; CREATE INDEX planted_too ON spends (at) WHERE counts = 2',
    'DROP VIEW planted; DROP INDEX planted_too',
  ),
];
