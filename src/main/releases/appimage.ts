/**
 * @file Puts a newer AppImage in the place of the one that runs: written beside it, whole on the disk, then renamed over it. A
 * program that runs from the old file goes on; until the rename nothing has changed, and there is no moment without a program.
 */
import { constants, accessSync, lstatSync, type Stats } from 'node:fs';
import { type FileHandle, lstat, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fail, ok } from '../../shared/result.ts';
import { createDraft, discard, type Place, readChecked, removeDrafts } from './fetched.ts';

/** What may run it; no more than that is kept of a mode. */
const PERMISSIONS = 0o777;
/** What another profile's program may be copying into the folder just now is younger. */
const LEFT_MS = 60_000;

const isSame = (one: Stats, other: Stats): boolean =>
  (['dev', 'ino', 'size', 'mtimeMs'] as const).every((field) => one[field] === other[field]);

/** Null when the file at `image` is none of this user's, or its folder may not be written to. */
export function appImagePlace(image: string): Place | null {
  const folder = dirname(image);
  let started: Stats;
  try {
    started = lstatSync(image);
    accessSync(folder, constants.W_OK);
  } catch {
    return null;
  }
  if (!started.isFile() || started.uid !== process.getuid?.()) return null;
  return {
    ending: '.AppImage',
    put: async (fetched, mayStill) => {
      try {
        const draft = await createDraft(folder, '');
        try {
          const whole = await readChecked(fetched.file, fetched.wanted, (piece) =>
            draft.file.writeFile(piece),
          );
          if (!whole) return fail('other-bytes');
          await giveRights(draft.file, await lstat(image));
          await draft.file.sync();
          // What is renamed is what was written, and what it replaces is what was started: a person may have put another one
          // there meanwhile, a newer one, even.
          if (
            !isSame(await draft.file.stat(), await lstat(draft.path)) ||
            !isSame(started, await lstat(image))
          )
            return fail('no-access');
          if (!mayStill()) return fail('called-off');
          await rename(draft.path, image);
          // From here on nothing fails: it is there.
          await syncFolder(folder).catch(() => undefined);
          return ok(null);
        } finally {
          await discard(draft);
        }
      } finally {
        await discard(fetched);
      }
    },
    sweep: () => removeDrafts(folder, LEFT_MS),
  };
}

/** As the person has them by now. Without the group, those of another one could do what its members may. */
async function giveRights(file: FileHandle, { uid, gid, mode }: Stats): Promise<void> {
  if ((await file.stat()).gid !== gid) await file.chown(uid, gid);
  await file.chmod(mode & PERMISSIONS);
}

/** So that the new name outlasts a power cut; throws where the file system cannot promise that. */
async function syncFolder(folder: string): Promise<void> {
  const opened = await open(folder, 'r');
  await opened.sync().finally(() => opened.close());
}
