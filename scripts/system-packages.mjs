/**
 * @file What the program and its tests need from the operating system, and its installation where that is ours to do:
 * on Debian and its kin, with the right to. It must never leave a mail service running on a person's machine.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Packages of Debian by what they are for, each with a file that tells it is there. */
export const SYSTEM_PACKAGES = {
  /** What the program itself links to. */
  program: { 'libsecret-1-0': null },
  /** What Electron's runtime links to; a desktop has it, a bare machine has not. */
  electron: {
    'libgtk-3-0': '/usr/lib/x86_64-linux-gnu/libgtk-3.so.0',
    libnss3: '/usr/lib/x86_64-linux-gnu/libnss3.so',
    libgbm1: '/usr/lib/x86_64-linux-gnu/libgbm.so.1',
    libasound2: '/usr/lib/x86_64-linux-gnu/libasound.so.2',
    'xdg-utils': '/usr/bin/xdg-open',
  },
  /** The stand-in's window. */
  standIn: { chromium: '/usr/bin/chromium' },
  /** A window where there is no screen. */
  screen: {
    xvfb: '/usr/bin/Xvfb',
    'fonts-noto-core': '/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf',
  },
  /** What makes and checks the Linux packages. */
  packing: {
    rpm: '/usr/bin/rpmbuild',
    'xz-utils': '/usr/bin/xz',
    lintian: '/usr/bin/lintian',
    appstream: '/usr/bin/appstreamcli',
    'desktop-file-utils': '/usr/bin/desktop-file-validate',
    debootstrap: '/usr/sbin/debootstrap',
  },
  /** The real servers and the real keychain of the tests. */
  peers: {
    // Electron's TLS, and what compiles a program over it.
    'android-libboringssl-dev': '/usr/include/android/openssl/is_boringssl.h',
    gcc: '/usr/bin/gcc',
    'libc6-dev': '/usr/include/stdio.h',
    'gnome-keyring': '/usr/bin/gnome-keyring-daemon',
    dbus: '/usr/bin/dbus-daemon',
    postfix: '/usr/sbin/postfix',
    'dovecot-core': '/usr/sbin/dovecot',
    'dovecot-imapd': '/usr/lib/dovecot/imap',
    'dovecot-lmtpd': '/usr/lib/dovecot/lmtp',
    spamassassin: '/usr/bin/spamassassin',
    /** Checks receipts without any code of ours. */
    'python3-jwcrypto': '/usr/lib/python3/dist-packages/jwcrypto/__init__.py',
    'fonts-noto-cjk': '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
  },
};

/**
 * Stands in for a package: Ubuntu's `chromium` is a snap, which no container can start; and younger releases of Debian
 * and Ubuntu know some libraries under another name (t64).
 * @type {Readonly<Record<string, readonly string[]>>}
 */
const INSTEAD = {
  chromium: ['/usr/bin/google-chrome', '/usr/bin/chromium-browser'],
  'libgtk-3-0': ['/usr/lib/x86_64-linux-gnu/libgtk-3.so.0', '/usr/lib/aarch64-linux-gnu/libgtk-3.so.0'],
  libasound2: ['/usr/lib/x86_64-linux-gnu/libasound.so.2', '/usr/lib/aarch64-linux-gnu/libasound.so.2'],
};

/** @typedef {keyof typeof SYSTEM_PACKAGES} PackageSet */

/**
 * The sets that a run needs: Chromium and a screen of our own only where Electron or a real screen is not there. The
 * tests use Chromium in any case, for the page without main.
 * @param {'electron' | 'stand-in'} runtime
 * @param {{ window: boolean, tests: boolean }} needs
 * @returns {PackageSet[]}
 */
export function setsFor(runtime, { window, tests }) {
  if (tests)
    return [
      'program',
      ...(runtime === 'electron' ? /** @type {const} */ (['electron']) : []),
      'standIn',
      'screen',
      'peers',
      'packing',
    ];
  return [
    'program',
    runtime === 'electron' ? 'electron' : 'standIn',
    ...(window ? /** @type {const} */ (['screen']) : []),
  ];
}

const POLICY = '/usr/sbin/policy-rc.d';

/** @param {string} name */
function isInstalled(name) {
  const asked = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', name], { encoding: 'utf8' });
  return asked.stdout === 'installed' || (INSTEAD[name] ?? []).some((path) => existsSync(path));
}

/**
 * How to run something as root without a question; null if that cannot be.
 * @returns {string[] | null}
 */
function asRoot() {
  if (process.getuid?.() === 0) return [];
  return spawnSync('sudo', ['-n', 'true'], { stdio: 'ignore' }).status === 0 ? ['sudo', '-n'] : null;
}

/**
 * @param {string[]} root
 * @param {string[]} command
 * @param {{ input?: string }} [options]
 */
function run(root, command, options = {}) {
  const [program = '', ...args] = [
    ...root,
    'env',
    'DEBIAN_FRONTEND=noninteractive',
    // Packages unpacked on Ubuntu would ask which services to restart.
    'NEEDRESTART_MODE=l',
    ...command,
  ];
  return spawnSync(program, args, { encoding: 'utf8', ...options });
}

/**
 * Runs it while a policy keeps every service from being started (Debian Policy 9.3.3.1). The shell takes that away again,
 * however this ends: Node does not get to it when it is interrupted.
 * @param {string} policy @param {string[]} command
 */
export const quietly = (policy, command) => [
  ...['sh', '-c'],
  `trap 'rm -f "$0"' EXIT; trap 'exit 130' INT TERM HUP; printf '#!/bin/sh\\nexit 101\\n' > "$0" && chmod 755 "$0" && "$@"`,
  ...[policy, ...command],
];

/**
 * @param {string[]} root
 * @param {string[]} names
 */
function install(root, names) {
  console.log(`Installing from the system's packages: ${names.join(' ')} …`);
  // The tests start their own, private Postfix. This one gets no configuration, and so never starts.
  if (names.includes('postfix'))
    run(root, ['debconf-set-selections'], {
      input: 'postfix postfix/main_mailer_type select No configuration\n',
    });
  const apt = ['apt-get', '-q', '-y', '-o', 'DPkg::Lock::Timeout=300'];
  run(root, [...apt, 'update']);
  const command = [...apt, 'install', '--no-install-recommends', ...names];
  // Nor is anything else started; a policy that is there already is not ours to change.
  const quiet = process.getuid?.() === 0 && !existsSync(POLICY);
  const installed = run(root, quiet ? quietly(POLICY, command) : command);
  if (installed.status !== 0) console.error(installed.stdout, installed.stderr);
  if (names.includes('dovecot-core') && existsSync('/run/systemd/system'))
    run(root, ['systemctl', 'disable', '--now', 'dovecot.service', 'dovecot.socket']);
}

/**
 * Installs what is missing of the named sets where it can, and answers what is missing still. Outside Linux nothing is
 * expected: the tests that need one of these are for Linux alone.
 * @param {readonly PackageSet[]} sets
 * @returns {string[]}
 */
export function ensureSystemPackages(sets) {
  if (process.platform !== 'linux') return [];
  const wanted = sets.flatMap((set) => Object.entries(SYSTEM_PACKAGES[set]));
  // Another Linux has other names for its packages; there the files tell.
  if (!existsSync('/usr/bin/apt-get'))
    return wanted.filter(([, file]) => file !== null && !existsSync(file)).map(([name]) => name);

  const missing = () => wanted.map(([name]) => name).filter((name) => !isInstalled(name));
  const before = missing();
  if (before.length === 0) return [];
  const root = asRoot();
  if (root === null) {
    console.log(`Missing, and only root may install it: sudo apt-get install ${before.join(' ')}`);
    return before;
  }
  install(root, before);
  return missing();
}
