/**
 * @file A private Secret Service: gnome-keyring under a D-Bus of its own, in a home of its own, as a person's desktop
 * has one. It must never reach the keyring or the bus of the person who runs the tests, and ends by process id.
 */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { end, hasEnded } from './child.ts';

const run = promisify(execFile);

const SERVICE = 'org.freedesktop.secrets';
const LOGIN_COLLECTION = '/org/freedesktop/secrets/collection/login';
/** What unlocks the login keyring, as a person's login password would. */
export const KEYRING_PASSWORD = 'the keyring of a test';

export interface SecretServicePeer {
  /** What a program needs in its environment to find this service and no other. */
  readonly env: Readonly<Record<string, string>>;
  /** The fresh home folder: nothing of a secret may be readable in it. */
  readonly home: string;
  /** Locks the login collection, as a desktop does when its session is locked. */
  lock(): Promise<void>;
  /** Unlocks it again with the password, as signing in does. */
  unlock(): Promise<void>;
  /** Stops answering without going away: a hung service, or a prompt that is not answered. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/**
 * A bus with no service files: nothing is started behind a test's back, so a keyring that is not there stays
 * missing, and no prompter waits for a person.
 */
const busConfiguration = (
  socket: string,
) => `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path=${socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow receive_sender="*"/>
    <allow own="*"/>
  </policy>
</busconfig>
`;

export interface PrivateBus {
  readonly env: Readonly<Record<string, string>>;
  readonly home: string;
  stop(): Promise<void>;
}

/** A D-Bus session without any keyring on it: what a bare window manager or a server has. */
export async function startPrivateBus(): Promise<PrivateBus> {
  // /tmp and a short name: a socket's path may have 107 bytes (unix(7)).
  const home = await mkdtemp(join(tmpdir(), 'bus-'));
  const runtime = join(home, 'run');
  await mkdir(runtime);
  await chmod(runtime, 0o700);
  const configuration = join(runtime, 'bus.conf');
  await writeFile(configuration, busConfiguration(join(runtime, 'bus')));
  const daemon = spawn(
    'dbus-daemon',
    [`--config-file=${configuration}`, '--nofork', '--nopidfile', '--print-address=1'],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const [address] = (await once(daemon.stdout, 'data')) as [Buffer];
  return {
    home,
    env: {
      HOME: home,
      XDG_RUNTIME_DIR: runtime,
      XDG_DATA_HOME: join(home, 'data'),
      DBUS_SESSION_BUS_ADDRESS: address.toString().trim(),
    },
    async stop() {
      await end(daemon);
      await rm(home, { recursive: true, force: true });
    },
  };
}

/** What PAM sends the running daemon at sign-in: gnome-keyring's pam/gkr-pam-client.c, daemon/control/. */
async function unlockOverControlSocket(path: string): Promise<void> {
  const UNLOCK = 1;
  const password = Buffer.from(KEYRING_PASSWORD);
  const packet = Buffer.alloc(12 + password.length);
  packet.writeUInt32BE(packet.length, 0);
  packet.writeUInt32BE(UNLOCK, 4);
  packet.writeUInt32BE(password.length, 8);
  password.copy(packet, 12);
  const socket = connect(path);
  await once(socket, 'connect');
  // One byte by itself first: the daemon reads its caller's credentials from it.
  socket.write(Buffer.alloc(1));
  socket.write(packet);
  const [answer] = (await once(socket, 'data')) as [Buffer];
  socket.destroy();
  if (answer.readUInt32BE(4) !== 0) throw new Error('gnome-keyring refused to unlock its login collection');
}

/** Starts the whole service, its login collection unlocked and the default one. */
export async function startSecretService(): Promise<SecretServicePeer> {
  const bus = await startPrivateBus();
  const env = { PATH: process.env['PATH'] ?? '', ...bus.env };
  const daemon = spawn(
    'gnome-keyring-daemon',
    ['--foreground', '--unlock', '--components=secrets', `--control-directory=${join(bus.home, 'run')}`],
    { env, stdio: ['pipe', 'ignore', 'ignore'] },
  );
  daemon.stdin.end(KEYRING_PASSWORD);
  const ask = (...args: string[]) => run('dbus-send', ['--session', '--print-reply', ...args], { env });

  // It says it is ready a moment before it owns its name on the bus, so the name is what to wait for.
  const named = [
    '--dest=org.freedesktop.DBus',
    '/',
    'org.freedesktop.DBus.NameHasOwner',
    `string:${SERVICE}`,
  ];
  while (!(await ask(...named)).stdout.includes('boolean true')) {
    if (hasEnded(daemon)) throw new Error('gnome-keyring-daemon ended before it was ready');
    await sleep(20);
  }

  return {
    env: bus.env,
    home: bus.home,
    async lock() {
      await ask(
        `--dest=${SERVICE}`,
        '/org/freedesktop/secrets',
        'org.freedesktop.Secret.Service.Lock',
        `array:objpath:${LOGIN_COLLECTION}`,
      );
    },
    unlock: () => unlockOverControlSocket(join(bus.home, 'run', 'control')),
    freeze() {
      daemon.kill('SIGSTOP');
    },
    thaw() {
      daemon.kill('SIGCONT');
    },
    async stop() {
      await end(daemon);
      await bus.stop();
    },
  };
}
