/**
 * @file Which button helps after a cause: the one next step that its remedy speaks of.
 */
import { type Cause } from '../../shared/words.ts';

/**
 * retry: the same once more. address: another address. password: a new app password. account: look at the
 * account's settings. vault: look at the keychain again. renew: a new code.
 */
export type NextStep = 'retry' | 'address' | 'password' | 'account' | 'vault' | 'renew';

export const NEXT_STEP: Record<Cause, NextStep> = {
  offline: 'retry',
  'host-not-found': 'account',
  'connection-refused': 'account',
  'blocked-here': 'retry',
  'connect-timeout': 'retry',
  'server-timeout': 'retry',
  'connection-lost': 'retry',
  'not-smtp': 'account',
  'network-in-between': 'retry',
  'tls-missing': 'account',
  'tls-failed': 'account',
  'tls-injection': 'retry',
  'certificate-untrusted': 'retry',
  'certificate-expired': 'retry',
  'certificate-other-host': 'account',
  'sign-in-not-offered': 'account',
  'normal-password': 'password',
  'wrong-password': 'password',
  'wrong-password-server': 'password',
  'sign-in-later': 'retry',
  'sign-in-blocked': 'retry',
  busy: 'retry',
  'recipient-busy': 'address',
  'recipient-full': 'address',
  'no-such-mailbox': 'address',
  'recipient-refused': 'address',
  'sender-refused': 'account',
  'daily-limit': 'account',
  'content-refused': 'retry',
  'too-large': 'account',
  'address-needs-smtputf8': 'address',
  'refused-later': 'retry',
  refused: 'address',
  'service-refused': 'retry',
  'mailbox-unreachable': 'account',
  'mailbox-refused': 'account',
  'sent-not-tidied': 'account',
  'secret-missing': 'password',
  'vault-locked': 'vault',
  'vault-missing': 'vault',
  'too-late': 'renew',
  'called-off': 'retry',
  internal: 'retry',
};

/** Causes that say nothing about the account itself: it may be saved and tested with the first code. */
export const OFFLINE_LIKE: ReadonlySet<Cause> = new Set<Cause>([
  'offline',
  'host-not-found',
  'blocked-here',
  'connect-timeout',
  'server-timeout',
  'connection-lost',
  'network-in-between',
  'busy',
  'sign-in-later',
]);
