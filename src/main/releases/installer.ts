/**
 * @file Fetches a newer version and puts it in this one's place when the program ends. Whatever fails leaves the installed program
 * as it is; what an installation came to is written down for the next start, because this one ends with it.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { INSTALL_PROBLEMS, type InstallProblem } from '../../shared/newer-version.ts';
import { fail } from '../../shared/result.ts';
import type { Installer, ReleasedPackage } from '../ports/releases.ts';
import { codeOf, troubleOf } from '../system/file-trouble.ts';
import { download } from './download.ts';
import { createDraft, discard, type Draft, type Fetched, type Place, removeDrafts } from './fetched.ts';

export interface InstallerNeeds {
  readonly place: Place;
  /** For what is fetched; its parent is there. */
  readonly folder: string;
  /** Where the file of this name is, of this version. */
  readonly urlOf: (version: string, file: string) => URL;
  readonly log: (event: string) => void;
}

/** What the disk said, for a person. */
const problemOf = (error: unknown): InstallProblem =>
  troubleOf(codeOf(error)) === 'full' ? 'disk-full' : 'no-access';

export function createInstaller({ place, folder, urlOf, log }: InstallerNeeds): Installer {
  const note = noteIn(join(folder, 'last'));
  let held: (Fetched & { readonly version: string }) | null = null;
  let swept: Promise<void> = Promise.resolve();

  /** `code`: the system's name of an error, where there was one. */
  const refused = (problem: InstallProblem, code = '') => {
    log(`newer version: ${problem} ${code}`.trimEnd());
    return fail(problem);
  };

  /** What does not go lies under a name of ours until the next time. */
  const drop = (): Promise<void> => {
    const dropped = held;
    held = null;
    swept = swept
      .then(async () => {
        await dropped?.file.close();
        await removeDrafts(folder);
        await place.sweep();
      })
      .catch((error: unknown) => void refused('no-access', codeOf(error)));
    return swept;
  };

  async function fetchInto(draft: Draft, version: string, wanted: ReleasedPackage, signal: AbortSignal) {
    const got = await download(urlOf(version, wanted.file), wanted, draft.file, signal);
    // Called off: that is nothing to tell.
    if (signal.aborted) return fail<InstallProblem>('unreachable');
    if (!got.ok) return refused(got.problem);
    held = { ...draft, wanted, version };
    log(`newer version: fetched ${version}`);
    return got;
  }

  return {
    fetch: async ({ version, package: wanted }, signal) => {
      await drop();
      if (wanted === null) return refused('no-package');
      const last = note.read();
      if (last?.version === version) {
        // A disk does not stay full: that is said once, and tried again the next time.
        if (last.why === 'disk-full') note.forget();
        return fail(last.why);
      }
      try {
        const draft = await createDraft(folder, place.ending);
        try {
          return await fetchInto(draft, version, wanted, signal);
        } finally {
          if (held?.path !== draft.path) await discard(draft);
        }
      } catch (error) {
        return refused(problemOf(error), codeOf(error));
      }
    },
    install: async (mayStill) => {
      if (held === null) return;
      const { version, ...taken } = held;
      held = null;
      log(`newer version: installing ${version}`);
      note.write(version, 'unfinished');
      let code = '';
      const put = await place.put(taken, mayStill).catch((error: unknown) => {
        code = codeOf(error);
        return fail(problemOf(error));
      });
      // The newer version's own first question finds that it is the newest, and forgets the note.
      if (put.ok) return;
      if (put.problem === 'called-off') {
        log('newer version: called off');
        note.forget();
      } else note.write(version, refused(put.problem, code).problem);
    },
    drop,
    forget: note.forget,
  };
}

/** What became of the last installation: the version and why it is not the one that runs. Lost, it is tried again. */
function noteIn(path: string) {
  const forget = (): void => {
    try {
      rmSync(path, { force: true });
    } catch {
      // It may be tried again then, or not: neither is worth an error where the owner chooses.
    }
  };
  return {
    read: (): { readonly version: string; readonly why: InstallProblem } | null => {
      const text = readText(path);
      const [version = '', word] = text.trimEnd().split(' ');
      const why = INSTALL_PROBLEMS.find((problem) => problem === word);
      return why === undefined ? null : { version, why };
    },
    write: (version: string, why: InstallProblem): void => {
      forget();
      try {
        writeFileSync(path, `${version} ${why}\n`, { mode: 0o600, flag: 'wx' });
      } catch {
        // A full disk is the likeliest reason for all of it.
      }
    },
    forget,
  };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
