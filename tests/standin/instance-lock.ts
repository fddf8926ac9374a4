/**
 * @file One instance a profile, as Chromium's ProcessSingleton keeps it on Linux and macOS: a link that names computer and
 * process. As there, "no" is also the answer when the link cannot be made, or names another computer.
 */
import {
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
  type FSWatcher,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';

export interface InstanceLock {
  /** True for the first instance. Otherwise the first one has been told, if there is one on this computer. */
  readonly claim: () => boolean;
  readonly release: () => void;
}

/** `onSecond` gets the command line and folder of each later instance. */
export function instanceLock(
  userData: string,
  onSecond: (commandLine: string[], folder: string) => void,
): InstanceLock {
  const link = join(userData, 'SingletonLock');
  /** Where later instances of the process leave their notes: not in the profile, like Chromium's socket. */
  const notes = (pid: number): string => join(tmpdir(), `stand-in-${pid}`);
  let watcher: FSWatcher | null = null;

  const readNotes = (): void => {
    for (const name of readdirSync(notes(process.pid))) {
      if (!name.startsWith('second-')) continue;
      const path = join(notes(process.pid), name);
      const note = JSON.parse(readFileSync(path, 'utf8')) as { argv: string[]; cwd: string };
      rmSync(path);
      onSecond(note.argv, note.cwd);
    }
  };
  const leaveNote = (folder: string): void => {
    // Written whole under another name first: the watcher must not read half a note.
    const note = JSON.stringify({ argv: process.argv, cwd: process.cwd() });
    writeFileSync(join(folder, `draft-${process.pid}`), note);
    renameSync(join(folder, `draft-${process.pid}`), join(folder, `second-${process.pid}`));
  };
  const take = (): 'taken' | 'there' | 'error' => {
    try {
      mkdirSync(userData, { recursive: true });
      symlinkSync(`${hostname()}-${process.pid}`, link);
      return 'taken';
    } catch (error) {
      return error instanceof Error && 'code' in error && error.code === 'EEXIST' ? 'there' : 'error';
    }
  };

  return {
    claim: () => {
      if (watcher !== null) return true;
      let outcome = take();
      if (outcome === 'there') {
        const [, host, pid] = /^(.*)-(\d+)$/s.exec(readlinkSync(link)) ?? [];
        if (host !== hostname()) return false;
        if (isAlive(Number(pid))) {
          leaveNote(notes(Number(pid)));
          return false;
        }
        // Its process was killed and could not clean up.
        rmSync(link, { force: true });
        outcome = take();
      }
      if (outcome !== 'taken') return false;
      mkdirSync(notes(process.pid), { recursive: true });
      watcher = watch(notes(process.pid), readNotes);
      watcher.unref();
      return true;
    },
    release: () => {
      if (watcher === null) return;
      watcher.close();
      watcher = null;
      rmSync(notes(process.pid), { recursive: true, force: true });
      rmSync(link, { force: true });
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
