/**
 * @file What is being entered about the account. The password lives here and nowhere else on the page, is never
 * filled in from anywhere, and is gone with the screen.
 */
import { useState } from 'react';
import { type FormFault, type FormField } from '../../../shared/contract.ts';
import { IMAPS_PORT, SMTP_PORTS } from '../../../shared/mail-servers.ts';
import { type AccountForm, type AccountKind, type Authority, type Security } from '../../../shared/words.ts';

export interface Entered {
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

/** What main's names for the mailbox's fields are called here. */
const ENTRY: Readonly<Record<string, keyof Entered>> = {
  'mailbox-host': 'mailboxHost',
  'mailbox-port': 'mailboxPort',
};

export type Faults = Partial<Record<FormField, FormFault>>;

export interface AccountEntry {
  readonly entered: Entered;
  readonly faults: Faults;
  readonly set: (change: Partial<Entered>) => void;
  readonly blame: (faults: Faults) => void;
}

export function useAccountForm(form: AccountForm | null): AccountEntry {
  const [entered, setEntered] = useState<Entered>({
    address: form?.address ?? '',
    name: form?.name ?? '',
    password: '',
    host: form?.server?.host ?? '',
    port: String(form?.server?.port ?? SMTP_PORTS['implicit-tls']),
    security: form?.server?.security ?? 'implicit-tls',
    // A user name that is just the address stays unsaid, so that it follows when the address is put right.
    user: userOf(form),
    authorities: form?.authorities ?? [],
    watch: form?.mailbox?.watch ?? true,
    tidySent: form?.mailbox?.tidySent ?? false,
    mailboxHost: form?.mailbox?.server?.host ?? '',
    mailboxPort: String(form?.mailbox?.server?.port ?? IMAPS_PORT),
  });
  const [faults, setFaults] = useState<Faults>({});

  const set = (change: Partial<Entered>) => {
    const touched = Object.keys(change);
    setEntered((last) => ({ ...last, ...change, ...portFor(last, change) }));
    setFaults((last) =>
      Object.fromEntries(Object.entries(last).filter(([field]) => !touched.includes(ENTRY[field] ?? field))),
    );
  };
  return { entered, faults, set, blame: setFaults };
}

/** Empty for the address itself. */
function userOf(form: AccountForm | null): string {
  const user = form?.server?.user ?? form?.signInAs ?? '';
  return user === form?.address ? '' : user;
}

/** The port follows the security as long as it is the usual one. */
function portFor(last: Entered, change: Partial<Entered>): Partial<Entered> {
  if (change.security === undefined || !Object.values(SMTP_PORTS).map(String).includes(last.port)) return {};
  return { port: String(SMTP_PORTS[change.security]) };
}

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text.trim());

/**
 * Null when it is where mail is sent through, on the usual port, and when nothing is to be done there: its fields are
 * not on the screen then. What is no port is left for main to say so.
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
    port: isPort(mailboxPort) ? Number(mailboxPort) : 0,
  };
}

/** The form as main wants it; null when the port is no number at all. */
export function accountForm(kind: AccountKind, entered: Entered): AccountForm | null {
  const { watch, tidySent, authorities } = entered;
  const user = entered.user.trim();
  const base = {
    kind,
    address: entered.address.trim(),
    name: entered.name.trim(),
    ...(authorities.length === 0 ? {} : { authorities }),
  };
  if (kind !== 'server')
    return { ...base, ...(user === '' ? {} : { signInAs: user }), mailbox: { watch, tidySent } };
  if (!isPort(entered.port)) return null;
  const place = mailboxPlace(entered);
  return {
    ...base,
    mailbox: { watch, tidySent, ...(place === null ? {} : { server: place }) },
    server: {
      host: entered.host.trim(),
      port: Number(entered.port),
      security: entered.security,
      user: user === '' ? base.address : user,
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
