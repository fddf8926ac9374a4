/** @file The person's session in the scratch Debian: a bus and an unlocked keyring, fresh with every one. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { HOME, USER, type Debian } from './debian.ts';

const RUNTIME = '/run/user/1000';

export interface Session {
  /** What the programs of the session find in their environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly end: () => Promise<void>;
}

export async function signIn(debian: Debian, display: string): Promise<Session> {
  debian.run('install', '-d', '-m', '700', '-o', USER, '-g', USER, RUNTIME);
  const env = {
    HOME,
    USER,
    DISPLAY: display,
    LC_ALL: 'C.UTF-8',
    PATH: '/usr/bin:/bin',
    XDG_RUNTIME_DIR: RUNTIME,
    DBUS_SESSION_BUS_ADDRESS: `unix:path=${RUNTIME}/bus`,
  };
  const start = (...command: string[]): ChildProcess => {
    const [program, ...args] = debian.asPerson(env, command);
    return spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'] });
  };
  const bus = start(
    'dbus-daemon',
    '--session',
    `--address=unix:path=${RUNTIME}/bus`,
    '--nofork',
    '--nopidfile',
  );
  while (!existsSync(join(debian.path, RUNTIME, 'bus'))) await sleep(20);
  const keyring = start('gnome-keyring-daemon', '--foreground', '--unlock', '--components=secrets');
  keyring.stdin?.end('the password of the desk');
  return {
    env,
    end: async () => {
      for (const process of [keyring, bus]) {
        const ended = once(process, 'exit');
        process.kill();
        await ended;
      }
    },
  };
}
