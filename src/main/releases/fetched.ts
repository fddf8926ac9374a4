/**
 * @file Where a package lies between being fetched and being installed: a file of an unforeseeable name in a folder of the
 * program's own, which stays open, so that what is checked is what was fetched. Its bytes are checked whenever they are used.
 */
import { createHash, randomBytes } from 'node:crypto';
import { type FileHandle, lstat, mkdir, open, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Result } from '../../shared/result.ts';
import type { InstallProblem } from '../../shared/newer-version.ts';
import type { ReleasedPackage } from '../ports/releases.ts';

const OWNER_ONLY = { folder: 0o700, file: 0o600 };
const PIECE_BYTES = 2 ** 20;

/** A file of ours that is not in its place yet. */
export interface Draft {
  readonly path: string;
  readonly file: FileHandle;
}

export interface Fetched extends Draft {
  readonly wanted: ReleasedPackage;
}

/** What a fetched package takes the place of. */
export interface Place {
  /** What the name of its package ends in. */
  readonly ending: string;
  /**
   * Puts it there, once its bytes are checked again and `mayStill` says yes; throws what the file system throws. What was
   * there before stays until the new one is whole, and what was fetched is used up.
   */
  readonly put: (
    fetched: Fetched,
    mayStill: () => boolean,
  ) => Promise<Result<null, InstallProblem | 'called-off'>>;
  /** Removes what an earlier run left half done in the place itself. */
  readonly sweep: () => Promise<void>;
}

/** A name of ours that no one else can know before it is there. */
const draftName = (ending: string): string => `.countersign-newer-${randomBytes(6).toString('hex')}${ending}`;
const DRAFT_NAME = /^\.countersign-newer-[0-9a-f]{12}(?:\.\w+)?$/;

/** A new file of this kind in the folder, which is made if it is not there. */
export async function createDraft(folder: string, ending: string): Promise<Draft> {
  await mkdir(folder, { mode: OWNER_ONLY.folder }).catch((error: unknown) => {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  });
  // A link would lead to a folder of another's choice.
  if (!(await lstat(folder)).isDirectory()) throw new Error('the folder for newer versions is none');
  const path = join(folder, draftName(ending));
  // Exclusive: a file or a link that is there already is not written through.
  return { path, file: await open(path, 'wx+', OWNER_ONLY.file) };
}

export async function discard({ path, file }: Draft): Promise<void> {
  await file.close();
  await rm(path, { force: true });
}

/** Removes the files of ours in the folder that an earlier run has left, if they are that old. */
export async function removeDrafts(folder: string, leftMs = -Infinity): Promise<void> {
  const is = await lstat(folder).catch(() => null);
  if (is?.isDirectory() !== true) return;
  const drafts = (await readdir(folder, { withFileTypes: true })).filter(
    (entry) => entry.isFile() && DRAFT_NAME.test(entry.name),
  );
  for (const path of drafts.map(({ name }) => join(folder, name))) {
    const writtenAt = (await lstat(path).catch(() => null))?.mtimeMs ?? Infinity;
    if (Date.now() - writtenAt >= leftMs) await rm(path, { force: true });
  }
}

/** Gives every byte from the first on to `to`, and says at the end whether they are those of the package. */
export async function readChecked(
  file: FileHandle,
  { bytes, sha512 }: ReleasedPackage,
  to: (piece: Buffer) => Promise<unknown> = () => Promise.resolve(),
): Promise<boolean> {
  const digest = createHash('sha512');
  const buffer = Buffer.allocUnsafe(PIECE_BYTES);
  let at = 0;
  while (at <= bytes) {
    const { bytesRead } = await file.read(buffer, 0, buffer.length, at);
    if (bytesRead === 0) break;
    at += bytesRead;
    const piece = buffer.subarray(0, bytesRead);
    digest.update(piece);
    await to(piece);
  }
  return at === bytes && digest.digest('hex') === sha512;
}
