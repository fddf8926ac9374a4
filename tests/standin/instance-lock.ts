/**
 * @file One instance a profile, over a lock file that names its process. A second one leaves a note beside it,
 * which the first is watching for.
 */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  watch,
  writeFileSync,
  type FSWatcher,
} from 'node:fs';
import { join } from 'node:path';

export interface InstanceLock {
  /** True for the first instance. Otherwise the first one has been told. */
  readonly claim: () => boolean;
  readonly release: () => void;
}

/** `onSecond` gets the command line and folder of each later instance. */
export function instanceLock(
  userData: string,
  onSecond: (commandLine: string[], folder: string) => void,
): InstanceLock {
  const folder = join(userData, 'stand-in-lock');
  const lock = join(folder, 'first');
  let watcher: FSWatcher | null = null;

  const readNotes = (): void => {
    for (const name of readdirSync(folder)) {
      if (!name.startsWith('second-')) continue;
      const note = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { argv: string[]; cwd: string };
      rmSync(join(folder, name));
      onSecond(note.argv, note.cwd);
    }
  };
  const take = (): boolean => {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return true;
    } catch {
      return false;
    }
  };

  return {
    claim: () => {
      if (watcher !== null) return true;
      mkdirSync(folder, { recursive: true });
      if (!take()) {
        if (isAlive(Number(readFileSync(lock, 'utf8')))) {
          // Written whole under another name first: the watcher must not read half a note.
          const note = JSON.stringify({ argv: process.argv, cwd: process.cwd() });
          writeFileSync(join(folder, `draft-${process.pid}`), note);
          renameSync(join(folder, `draft-${process.pid}`), join(folder, `second-${process.pid}`));
          return false;
        }
        // Its process was killed and could not clean up.
        rmSync(lock, { force: true });
        if (!take()) return false;
      }
      watcher = watch(folder, readNotes);
      watcher.unref();
      return true;
    },
    release: () => {
      if (watcher === null) return;
      watcher.close();
      watcher = null;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
