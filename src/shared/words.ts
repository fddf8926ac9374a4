/**
 * @file The nouns of the program, as both sides of the bridge know them. Plain data only: no behaviour, and
 * nothing here may ever hold an app password, a key or (outside practice) a code.
 */
import type { Cause } from './causes.ts';

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type EpochMs = number;

/** Longest business name, in UTF-16 code units: it stands in a From header and in the title bar. */
export const NAME_LENGTH = 64;

/** The kinds of account a desk can send from. */
export const ACCOUNT_KINDS = ['gmail', 'workspace', 'server'] as const;
export type AccountKind = (typeof ACCOUNT_KINDS)[number];

export const SECURITY = ['implicit-tls', 'starttls'] as const;
/** How the connection is made secure: TLS from the first byte (465) or STARTTLS, required (587). */
export type Security = (typeof SECURITY)[number];

/** Whom a server's certificate comes from. */
export interface Authority {
  /** As it calls itself, one line. */
  readonly name: string;
  /** SHA-256 of its certificate, as OpenSSL writes it. */
  readonly fingerprint: string;
}

/** What the owner tells us about the sending account. The secret is never part of it. */
export interface AccountForm {
  readonly kind: AccountKind;
  /** The mailbox messages come from. */
  readonly address: string;
  /** The business name that recipients see. */
  readonly name: string;
  /**
   * What to sign in with at Google, where messages come from an alias or a group's address; the address itself when it is
   * left out. A server's is in `server`.
   */
  readonly signInAs?: string;
  /** For `server` only; Gmail's and Workspace's are constants of ours. */
  readonly server?: {
    readonly host: string;
    readonly port: number;
    readonly security: Security;
    /** What to sign in with; the address, unless the server wants something else. */
    readonly user: string;
  };
  /**
   * Authorities beside those that every computer knows which may open the connection: the owner was asked about each.
   * It can be a virus scanner, a company's proxy, or an own mail server's.
   */
  readonly authorities?: readonly Authority[];
  /** What the program may do in the account's own mailbox, over IMAP; nothing when it is left out. */
  readonly mailbox?: MailboxChoice;
}

export interface MailboxChoice {
  /** Look for delivery reports while verifications are open. */
  readonly watch: boolean;
  /** Remove our own messages from Sent and Trash once their verification has ended. */
  readonly tidySent: boolean;
  /** For `server` only: where IMAP over TLS is answered, if not at the same host on port 993. */
  readonly server?: { readonly host: string; readonly port: number };
}

/** What the program speaks, on the screen and in the mail: a language that only one of them has does not compile. */
/** Most UTF-16 code units that a field takes and the bridge lets through: the domain's words are about what is shorter. */
export const TYPED_LENGTH = 10_000;

export const LANGUAGES = ['en'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where the secret is kept: the OS keychain, or memory until the program ends. */
export const KEEPINGS = ['keychain', 'session'] as const;
export type Keeping = (typeof KEEPINGS)[number];

/** Why the records on disk cannot be used: damaged, or written by a later version of this program or one before its first. */
export type RecordsTrouble = 'records-unreadable' | 'records-newer' | 'records-older';

export type VaultState = 'available' | 'locked' | 'missing';

/** What is wrong with a typed address. */
export const ADDRESS_PROBLEMS = [
  'empty',
  'no-at-sign',
  'no-local-part',
  'no-domain',
  'several-at-signs',
  'several-addresses',
  'display-name',
  'link',
  'quoted',
  'comment',
  'space-inside',
  'control-character',
  'invisible-character',
  'character-not-allowed',
  'route',
  'dots',
  'trailing-dot',
  'domain-literal',
  'domain-not-valid',
  'domain-without-dot',
  'too-long',
  'local-part-too-long',
] as const;
export type AddressProblem = (typeof ADDRESS_PROBLEMS)[number];

/** A typed text that is no address. */
export interface AddressFault {
  readonly problem: AddressProblem;
  /** The first character that keeps it from being one; null when it is not about a single character. */
  readonly character: string | null;
  /** The one address that the text obviously holds; null when there is none, or more than one. */
  readonly repair: string | null;
}

/** Something to look at in a valid address; the person decides, nothing is ever changed silently. */
export type AddressHint =
  /** A likely typo of a well-known domain; `suggestion` is the whole address with the domain put right. */
  | { readonly kind: 'typo'; readonly suggestion: string }
  /** What stands in front was most likely pasted along; `suggestion` is the address without it. */
  | { readonly kind: 'extra'; readonly extra: string; readonly suggestion: string }
  /** The domain's letters come from several scripts or look like others; `ascii` is its punycode. */
  | { readonly kind: 'look-alike'; readonly ascii: string }
  /** The part before the @ mixes scripts or holds letters that look like others. */
  | { readonly kind: 'look-alike-local' }
  /** The domain is international; `ascii` is its punycode. */
  | { readonly kind: 'international'; readonly ascii: string }
  | { readonly kind: 'role' }
  | { readonly kind: 'disposable' }
  | { readonly kind: 'no-mail-server' };

/** What is wrong with a typed code. Such a code spends no guess. */
export type CodeProblem =
  | { readonly kind: 'empty' }
  | { readonly kind: 'too-short'; readonly digits: number; readonly wanted: number }
  | { readonly kind: 'too-long'; readonly digits: number; readonly wanted: number }
  | { readonly kind: 'not-digits' };

/** Why a delivery or a test did not succeed. */
export interface DeliveryProblem {
  readonly cause: Cause;
  /** With `authority-unlisted`: whom the owner is to be asked about. */
  readonly authority?: Authority;
  /** The server asked for a pause: nothing is tried before then. */
  readonly notBefore?: EpochMs;
  /** The server's own answer, one line, control characters removed, at most 500 characters; null if it gave none. */
  readonly serverSaid: string | null;
}

/** The stages of handing a message over, in order. */
export const SEND_STAGES = ['connecting', 'securing', 'signing-in', 'handing-over', 'data-sent'] as const;
export type SendStage = (typeof SEND_STAGES)[number];

/** Why nothing is tried at the moment, and when it will be. */
export interface Pause {
  readonly cause: Cause;
  readonly until: EpochMs;
}

/**
 * Why a message came back, from the codes of its delivery report (RFC 3463). `mailbox-unavailable`: their server takes no
 * mail for it, and does not say whether it is there (RFC 5321: a bare 550). `not-yet`: it did not, their server still tries. `elsewhere`: a copy did that was passed on to another mailbox.
 */
export const RETURN_REASONS = [
  'no-such-mailbox',
  'mailbox-unavailable',
  'no-such-domain',
  'recipient-full',
  'refused-there',
  'unreachable',
  'not-yet',
  'elsewhere',
  'other',
] as const;
export type ReturnReason = (typeof RETURN_REASONS)[number];

/** Whether the mail itself came back for good, so that another address is what helps. */
export const isBack = (why: ReturnReason): boolean => why !== 'not-yet' && why !== 'elsewhere';

/** How far a message has come. `unknown`: the line died after the data went out. */
export type Delivery =
  | {
      readonly state: 'sending';
      readonly stage: SendStage;
      /** Counts from 1. */
      readonly attempt: number;
      /** Between two attempts. */
      readonly pause: Pause | null;
    }
  | { readonly state: 'accepted'; readonly at: EpochMs; readonly tookMs: number }
  | { readonly state: 'refused'; readonly at: EpochMs; readonly problem: DeliveryProblem }
  | { readonly state: 'unknown'; readonly at: EpochMs }
  /** A delivery report came back for it. `status`: RFC 3463's, "5.1.1", if it has one. The code stays good: reports can be forged. */
  | {
      readonly state: 'returned';
      readonly at: EpochMs;
      readonly status: string | null;
      readonly why: ReturnReason;
    }
  /** The program ended while sending; treated like `unknown`. */
  | { readonly state: 'interrupted' };

export type VerificationState = 'open' | 'verified' | 'expired' | 'locked' | 'cancelled';

/** Why a verification ended before its time. */
export type EndReason =
  | 'time'
  | 'clock'
  | 'guesses'
  | 'records-restored'
  | 'keys-gone'
  /** The entry with the owner's PIN was taken out of the keychain. */
  | 'pin-removed'
  /** Another account took the place of the one it was sent by. */
  | 'account'
  | 'desk'
  | null;

/** A sign-in: what messages go out by. Two accounts with the same sign-in are one to the records. */
export interface SignIn {
  /** The mailbox that messages come from. */
  readonly address: string;
  /** The server, folded: in lower case, without a dot at its end. */
  readonly host: string;
  readonly user: string;
}

/**
 * Worst-case chance of a right guess, computed from the policy: at one verification, at one address in a day, at all of a
 * day's together.
 */
export interface GuessChance {
  readonly verificationOneIn: number;
  readonly addressDayOneIn: number;
  readonly deskDayOneIn: number;
}

/** The vault is needed, and cannot be used. */
export interface VaultUnusable {
  readonly code: 'vault';
  readonly state: 'locked' | 'missing';
}
