/**
 * @file A private Dovecot: checks passwords for Postfix, takes deliveries over LMTP and gives them out over IMAP.
 * It must never read the machine's own mail configuration.
 */
import { spawn } from 'node:child_process';
import { chown, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { endGroup } from './child.ts';
import type { ServerCertificate } from './certificate.ts';

export interface DovecotPorts {
  readonly auth: number;
  readonly lmtp: number;
  readonly imaps: number;
}

/** Dovecot 2.3, Debian 12. The Debian users `dovecot`, `dovenull` and `mail` come with its packages. */
const configuration = (at: {
  folder: string;
  ports: DovecotPorts;
  certificate: ServerCertificate;
  passwords: string;
}) => `
base_dir = ${at.folder}/run
state_dir = ${at.folder}/state
log_path = ${at.folder}/dovecot.log
protocols = imap lmtp
listen = 127.0.0.1
ssl = required
ssl_cert = <${at.certificate.cert}
ssl_key = <${at.certificate.key}
passdb {
  driver = passwd-file
  args = ${at.passwords}
}
# Every address of the test domain has a mailbox; Postfix turns away the ones that must not.
userdb {
  driver = static
  args = uid=mail gid=mail home=${at.folder}/mail/%u allow_all_users=yes
}
mail_location = maildir:${at.folder}/mail/%u
first_valid_uid = 1
service auth {
  inet_listener {
    address = 127.0.0.1
    port = ${at.ports.auth}
  }
}
service lmtp {
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${at.ports.lmtp}
  }
}
service imap-login {
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${at.ports.imaps}
    ssl = yes
  }
}
# A container has no right to change its root folder.
service stats {
  chroot =
}
# No pauses after a wrong password: neither the pause of two seconds, nor the longer ones for its address.
auth_failure_delay = 0
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  chroot =
}
namespace inbox {
  inbox = yes
  mailbox Sent {
    special_use = \\Sent
    auto = create
  }
  mailbox Trash {
    special_use = \\Trash
    auto = create
  }
}
`;

/** The folder that holds an address's Maildir. */
export const maildirOf = (folder: string, address: string): string =>
  join(folder, 'mail', address.toLowerCase());

export async function startDovecot(options: {
  readonly folder: string;
  readonly ports: DovecotPorts;
  readonly certificate: ServerCertificate;
  readonly user: string;
  readonly password: string;
}): Promise<{ stop(): Promise<void> }> {
  const { folder, ports, certificate, user, password } = options;
  const file = join(folder, 'dovecot.conf');
  const passwords = join(folder, 'passwords');
  await mkdir(join(folder, 'mail'));
  // uid and gid 8 are Debian's `mail`, on every machine (base-passwd).
  await chown(join(folder, 'mail'), 8, 8);
  await writeFile(passwords, `${user}:{PLAIN}${password}\n`);
  await writeFile(file, configuration({ folder, ports, certificate, passwords }));
  const master = spawn('dovecot', ['-F', '-c', file], { stdio: 'ignore', detached: true });
  return { stop: () => endGroup(master) };
}
