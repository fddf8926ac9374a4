/** @file Changes made behind the program's back, as with a database browser. */
import { existsSync, renameSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import type { Scene } from './scene.ts';
import type { FakeVault } from './vault.ts';

/** Runs SQL on the records' file, also while it is open elsewhere. */
export function editFile(path: string, sql: string): void {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  try {
    database.exec(`PRAGMA ignore_check_constraints = ON; ${sql}`);
  } finally {
    database.close();
  }
}

/** Leaves an index without any row, under the name and text of the right one: what is counted by it is too little. */
export function thinOut(path: string, index: string): void {
  const database = new DatabaseSync(path, { defensive: false });
  const text = String(database.prepare('SELECT sql FROM sqlite_schema WHERE name = ?').get(index)?.['sql']);
  database.exec(`DROP INDEX ${index}; ${text} AND 1 = 0; PRAGMA writable_schema = ON`);
  database.prepare('UPDATE sqlite_schema SET sql = ? WHERE name = ?').run(text, index);
  database.close();
}

/**
 * Puts another file where the records are, when the vault is read once they are open. Their log stays
 * behind, and what shares it is theirs alone.
 */
export function swapWhileOpening(vault: FakeVault, path: string, other: Uint8Array): void {
  const read = vault.read.bind(vault);
  vault.read = (item) => {
    if (!existsSync(`${path}-shm`)) return read(item);
    vault.read = read;
    for (const suffix of ['', '-shm']) renameSync(path + suffix, `${path}.open${suffix}`);
    writeFileSync(path, other);
    return read(item);
  };
}

/** {@link editFile} between two runs of the program. */
export async function editBetweenRuns(scene: Scene, sql: string): Promise<void> {
  await scene.verifier.close();
  editFile(scene.path, sql);
  await scene.reopen();
}

/** Waits until what the opening found out in the background is settled. */
export async function audited(scene: Scene): Promise<void> {
  await scene.written();
  for (let n = 0; n < 20; n += 1) await new Promise(setImmediate);
  await scene.written();
}
