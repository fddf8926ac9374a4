/** @file Changes made behind the program's back, as with a database browser. */
import { DatabaseSync } from 'node:sqlite';
import type { Scene } from './scene.ts';

/** Runs SQL on the records' file, also while it is open elsewhere. */
export function editFile(path: string, sql: string): void {
  const database = new DatabaseSync(path, { timeout: 5_000 });
  try {
    database.exec(`PRAGMA ignore_check_constraints = ON; ${sql}`);
  } finally {
    database.close();
  }
}

/** The same between two runs of the program. */
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
