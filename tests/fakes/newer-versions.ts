/** @file A desk and a place that tells of newer versions, whose answers the test gives. */
import type { FeedProblem, Installer, NewestVersion, Releases } from '../../src/main/ports/releases.ts';
import type { DeskView } from '../../src/shared/desk-view.ts';
import type { InstallProblem, NewerVersions } from '../../src/shared/newer-version.ts';
import { ok, type Result } from '../../src/shared/result.ts';
import { openDesk, type DeskScene } from './desk-scene.ts';
import { PAGE } from './releases.ts';

interface Asked<T> {
  readonly signal: AbortSignal;
  readonly answer: (said: T) => Promise<void>;
}

/** What is asked of the world: each waits for the answer of the test. */
function asking<T>() {
  const asked: Asked<T>[] = [];
  const ask = (signal: AbortSignal): Promise<T> =>
    new Promise((resolve) => {
      asked.push({
        signal,
        answer: async (said) => {
          resolve(said);
          await new Promise(setImmediate);
        },
      });
    });
  return { asked, ask };
}

/** A place to ask at, whose answers the test gives; `installs`: to a program that can be replaced by itself. */
export function place(installs: boolean) {
  const questions = asking<Result<NewestVersion | null, FeedProblem>>();
  const downloads = asking<Result<null, InstallProblem>>();
  const fetched: string[] = [];
  /** What was installed, and whether that was still right at its end. */
  const installed: boolean[] = [];
  let dropped = 0;
  let forgotten = 0;
  const installer: Installer = {
    fetch: ({ version }, signal) => {
      fetched.push(version);
      return downloads.ask(signal);
    },
    install: (mayStill) => {
      installed.push(mayStill());
      return Promise.resolve();
    },
    drop: () => Promise.resolve(void (dropped += 1)),
    forget: () => void (forgotten += 1),
  };
  const releases: Releases = {
    host: 'countersign.example',
    from: 'countersign.example',
    page: PAGE,
    way: installs ? 'appimage' : 'package',
    installer: installs ? installer : null,
    newest: questions.ask,
  };
  const counts = { dropped: () => dropped, forgotten: () => forgotten };
  return { questions: questions.asked, downloads: downloads.asked, fetched, installed, counts, releases };
}

export async function atDesk({ installs = false } = {}) {
  const { releases, ...there } = place(installs);
  const scene = await openDesk({ releases });
  await scene.setUp();
  return { ...scene, ...there, scene };
}

export const choose = (scene: DeskScene, newerVersions: NewerVersions) =>
  scene.desk.handlers['settings.choose']({ newerVersions });
export const version = (number: string) => ok({ version: number, package: null });
export const told = (view: DeskView) => view.notices.filter(({ kind }) => kind === 'newer-version');
export const stage = ({ releases }: DeskView) => releases?.newer?.stage;
