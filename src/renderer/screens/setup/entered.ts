/**
 * @file What is entered about an account, as text, and the form that main wants of it; the way back for what main kept.
 * Pure.
 */
import { IMAPS_PORT, SMTP_PORTS } from '../../../shared/mail-servers.ts';
import { type AccountForm, type AccountKind, type Authority, type Security } from '../../../shared/words.ts';

export interface Entered {
  readonly kind: AccountKind;
  readonly address: string;
  readonly name: string;
  readonly password: string;
  readonly host: string;
  readonly port: string;
  readonly security: Security;
  /** A server's user name; at Google the account, where messages come from another address. */
  readonly user: string;
  /** What the owner has said yes to. */
  readonly authorities: readonly Authority[];
  readonly watch: boolean;
  readonly tidySent: boolean;
  /** Empty: the same host as for sending. */
  readonly mailboxHost: string;
  readonly mailboxPort: string;
}

/** A port that is no number is an empty field. */
const portText = (port: number): string => (Number.isNaN(port) ? '' : String(port));

/** Empty for the address itself. */
function userOf(form: AccountForm | null): string {
  const user = form?.server?.user ?? form?.signInAs ?? '';
  return user === form?.address ? '' : user;
}

export function enteredFrom(kind: AccountKind, form: AccountForm | null): Entered {
  return {
    kind,
    address: form?.address ?? '',
    name: form?.name ?? '',
    password: '',
    host: form?.server?.host ?? '',
    port: portText(form?.server?.port ?? SMTP_PORTS['implicit-tls']),
    security: form?.server?.security ?? 'implicit-tls',
    // A user name that is just the address stays unsaid, so that it follows when the address is put right.
    user: userOf(form),
    authorities: form?.authorities ?? [],
    watch: form?.mailbox?.watch ?? true,
    tidySent: form?.mailbox?.tidySent ?? false,
    mailboxHost: form?.mailbox?.server?.host ?? '',
    mailboxPort: portText(form?.mailbox?.server?.port ?? IMAPS_PORT),
  };
}

/** The port follows the security as long as it is the usual one, and none is given with it. */
export function portFor(last: Entered, { security, port }: Partial<Entered>): Partial<Entered> {
  const isUsual = Object.values(SMTP_PORTS).map(String).includes(last.port);
  return security === undefined || port !== undefined || !isUsual
    ? {}
    : { port: String(SMTP_PORTS[security]) };
}

/** What is no port is no number: main says so. */
const portOf = (typed: string): number => (/^\d{1,5}$/.test(typed.trim()) ? Number(typed) : NaN);

/**
 * Null when it is where mail is sent through, on the usual port, and when nothing is to be done there: its fields are
 * not on the screen then.
 */
function mailboxPlace({
  host,
  mailboxHost,
  mailboxPort,
  watch,
  tidySent,
}: Entered): { host: string; port: number } | null {
  const same = mailboxHost.trim() === '' && mailboxPort.trim() === String(IMAPS_PORT);
  if (same || (!watch && !tidySent)) return null;
  return {
    host: mailboxHost.trim() === '' ? host.trim() : mailboxHost.trim(),
    port: portOf(mailboxPort),
  };
}

/** The form as main wants it, with all that was entered: main takes of it what an account of its kind has. */
export function accountForm(entered: Entered): AccountForm {
  const address = entered.address.trim();
  const user = entered.user.trim();
  const { watch, tidySent, authorities } = entered;
  const place = mailboxPlace(entered);
  return {
    kind: entered.kind,
    address,
    name: entered.name.trim(),
    ...(user === '' ? {} : { signInAs: user }),
    ...(authorities.length === 0 ? {} : { authorities }),
    mailbox: { watch, tidySent, ...(place === null ? {} : { server: place }) },
    server: {
      host: entered.host.trim(),
      port: portOf(entered.port),
      security: entered.security,
      user: user === '' ? address : user,
    },
  };
}

/**
 * Who signs in where; two forms with the same may share a stored password. Main decides (desk/stored-secret.ts):
 * this only says so beforehand.
 */
export function signInKey({ kind, address, signInAs, server, mailbox }: AccountForm): string {
  const parts = [server?.host.toLowerCase(), server?.port, server?.security, server?.user];
  const place = [mailbox?.server?.host.toLowerCase(), mailbox?.server?.port];
  return JSON.stringify(kind === 'server' ? [...parts, ...place] : [signInAs ?? address]);
}

/** Whether a text can be no app password, which is 16 letters in groups: said while it is typed. */
export const looksNormal = (password: string): boolean => /[^a-z\s]/i.test(password);
