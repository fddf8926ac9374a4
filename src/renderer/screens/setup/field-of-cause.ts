/**
 * @file Which field of set-up a failed test is about: its reason stands there, and the focus goes there. Pure.
 */
import type { FormField } from '../../../shared/problems.ts';
import { type SetupTest } from '../../../shared/desk-view.ts';
import { type Cause } from '../../../shared/causes.ts';
import { type AccountKind } from '../../../shared/words.ts';

/** Where Google's servers are cannot be entered, so that only the password can be at fault there. */
const OWN_SERVER = {
  'host-not-found': 'host',
  'certificate-other-host': 'host',
  'certificate-untrusted': 'host',
  'certificate-expired': 'host',
  'network-in-between': 'host',
  'connect-timeout': 'host',
  'sign-in-not-offered': 'port',
  'connection-refused': 'port',
  'not-smtp': 'port',
  'tls-missing': 'port',
  'tls-failed': 'port',
  'tls-from-start': 'port',
} as const satisfies Partial<Record<Cause, FormField>>;

const PASSWORD: ReadonlySet<Cause> = new Set<Cause>([
  'normal-password',
  'wrong-password',
  'wrong-password-server',
  'password-sign-in-off',
  'secret-missing',
]);

const isOfServer = (cause: Cause): cause is keyof typeof OWN_SERVER => Object.hasOwn(OWN_SERVER, cause);

/** Null when no field can put it right: the network, a keychain, a server that asks to wait. */
export function fieldOfFailure(
  test: Extract<SetupTest, { state: 'failed' }>,
  kind: AccountKind,
): FormField | null {
  const { cause } = test.problem;
  if (PASSWORD.has(cause)) return 'password';
  return kind === 'server' && isOfServer(cause) ? OWN_SERVER[cause] : null;
}
