/**
 * @file Writes a file that only its owner can read, whole or not at all. On Windows the folder's own rights decide, since
 * files have no mode there.
 */
import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import type { Files } from '../ports/files.ts';
import { codeOf, troubleOf } from './file-trouble.ts';

const OWNER_ONLY = 0o600;

export const writePrivately: Files['write'] = async (path, pieces, signal) => {
  // Beside its place, so that taking that place is one step of the file system.
  const draft = join(dirname(path), `.countersign-${randomBytes(6).toString('hex')}.part`);
  try {
    const file = await open(draft, 'wx', OWNER_ONLY);
    try {
      for await (const piece of pieces) {
        if (signal.aborted) return fail('called-off');
        await file.writeFile(piece);
      }
      await file.sync();
    } finally {
      await file.close();
    }
    if (signal.aborted) return fail('called-off');
    await rename(draft, path);
    return ok(null);
  } catch (error) {
    return fail(troubleOf(codeOf(error)));
  } finally {
    await rm(draft, { force: true }).catch(() => undefined);
  }
};
