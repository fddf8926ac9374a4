/**
 * @file Everything that can keep a message from being handed over, or an account from being tested: one row a cause,
 * with every fact that the rooms decide by. A new cause is a row here, its words (renderer/i18n) and its section in
 * docs/troubleshooting.md; the compiler and the tests name what is missing.
 */

/**
 * Whether the program tries again by itself: `soon` after a breath, for a few times; `wait` for as long as the letter
 * is worth it; `later` when a person decides; `never` unless something is changed first.
 */
export type Again = 'soon' | 'wait' | 'later' | 'never';

/**
 * The button that helps. retry: the same once more. address: another address. password: a new app password. account:
 * look at the account's settings. vault: look at the keychain again. renew: a new code.
 */
export type NextStep = 'retry' | 'address' | 'password' | 'account' | 'vault' | 'renew';

export interface CauseFacts {
  /** Null where no answer and no error of a mail server leads to it. */
  readonly again: Again | null;
  readonly next: NextStep;
  /**
   * What it means for the account: its sign-in was refused; it was not reached, so that it may be saved and tested with
   * the first code; or neither.
   */
  readonly account: 'refused' | 'not-reached' | null;
  /** It means the same on the line to the account's mailbox; other causes have words of their own there. */
  readonly onAnyLine: boolean;
}

const TABLE = {
  offline: { again: 'soon', next: 'retry', account: 'not-reached', onAnyLine: true },
  'host-not-found': { again: 'later', next: 'account', account: 'not-reached', onAnyLine: true },
  'connection-refused': { again: 'soon', next: 'account', account: null, onAnyLine: false },
  'blocked-here': { again: 'later', next: 'retry', account: 'not-reached', onAnyLine: false },
  'connect-timeout': { again: 'soon', next: 'retry', account: 'not-reached', onAnyLine: false },
  'server-timeout': { again: 'soon', next: 'retry', account: 'not-reached', onAnyLine: false },
  'connection-lost': { again: 'soon', next: 'retry', account: 'not-reached', onAnyLine: false },
  'out-of-step': { again: 'soon', next: 'retry', account: null, onAnyLine: false },
  'not-smtp': { again: 'never', next: 'account', account: null, onAnyLine: false },
  'network-in-between': { again: 'later', next: 'retry', account: 'not-reached', onAnyLine: true },
  'tls-missing': { again: 'never', next: 'account', account: null, onAnyLine: false },
  'tls-failed': { again: 'never', next: 'account', account: null, onAnyLine: false },
  'tls-from-start': { again: 'never', next: 'account', account: null, onAnyLine: false },
  'tls-injection': { again: 'never', next: 'retry', account: null, onAnyLine: false },
  'certificate-untrusted': { again: 'never', next: 'retry', account: null, onAnyLine: true },
  'certificate-expired': { again: 'never', next: 'retry', account: null, onAnyLine: true },
  'certificate-other-host': { again: 'never', next: 'account', account: null, onAnyLine: true },
  'authority-unlisted': { again: 'never', next: 'account', account: null, onAnyLine: true },
  'sign-in-not-offered': { again: 'never', next: 'account', account: 'refused', onAnyLine: false },
  'password-sign-in-off': { again: 'never', next: 'account', account: 'refused', onAnyLine: false },
  'normal-password': { again: 'never', next: 'password', account: 'refused', onAnyLine: false },
  'wrong-password': { again: 'never', next: 'password', account: 'refused', onAnyLine: false },
  'wrong-password-server': { again: 'never', next: 'password', account: 'refused', onAnyLine: false },
  'sign-in-later': { again: 'later', next: 'retry', account: 'not-reached', onAnyLine: false },
  'sign-in-blocked': { again: 'later', next: 'retry', account: 'refused', onAnyLine: false },
  busy: { again: 'wait', next: 'retry', account: 'not-reached', onAnyLine: false },
  'greeting-refused': { again: 'later', next: 'retry', account: null, onAnyLine: false },
  'recipient-busy': { again: 'later', next: 'address', account: null, onAnyLine: false },
  'recipient-full': { again: 'later', next: 'address', account: null, onAnyLine: false },
  'no-such-mailbox': { again: 'never', next: 'address', account: null, onAnyLine: false },
  'recipient-refused': { again: 'never', next: 'address', account: null, onAnyLine: false },
  'sender-refused': { again: 'never', next: 'account', account: null, onAnyLine: false },
  'daily-limit': { again: 'later', next: 'account', account: null, onAnyLine: false },
  'content-refused': { again: 'never', next: 'retry', account: null, onAnyLine: false },
  'too-large': { again: 'never', next: 'account', account: null, onAnyLine: false },
  'address-needs-smtputf8': { again: 'never', next: 'address', account: null, onAnyLine: false },
  'refused-later': { again: 'wait', next: 'retry', account: null, onAnyLine: false },
  refused: { again: 'never', next: 'address', account: null, onAnyLine: false },
  'service-refused': { again: 'never', next: 'retry', account: null, onAnyLine: false },
  'mailbox-unreachable': { again: null, next: 'account', account: null, onAnyLine: false },
  'mailbox-refused': { again: null, next: 'account', account: null, onAnyLine: false },
  'mailbox-busy': { again: null, next: 'retry', account: null, onAnyLine: false },
  'sent-not-tidied': { again: null, next: 'account', account: null, onAnyLine: false },
  'message-id-replaced': { again: null, next: 'retry', account: null, onAnyLine: false },
  'secret-missing': { again: 'never', next: 'password', account: null, onAnyLine: false },
  'vault-locked': { again: null, next: 'vault', account: null, onAnyLine: false },
  'vault-missing': { again: null, next: 'vault', account: null, onAnyLine: false },
  'too-late': { again: null, next: 'renew', account: null, onAnyLine: false },
  'called-off': { again: 'later', next: 'retry', account: null, onAnyLine: false },
  internal: { again: 'never', next: 'retry', account: null, onAnyLine: false },
} as const satisfies Record<string, CauseFacts>;

export type Cause = keyof typeof TABLE;

/** The causes that a mail server's answer, or an error on the way to it, can lead to. */
export type MailCause = { [C in Cause]: (typeof TABLE)[C]['again'] extends null ? never : C }[Cause];

export const CAUSES: Readonly<Record<Cause, CauseFacts>> = TABLE;

/** In the order of the table, which documents follow. */
// The table's own keys: nothing else can be added to a constant.
export const CAUSE_NAMES = Object.keys(TABLE) as readonly Cause[];
