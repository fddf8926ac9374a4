/**
 * @file A private mail service: Postfix takes submissions over TLS with sign-in, Dovecot checks the password and
 * keeps the mail of example.test. Everything is in one temporary folder, on the loopback address, and ends by process
 * id; the machine's own mail service is neither read nor touched, and nothing is ever relayed.
 */
import { spawn } from 'node:child_process';
import {
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  stat,
  utimes,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCertificate, type ServerCertificate } from './certificate.ts';
import { endGroup, hasEnded } from './child.ts';
import { maildirOf, startDovecot } from './dovecot.ts';
import { freePorts } from './free-ports.ts';
import { untilListening } from './listening.ts';
import { signInsFor } from './postfix-log.ts';

/** `ca` is for NODE_EXTRA_CA_CERTS. */
export interface MailPeers extends ServerCertificate {
  readonly host: string;
  /** STARTTLS, required. */
  readonly submissionPort: number;
  /** TLS from the first byte. */
  readonly submissionsPort: number;
  readonly imapsPort: number;
  /** The sending account; its user name is its address. */
  readonly address: string;
  readonly user: string;
  readonly password: string;
  /** The raw messages in an address's inbox, oldest first. */
  mailOf(address: string): Promise<string[]>;
  /** By which sign-in each mail to an address came in, as numbers; Postfix takes no mail without one. */
  signInsFor(address: string): Promise<readonly number[]>;
  /** Ends Postfix in the middle of its work and starts it again on the same queue and ports. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/** Refused at RCPT with 550 5.1.1, as a server does that knows its own mailboxes. */
export const NOBODY = 'nobody@example.test';
/** Its mail needs SMTPUTF8, which Dovecot 2.3 does not take: Postfix puts it into the Maildir itself. */
export const INTERNATIONAL = 'mía@example.test';
/** Accepted, and then returned to the sender with a delivery report that says 5.1.1. */
export const GONE = 'gone@example.test';

/** Refused at RCPT with 550 5.4.5, as Gmail does when the account has reached its daily limit. */
export const LIMIT = 'limit@example.test';
/** An address that another sign-in owns: refused as a sender, at RCPT as Postfix does. */
export const OTHERS = 'others@example.test';

/** A name of the mail service outside the domain of its account, for who looks it up where a test answers. */
export const PROVIDER = 'mail.provider.test';
const NAMES = ['localhost', 'example.test', '*.example.test', PROVIDER].map((name) => `DNS:${name}`);

/** Where Debian keeps Postfix's services. */
const MASTER = '/usr/lib/postfix/sbin/master';
const ADDRESS = 'desk@example.test';
const PASSWORD = 'qwhe rkzl mvta ypno';

const mainCf = (at: { folder: string; auth: number; lmtp: number; key: string; cert: string }) => `
compatibility_level = 3.6
queue_directory = ${at.folder}/queue
data_directory = ${at.folder}/data
maillog_file = ${at.folder}/postfix.log
maillog_file_prefixes = ${at.folder}
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
myhostname = mail.example.test
mydestination =
alias_maps =
local_recipient_maps =
virtual_mailbox_domains = example.test
virtual_mailbox_maps = regexp:${at.folder}/mailboxes
virtual_mailbox_base = ${at.folder}/mail
# uid and gid 8 are Debian's "mail", whose Maildirs these are; anything below 100 is refused otherwise.
virtual_uid_maps = static:8
virtual_gid_maps = static:8
virtual_minimum_uid = 8
virtual_transport = lmtp:inet:127.0.0.1:${at.lmtp}
transport_maps = regexp:${at.folder}/transports
default_transport = error:this test peer relays nothing
relay_transport = error:this test peer relays nothing
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:127.0.0.1:${at.auth}
smtpd_tls_auth_only = yes
smtpd_tls_cert_file = ${at.cert}
smtpd_tls_key_file = ${at.key}
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_sender_login_maps = regexp:${at.folder}/owners
smtpd_sender_restrictions = reject_authenticated_sender_login_mismatch
smtpd_recipient_restrictions = check_recipient_access regexp:${at.folder}/answers
# A wrong password costs a second by default; a test does not need to be taught patience.
smtpd_error_sleep_time = 0
`;

/** The services of Debian's master.cf that this needs, none of them chrooted, and two ways in. */
const masterCf = (ports: { submission: number; submissions: number }) => `
127.0.0.1:${ports.submission} inet n - n - - smtpd -o smtpd_tls_security_level=encrypt
127.0.0.1:${ports.submissions} inet n - n - - smtpd -o smtpd_tls_wrappermode=yes
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
error unix - - n - - error
retry unix - - n - - error
lmtp unix - - n - - lmtp
virtual unix - n n - - virtual
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
absent unix - n n - - pipe user=nobody argv=/bin/sh -c {exit 67}
`;

/** The queue's folders: making them takes 1 ms, and letting `postfix check` make them 2.4 s. */
const QUEUES = [
  ...['active', 'bounce', 'corrupt', 'defer', 'deferred', 'flush', 'hold', 'incoming', 'maildrop'],
  ...['private', 'public', 'saved', 'trace'],
];

/** What this machine lacks to run the peers, in words; null when nothing. */
export async function mailPeersLack(): Promise<string | null> {
  if (process.getuid?.() !== 0) return 'Postfix starts only as root';
  for (const [program, name] of [
    ['/usr/sbin/postfix', 'postfix'],
    ['/usr/sbin/dovecot', 'dovecot-core'],
    ['/usr/lib/dovecot/imap', 'dovecot-imapd'],
    ['/usr/lib/dovecot/lmtp', 'dovecot-lmtpd'],
  ] as const)
    if (!(await stat(program).catch(() => null))) return `the package ${name} is not installed`;
  return null;
}

/**
 * When a file in a Maildir was made, to the microsecond: Dovecot's names are `seconds.MmicrosecondsPprocess.host`,
 * Postfix's `seconds.VdeviceIinodeMmicroseconds.host`.
 */
function arrival(name: string): number {
  const [, seconds = '0', micros = '0'] = /^(\d+)\.(?:V[\da-f]+I[\da-f]+)?M(\d+)/.exec(name) ?? [];
  return Number(seconds) * 1e6 + Number(micros);
}

async function messagesIn(maildir: string): Promise<string[]> {
  const found: { name: string; path: string }[] = [];
  for (const part of ['new', 'cur']) {
    // A mailbox without mail has no folders yet.
    const names = await readdir(join(maildir, part)).catch(() => []);
    found.push(...names.map((name) => ({ name, path: join(maildir, part, name) })));
  }
  found.sort((a, b) => arrival(a.name) - arrival(b.name));
  return Promise.all(found.map(({ path }) => readFile(path, 'utf8')));
}

/** Starts both. Needs root and Debian's packages (mailPeersLack tells); several can run at once. */
export async function startMailPeers(): Promise<MailPeers> {
  const folder = await mkdtemp(join(tmpdir(), 'mail-'));
  // Both drop to users of their own, which must be able to pass.
  await chmod(folder, 0o755);
  const certificate = await makeCertificate(folder, [...NAMES, 'IP:127.0.0.1'].join());
  const [submission, submissions, auth, lmtp, imaps] = await freePorts(5);
  if (!submission || !submissions || !auth || !lmtp || !imaps) throw new Error('no free ports');

  const dovecot = await startDovecot({
    folder,
    ports: { auth, lmtp, imaps },
    certificate,
    user: ADDRESS,
    password: PASSWORD,
  });

  const etc = join(folder, 'postfix');
  const data = join(folder, 'data');
  await mkdir(etc);
  await mkdir(data);
  // Debian's own folder tells who the user `postfix` is on this machine.
  const { uid, gid } = await stat('/var/lib/postfix');
  await chown(data, uid, gid);
  await mkdir(join(folder, 'queue', 'pid'), { recursive: true });
  for (const name of QUEUES) {
    await mkdir(join(folder, 'queue', name), { mode: 0o700 });
    await chown(join(folder, 'queue', name), uid, gid);
  }
  const mailboxes = [`/^${INTERNATIONAL}$/ ${INTERNATIONAL}/`, `!/^${NOBODY}$/ present`];
  await writeFile(join(folder, 'mailboxes'), `${mailboxes.join('\n')}\n`);
  await writeFile(join(folder, 'answers'), `/^${LIMIT}$/ 550 5.4.5 Daily user sending limit exceeded\n`);
  await writeFile(join(folder, 'owners'), `/^${OTHERS}$/ ${OTHERS}\n/./ ${ADDRESS}\n`);
  await writeFile(join(folder, 'transports'), `/^${GONE}$/ absent:\n/^${INTERNATIONAL}$/ virtual:\n`);
  const main = join(etc, 'main.cf');
  await writeFile(main, mainCf({ folder, auth, lmtp, key: certificate.key, cert: certificate.cert }));
  // Postfix rereads a file until it is a second or two old, lest it is being written (dict_load_file_xt).
  await utimes(main, 0, 0);
  await writeFile(join(etc, 'master.cf'), masterCf({ submission, submissions }));
  // What `postfix start` runs. Detached, because it ends its services by ending its process group.
  const start = () => spawn(MASTER, ['-c', etc, '-d'], { stdio: 'ignore', detached: true });
  let postfix = start();
  const listening = async () => {
    for (const port of [submission, submissions, auth, lmtp, imaps])
      await untilListening(port, () => hasEnded(postfix));
  };

  const stop = async () => {
    await endGroup(postfix);
    await dovecot.stop();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    await listening();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    host: 'localhost',
    submissionPort: submission,
    submissionsPort: submissions,
    imapsPort: imaps,
    ...certificate,
    address: ADDRESS,
    user: ADDRESS,
    password: PASSWORD,
    mailOf: (address) => messagesIn(maildirOf(folder, address)),
    signInsFor: async (address) => signInsFor(await readFile(join(folder, 'postfix.log'), 'utf8'), address),
    restart: async () => {
      await endGroup(postfix);
      postfix = start();
      await listening();
    },
    stop,
  };
}
