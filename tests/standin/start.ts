/**
 * @file What the stand-in was started with: the program's folder and Electron's own command-line switches. It
 * must know nothing of the program but its package.json.
 */
import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { mountArchive } from './asar.ts';

/** Chromium's command line: a bare switch has the value "". */
export const switches = new Map(
  process.argv
    .filter((arg) => arg.startsWith('--'))
    .map((arg) => /^--([^=]+)=?(.*)$/s.exec(arg))
    .map((found) => [found?.[1] ?? '', found?.[2] ?? ''] as const),
);

/** A packed program is read from its archive (asar.ts); one from source lies around us. */
const packed = switches.get('packed');
const archive = packed === undefined ? null : mountArchive(resolve(packed));
const root = archive?.path ?? resolve(import.meta.dirname, '../..');
const read = archive?.read ?? ((name: string) => readFileSync(join(root, name)));
const described = JSON.parse(read('package.json').toString()) as {
  readonly name: string;
  readonly productName?: string;
  readonly version: string;
  readonly main: string;
};

/** Where each system keeps what programs remember. */
function appData(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support');
  if (process.platform === 'win32') return process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming');
  return process.env['XDG_CONFIG_HOME'] ?? join(homedir(), '.config');
}

const name = described.productName ?? described.name;
export const start = {
  root,
  packaged: archive !== null,
  name,
  version: described.version,
  appData: appData(),
  /** Electron honours Chromium's own switch. */
  userData: resolve(switches.get('user-data-dir') ?? join(appData(), name)),
  /** What to run instead of the built program: the stand-in's own test has one. */
  program: resolve(root, switches.get('program') ?? described.main),
  /** The language of the program and its page; the system's, if none is named. */
  language: switches.get('lang') ?? Intl.DateTimeFormat().resolvedOptions().locale,
  /** Scripts to load before the program, each after a `--require`, as Electron's default app takes them. */
  required: process.argv.filter((_arg, at) => process.argv[at - 1] === '--require'),
} as const;
