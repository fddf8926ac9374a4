/**
 * @file What a failed keychain call means. keytar rejects with a plain Error whose text is libsecret's, macOS's or
 * Windows's, so the text is all there is to go by; it is read here, in one table, and never leaves this room.
 */
import type { VaultTrouble } from '../ports/vault.ts';

/**
 * Read from top to bottom. Texts of D-Bus and libsecret as seen with libsecret 0.20 and GLib 2.74 (tests/integration/
 * vault); the macOS ones are those of SecCopyErrorMessageString, the Windows one that of FormatMessage.
 */
const TROUBLES: readonly (readonly [text: RegExp, trouble: VaultTrouble])[] = [
  // keytar's own, when no prebuilt binding loads: another platform, or libsecret-1.so.0 is not installed.
  [/native addon/i, 'missing'],
  // No session bus: a bare server, a container, `su` without a login session.
  [/autolaunch D-?Bus|dbus-launch|DBUS_SESSION_BUS_ADDRESS/i, 'missing'],
  // An address of a bus that has ended.
  [/^Could not connect: |connection is closed|bus .*disconnected/i, 'missing'],
  // A bus with no Secret Service on it: neither gnome-keyring nor KWallet nor KeePassXC runs.
  [/org\.freedesktop\.secrets was not provided|ServiceUnknown|NameHasNoOwner/i, 'missing'],
  // errSecNoDefaultKeychain, errSecNotAvailable, errSecNoSuchKeychain.
  [/default keychain could not be found|No keychain is available|keychain could not be found/i, 'missing'],
  // ERROR_NO_SUCH_LOGON_SESSION: a Windows service account has no credential store.
  [/specified logon session does not exist/i, 'missing'],
  // libsecret, writing: reading from a locked collection is no error there, see keychain.ts.
  [/locked collection|locked object|IsLocked/i, 'locked'],
  // The person closed the prompt: libsecret; errSecUserCanceled.
  [/prompt was dismissed|user cancell?ed/i, 'locked'],
  // errSecAuthFailed, errSecInteractionNotAllowed, errSecInDarkWake.
  [/passphrase you entered is not correct|interaction is not allowed|dark wake/i, 'locked'],
];

/**
 * The trouble behind an error from keytar. A text that is not in the table (macOS and Windows translate theirs) means
 * that a keychain is there and would not serve: `locked`, whose remedy, to unlock it and look again, does no harm.
 */
export function troubleOf(error: unknown): VaultTrouble {
  const text = error instanceof Error ? error.message : '';
  return TROUBLES.find(([pattern]) => pattern.test(text))?.[1] ?? 'locked';
}
