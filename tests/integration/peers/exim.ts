/**
 * @file A second kind of mail server beside Postfix: an Exim that takes submissions over TLS with sign-in, knows its own
 * mailboxes, and sends reports about what it took and could not deliver. Debian's mail servers exclude each other, so that
 * its package is unpacked into a folder of its own and not installed; it runs without any right to become another user.
 */
import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { makeCertificate } from './certificate.ts';
import { end, hasEnded } from './child.ts';
import { freePorts } from './free-ports.ts';
import { untilListening } from './listening.ts';

const run = promisify(execFile);

export interface Exim {
  readonly host: string;
  readonly submissionPort: number;
  readonly submissionsPort: number;
  /** Path of the authority's certificate. */
  readonly ca: string;
  readonly address: string;
  readonly password: string;
  /** The raw messages in an address's mailbox, oldest first. */
  mailOf(address: string): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Refused at RCPT, in Exim's own words: "550 Unknown user", without an enhanced status. */
export const UNKNOWN = 'unknown@example.test';
/** Refused at RCPT for now, as greylisting does. */
export const LATER = 'later@example.test';
/** Taken, and then returned: the mailbox is not there after all. */
export const FAILED = 'failed@example.test';
/** Taken, and refused by the server that it is passed on to. */
export const PASSED_ON = 'passed-on@example.test';
/** Taken, and then returned: its owner has it passed on to an address that is not there. */
export const FORWARDED = 'forwarded@example.test';

const ADDRESS = 'desk@example.test';
const PASSWORD = 'qwhe rkzl mvta ypno';
/** Debian's "mail", as which it runs whole. */
const MAIL_USER = { uid: 8, gid: 8 };
const PACKAGES = ['exim4-daemon-light', 'libidn12', 'libnss-wrapper'];
const UNPACKED = fileURLToPath(new URL('../../../out/peers/exim/', import.meta.url));

/** What this machine lacks to run it, in words; null when nothing. */
export function eximLack(): string | null {
  if (process.getuid?.() !== 0) return 'Exim is started as root, to become another user';
  if (existsSync(UNPACKED) || existsSync('/usr/bin/apt-get')) return null;
  return 'Exim is unpacked from a package of Debian';
}

/** Fetched once; two that do it at the same time end with one of the two. */
async function unpacked(): Promise<string> {
  if (existsSync(UNPACKED)) return UNPACKED;
  const folder = await mkdtemp(join(tmpdir(), 'exim-packages-'));
  try {
    const fetched = await run('apt-get', ['download', ...PACKAGES], { cwd: folder }).catch(async () => {
      await run('apt-get', ['-q', 'update']);
      return run('apt-get', ['download', ...PACKAGES], { cwd: folder });
    });
    const archives = (await readdir(folder)).filter((name) => name.endsWith('.deb'));
    if (archives.length !== PACKAGES.length) throw new Error(`not all packages came: ${fetched.stdout}`);
    const root = join(folder, 'root');
    for (const archive of archives) await run('dpkg-deb', ['-x', join(folder, archive), root]);
    // It becomes nobody else, and a program that may is not given another library by its environment.
    await chmod(join(root, 'usr/sbin/exim4'), 0o755);
    await mkdir(join(UNPACKED, '..'), { recursive: true });
    await run('cp', ['-a', root, `${UNPACKED.slice(0, -1)}.${process.pid}`]);
    await rename(`${UNPACKED.slice(0, -1)}.${process.pid}`, UNPACKED.slice(0, -1)).catch((error: unknown) => {
      if (!existsSync(UNPACKED)) throw error;
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return UNPACKED;
}

const configuration = (at: {
  folder: string;
  program: string;
  submission: number;
  submissions: number;
  refusing: number;
  key: string;
  cert: string;
}) => `
primary_hostname = mail.example.test
spool_directory = ${at.folder}/spool
log_file_path = ${at.folder}/log/%slog
pid_file_path = ${at.folder}/exim.pid
exim_user = Debian-exim
exim_group = Debian-exim
deliver_drop_privilege = true
local_interfaces = <; [127.0.0.1]:${at.submission} ; [127.0.0.1]:${at.submissions} ; [127.0.0.1]:${at.refusing}
tls_on_connect_ports = ${at.submissions}
tls_advertise_hosts = *
tls_certificate = ${at.cert}
tls_privatekey = ${at.key}
auth_advertise_hosts = \${if eq{$tls_in_cipher}{}{}{*}}
acl_smtp_rcpt = rcpt
never_users =
qualify_domain = example.test
rfc1413_hosts =
host_lookup =
keep_environment = ^LD_ : ^NSS_WRAPPER_
exim_path = ${at.program}

begin acl
rcpt:
  deny condition = \${if eq{$received_port}{${at.refusing}}}
       message = 5.1.1 <$local_part@$domain>: Recipient address rejected
  accept condition = \${if eq{$received_port}{${at.refusing}}}
  deny !authenticated = *
       message = sign in first
  deny local_parts = unknown
       message = Unknown user
  defer local_parts = later
       message = Try again later
  accept

begin routers
failed:
  driver = redirect
  local_parts = failed
  allow_fail
  data = :fail: there is no such mailbox
forwarded:
  driver = redirect
  local_parts = forwarded
  data = failed@example.test
passed_on:
  driver = manualroute
  local_parts = passed-on
  transport = next
  route_list = * 127.0.0.1
  self = send
mailboxes:
  driver = accept
  domains = example.test
  transport = maildir

begin transports
next:
  driver = smtp
  port = ${at.refusing}
  allow_localhost
  hosts_avoid_tls = *
  hosts_try_auth =
maildir:
  driver = appendfile
  # One folder for all: a path from a recipient's name would not be trusted (tainted).
  directory = ${at.folder}/mail
  maildir_format
  envelope_to_add
  user = Debian-exim
  group = Debian-exim

begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = \${if and{{eq{$auth2}{${ADDRESS}}}{eq{$auth3}{${PASSWORD}}}}}
  server_set_id = $auth2
`;

/** Starts one; several can run at once. */
export async function startExim(): Promise<Exim> {
  const root = await unpacked();
  const folder = await mkdtemp(join(tmpdir(), 'exim-'));
  const certificate = await makeCertificate(folder);
  const [submission, submissions, refusing] = await freePorts(3);
  if (!submission || !submissions || !refusing) throw new Error('no free ports');
  // The program looks its own user up by name; an installed package would have made it.
  await writeFile(join(folder, 'passwd'), 'root:x:0:0::/:/bin/sh\nDebian-exim:x:8:8::/:/bin/sh\n');
  await writeFile(join(folder, 'group'), 'root:x:0:\nDebian-exim:x:8:\n');
  const config = join(folder, 'exim.conf');
  const { key, cert } = certificate;
  const program = join(root, 'usr/sbin/exim4');
  await writeFile(config, configuration({ folder, program, submission, submissions, refusing, key, cert }));
  for (const name of ['spool', 'log', 'mail']) await mkdir(join(folder, name));
  for (const path of [folder, key, ...['spool', 'log', 'mail'].map((name) => join(folder, name))])
    await chown(path, MAIL_USER.uid, MAIL_USER.gid);

  const [machine] = await readdir(join(root, 'usr/lib')).then((names) =>
    names.filter((name) => name.endsWith('-linux-gnu')),
  );
  const libraries = join(root, 'usr/lib', machine ?? '');
  const child = spawn(program, ['-C', config, '-bdf', '-q1h'], {
    ...MAIL_USER,
    stdio: 'ignore',
    env: {
      LD_LIBRARY_PATH: libraries,
      LD_PRELOAD: join(libraries, 'libnss_wrapper.so'),
      NSS_WRAPPER_PASSWD: join(folder, 'passwd'),
      NSS_WRAPPER_GROUP: join(folder, 'group'),
    },
  });
  const stop = async () => {
    await end(child);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    for (const port of [submission, submissions, refusing]) await untilListening(port, () => hasEnded(child));
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    host: 'localhost',
    submissionPort: submission,
    submissionsPort: submissions,
    ca: certificate.ca,
    address: ADDRESS,
    password: PASSWORD,
    mailOf: async (address) => {
      const maildir = join(folder, 'mail', 'new');
      // A folder that nothing was delivered to yet has no parts.
      const names = await readdir(maildir).catch(() => []);
      const all = await Promise.all(names.sort().map((name) => readFile(join(maildir, name), 'utf8')));
      return all.filter((message) => message.toLowerCase().startsWith(`envelope-to: ${address}\n`));
    },
    stop,
  };
}
