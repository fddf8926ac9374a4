/**
 * @file A scratch Debian, in which packages are installed as on a person's computer: made with debootstrap once, kept
 * between runs, and looked at through an overlay that is thrown away. It needs root, and nothing of the machine is touched.
 */
import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';

const SUITE = 'bookworm';
const MIRROR = 'http://deb.debian.org/debian';
/** The person at the desk. */
export const USER = 'desk';
export const HOME = `/home/${USER}`;
/** What a desktop has before our package comes: a session bus, a keyring, fonts; and what the stand-in's window is. */
export const DESKTOP = [
  'chromium',
  'dbus',
  'fonts-dejavu-core',
  'gnome-keyring',
  'libsecret-1-0',
  'xdg-utils',
];
const BASE = join(homedir(), '.cache', 'countersign', `debian-${SUITE}`);
const STAMP = join(BASE, 'var', 'countersign-base');

export interface Debian {
  /** Its root as this machine sees it. */
  readonly path: string;
  /** Runs something as root in it; throws with all that was said when it fails. */
  readonly run: (...command: string[]) => string;
  /** The command that runs something in it as the person, with this environment and no other. */
  readonly asPerson: (
    env: Readonly<Record<string, string>>,
    command: readonly string[],
  ) => readonly [string, ...string[]];
  readonly close: () => Promise<void>;
}

const say = (program: string, args: readonly string[]): void =>
  void execFileSync(program, args, { stdio: 'pipe' });

/** Makes the base where it is not there yet, or not what it should be. */
function ensureBase(): void {
  const wanted = DESKTOP.join(' ');
  if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
  console.log('Making a scratch Debian (some minutes, once) …');
  rmSync(BASE, { recursive: true, force: true });
  mkdirSync(BASE, { recursive: true });
  say('debootstrap', ['--variant=minbase', SUITE, BASE, MIRROR]);
  const inside = (...command: string[]) =>
    say('chroot', [BASE, 'env', 'DEBIAN_FRONTEND=noninteractive', ...command]);
  inside('apt-get', '-q', '-y', 'install', '--no-install-recommends', ...DESKTOP);
  inside('apt-get', 'clean');
  inside('useradd', '--create-home', '--shell', '/bin/sh', USER);
  writeFileSync(join(BASE, 'etc', 'hosts'), '127.0.0.1 localhost\n');
  writeFileSync(STAMP, wanted);
}

/** A mount namespace whose root this is. In a mere chroot the kernel gives no user namespaces, and Chromium no sandbox. */
async function enterRoot(path: string): Promise<ChildProcess> {
  const init = spawn(
    'unshare',
    [
      ...['--mount', '--propagation', 'private', 'sh', '-c'],
      `mount --rbind "$0" "$0" && cd "$0" && mkdir -p .outside && pivot_root . .outside && umount -l /.outside && echo in && exec sleep infinity`,
      path,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const told = await Promise.race([once(init.stdout, 'data'), once(init, 'exit')]);
  if (String(told) !== 'in\n') throw new Error('the scratch Debian cannot be entered');
  return init;
}

export async function openDebian(): Promise<Debian> {
  ensureBase();
  const scratch = mkdtempSync(join(tmpdir(), 'countersign-debian-'));
  const [upper, work, path] = ['upper', 'work', 'root'].map((name) => {
    mkdirSync(join(scratch, name));
    return join(scratch, name);
  }) as [string, string, string];
  const mounts: string[] = [];
  const mount = (...args: string[]): void => {
    say('mount', args);
    mounts.unshift(args.at(-1) ?? '');
  };
  const dismantle = (): void => {
    // It throws: below what is still mounted are this machine's own devices, which must not be removed.
    for (const at of mounts) say('umount', ['--recursive', '--lazy', at]);
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  };
  let init: ChildProcess;
  try {
    mount('-t', 'overlay', 'overlay', '-o', `lowerdir=${BASE},upperdir=${upper},workdir=${work}`, path);
    for (const folder of ['proc', 'sys', 'dev'])
      mount('--rbind', '--make-rslave', `/${folder}`, join(path, folder));
    init = await enterRoot(path);
  } catch (error) {
    dismantle();
    throw error;
  }
  const enter = ['nsenter', '--target', String(init.pid), '--mount', '--wd=/', '--'] as const;

  return {
    path,
    run: (...command) => {
      const env = [
        'env',
        '-i',
        'PATH=/usr/sbin:/usr/bin:/sbin:/bin',
        'DEBIAN_FRONTEND=noninteractive',
        'LC_ALL=C.UTF-8',
      ];
      const [program, ...args] = [...enter, ...env, ...command];
      const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 26 });
      if (done.status !== 0) throw new Error(`${command.join(' ')}:\n${done.stdout}${done.stderr}`);
      return done.stdout;
    },
    asPerson: (env, command) => [
      ...enter,
      ...[
        'setpriv',
        `--reuid=${USER}`,
        `--regid=${USER}`,
        '--init-groups',
        '--inh-caps=-all',
        'env',
        '-i',
        '-C',
        HOME,
      ],
      ...Object.entries(env).map(([name, value]) => `${name}=${value}`),
      ...command,
    ],
    close: async () => {
      const ended = once(init, 'exit');
      init.kill('SIGKILL');
      await ended;
      dismantle();
    },
  };
}
