/**
 * @file The installed journey: `node tests/installed/journey.ts DIST`. The deb is installed in a scratch Debian, started
 * from its menu entry, used, upgraded, put back, removed and purged, as an owner would over the years; each step prints a
 * line, and the first that does not hold ends it with a failure.
 */
import { createHash } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { openDisplay } from '../../scripts/display.mjs';
import { buildEarlier } from '../../scripts/packaging/earlier.mjs';
import { clerkAt, codeOfMail } from '../e2e/clerk.ts';
import { launch, type Launched } from '../e2e/launch/launch.ts';
import type { Runtime } from '../e2e/launch/runtime.ts';
import { setUpEarlier } from '../e2e/server-form.ts';
import { startMailPeers } from '../integration/peers/postfix.ts';
import { HOME, openDebian } from './debian.ts';
import { signIn } from './desktop.ts';

const dist = resolve(process.argv[2] ?? 'dist');
const began = performance.now();
const work = mkdtempSync(join(tmpdir(), 'countersign-journey-'));
const step = (what: string): void =>
  console.log(`${((performance.now() - began) / 1000).toFixed(0).padStart(4)} s  ${what}`);

function holds(claim: boolean, what: string): asserts claim {
  if (!claim) throw new Error(`it does not hold that ${what}`);
  step(what);
}

const debName = readdirSync(dist).find((name) => name.endsWith('.deb'));
if (debName === undefined) throw new Error(`there is no deb in ${dist}`);
const packageName = debName.split(/[-_]\d/)[0] ?? '';

/** What the kernel says of a process that may make only the calls on a list (proc_pid_status(5)). */
const SECCOMP_FILTER = 2;

/** The `Seccomp` of the desk's own page: every process of the scratch Debian's person is one of this machine, too. */
function pageSeccomp(): number | null {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const about = (name: string): string => {
      try {
        return readFileSync(join('/proc', pid, name), 'utf8');
      } catch {
        // It has ended meanwhile.
        return '';
      }
    };
    if (!about('cmdline').includes('--type=renderer') || !/^Uid:\s+1000\b/m.test(about('status'))) continue;
    return Number(/^Seccomp:\s+(\d)/m.exec(about('status'))?.[1] ?? null);
  }
  return null;
}

/** What ends what was begun, the last first. */
const ends: (() => Promise<unknown>)[] = [];
try {
  const debian = await openDebian();
  ends.unshift(debian.close);
  const display = await openDisplay();
  ends.unshift(() => display.stop());
  const peers = await startMailPeers();
  ends.unshift(() => peers.stop());
  const inDebian = (path: string) => join(debian.path, path);
  const install = (deb: string): string => {
    copyFileSync(deb, inDebian(`/tmp/${basename(deb)}`));
    return debian.run('apt-get', '-q', '-y', 'install', '--no-install-recommends', `/tmp/${basename(deb)}`);
  };
  const version = () => debian.run('dpkg-query', '-W', '-f', '${Version}', packageName);
  step('a scratch Debian');

  const earlier = buildEarlier(mkdtempSync(join(work, 'earlier-')), { preview: debName.includes('preview') });
  step('an earlier version is packed');
  debian.run('apt-get', '-q', 'update');
  install(earlier);
  holds(version() === '0.0.9', 'the earlier version installs with its dependencies');

  const session = await signIn(debian, display.env['DISPLAY'] ?? '');
  ends.unshift(session.end);
  copyFileSync(peers.ca, inDebian('/tmp/authority.pem'));
  debian.run('chmod', '644', '/tmp/authority.pem');
  const env = { ...session.env, NODE_EXTRA_CA_CERTS: '/tmp/authority.pem' };
  const entryName = `/usr/share/applications/${packageName}.desktop`;
  /** The command of the menu entry, its one quoted word and its place for addresses. */
  const entry = () => {
    const found = /^Exec=(?:"([^"]+)"|(\S+)) %U$/m.exec(readFileSync(inDebian(entryName), 'utf8'));
    return found?.[1] ?? found?.[2] ?? '';
  };
  const installed: Runtime = {
    name: 'packaged',
    command: (switches) =>
      debian.asPerson(env, [
        entry(),
        // Its own profile, and Chromium's sandbox: what a person has.
        ...switches.filter((name) => !/^--(user-data-dir|no-sandbox)/.test(name)),
      ]),
    title: (page) => page.title(),
  };
  const open = (): Promise<Launched> =>
    launch({ profileDir: join(work, 'unused'), env: process.env, switches: ['--lang=en'], on: installed });

  const first = await open();
  // Main's title comes a moment after the page's own.
  while ((await first.title()).includes('preview') !== debName.includes('preview')) await sleep(100);
  step('the menu entry opens the window, whose title says what it is');
  holds(pageSeccomp() === SECCOMP_FILTER, "the page's process is in Chromium's sandbox");
  let clerk = clerkAt(first.page);
  await clerk.startPractice();
  await clerk.sendTo('mia.keller@example.com');
  await clerk.code.waitFor();
  await clerk.typeCode(await clerk.practiceCode());
  await clerk.heading.filter({ hasText: /^Verified$/ }).waitFor();
  step('a code is verified in practice');
  await first.page.getByRole('button', { name: 'Leave practice' }).click();
  await setUpEarlier(first.page, peers);
  const kept = await first.page.evaluate(async () => {
    const answer = await window.countersign.desk.view();
    return answer.ok ? answer.value.account?.secret : null;
  });
  holds(kept === 'keychain', 'an account is set up, its password in the keyring');
  await clerk.sendTo('sam@example.test');
  await first.page.getByText(/^Handed to/).waitFor();
  while ((await peers.mailOf('sam@example.test')).length === 0) await sleep(50);
  const [mail = ''] = await peers.mailOf('sam@example.test');
  const code = codeOfMail(mail);
  await first.close();
  step('a verification is open when the program is closed');

  install(join(dist, debName));
  holds(version() !== '0.0.9', 'the new version installs over it');
  const second = await open();
  clerk = clerkAt(second.page);
  await clerk.row('sam@example.test').click();
  await clerk.typeCode(code);
  await clerk.heading.filter({ hasText: /^Verified$/ }).waitFor();
  await second.close();
  step('the verification that was open is verified after the upgrade');

  const config = inDebian(join(HOME, '.config'));
  const profile = join(config, readdirSync(config).find((name) => name.startsWith('Countersign')) ?? '');
  for (const name of ['settings.db', 'verifications.db']) {
    const database = new DatabaseSync(join(profile, name));
    const now = Number(Object.values(database.prepare('PRAGMA user_version').get() ?? {})[0]);
    database.exec(`PRAGMA user_version = ${now + 1}`);
    database.close();
  }
  const digest = () =>
    ['settings.db', 'verifications.db']
      .map((name) =>
        createHash('sha256')
          .update(readFileSync(join(profile, name)))
          .digest('hex'),
      )
      .join();
  const before = digest();
  const [program, ...args] = installed.command([], []);
  const refused = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  refused.stderr.setEncoding('utf8').on('data', (chunk: string) => (said += chunk));
  const [exit] = (await once(refused, 'exit')) as [number | null];
  holds(
    exit === 1 && said.includes('newer version'),
    'a profile of a newer version is refused, and told for what it is',
  );
  holds(digest() === before, 'and is left as it was');

  debian.run('apt-get', '-q', '-y', 'remove', packageName);
  debian.run('apt-get', '-q', '-y', 'purge', packageName);
  const left = debian
    .run(
      'sh',
      '-c',
      `find / -xdev -iname '*countersign*' -not -path '/proc/*' -not -path '/tmp/*' -not -path '/var/log/*' -not -path '/var/countersign-base' 2>/dev/null || true`,
    )
    .split('\n')
    .filter((path) => path !== '' && !path.startsWith(HOME));
  holds(
    left.length === 0,
    `nothing of it is left outside of the person's folder${left.length === 0 ? '' : `: ${left.join(', ')}`}`,
  );
  holds(existsSync(join(profile, 'verifications.db')), "the person's records stay, as the README says");
  console.log('installed journey: true');
} finally {
  for (const end of ends) await end();
  rmSync(work, { recursive: true, force: true, maxRetries: 5 });
}
