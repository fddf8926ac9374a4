/**
 * @file What the page shows, whole. The main process owns it and pushes it after every change, so that a
 * reloaded page is back where it was. It never holds a secret, a key or (outside practice) a code.
 */
import type { AccessView } from './access.ts';
import type { Cause } from './causes.ts';
import type { Choices } from './choices.ts';
import type { InstallWay, NewerVersion } from './newer-version.ts';
import type {
  AccountForm,
  AccountKind,
  AddressHint,
  AddressFault,
  Delivery,
  DeliveryProblem,
  EndReason,
  EpochMs,
  GuessChance,
  Keeping,
  RecordsTrouble,
  ReturnReason,
  SignIn,
  VaultState,
  VerificationState,
} from './words.ts';
import type { CaseNote, ExportTask, RecordView } from './history.ts';
import type { Request } from './request.ts';
import type { Refused, SettingsPage } from './settings.ts';

/** What has been typed on the address screen but not sent. */
export interface Draft {
  readonly address: string;
  readonly request: Request;
  /** Left out: none. */
  readonly caseNote?: CaseNote;
}

export interface VerificationView {
  readonly id: string;
  /** What staff and mail call it: "C7-4KQ2-91". */
  readonly reference: string;
  /** True for a verification of practice, which proves nothing. */
  readonly practice: boolean;
  /** The delivery address: what RCPT TO carries. */
  readonly sentTo: string;
  /** The account it was sent by. */
  readonly sentBy: SignIn;
  readonly hints: readonly AddressHint[];
  readonly request: Request;
  readonly state: VerificationState;
  readonly endReason: EndReason;
  readonly openedAt: EpochMs;
  readonly expiresAt: EpochMs;
  readonly endedAt: EpochMs | null;
  readonly codeLength: number;
  readonly guessesLeft: number;
  readonly guessesAllowed: number;
  /** When "Send again" may be used; null when nothing can be sent, and when the verification has ended. */
  readonly resendAt: EpochMs | null;
  /** Whose sends of 24 hours are spent, and until when; null when there are some left. */
  readonly spent: { readonly of: 'address' | 'account'; readonly until: EpochMs } | null;
  /** So little time is left that a new verification serves better than the same code once more. */
  readonly resendTooLate: boolean;
  /** One of its messages was about to leave, once. Before that a code can only be guessed, and none is judged. */
  readonly mayHaveLeft: boolean;
  readonly delivery: Delivery;
  /** How many messages went out for it. */
  readonly sends: number;
}

/** One line of the rail. */
export type ShiftRow = KnownRow | UnreadableRow;

export type KnownRow = Pick<
  VerificationView,
  'id' | 'sentTo' | 'request' | 'state' | 'endReason' | 'openedAt' | 'expiresAt' | 'endedAt' | 'sends'
> & {
  readonly delivery: Delivery['state'];
  /** Why its message came back; null when it did not. */
  readonly returned: ReturnReason | null;
  readonly ticket: string;
};

/** A row that was changed in its file, or whose keys are gone: that it was there is all there is to say. */
export interface UnreadableRow {
  readonly id: string;
  readonly state: 'unreadable';
  readonly openedAt: EpochMs;
}

/** `mailbox` only where something is to be done in the account's own mailbox. */
export const SETUP_STEPS = ['reach', 'secure', 'sign-in', 'mailbox', 'store'] as const;
export type SetupStep = (typeof SETUP_STEPS)[number];

/** The live test of an account. */
export type SetupTest =
  | { readonly state: 'idle' }
  | { readonly state: 'running'; readonly step: SetupStep }
  | { readonly state: 'failed'; readonly step: SetupStep; readonly problem: DeliveryProblem };

export type Screen =
  /** Nobody is at the desk: it is asked who is there. */
  | { readonly at: 'locked' }
  | { readonly at: 'welcome' }
  | {
      readonly at: 'setup';
      readonly kind: AccountKind;
      /** What was entered last, without the password, so that a failure or a reload loses nothing. */
      readonly form: AccountForm | null;
      readonly test: SetupTest;
      /** True when an account is being changed. */
      readonly changing: boolean;
    }
  | { readonly at: 'address' }
  | {
      readonly at: 'verification';
      readonly verification: VerificationView;
      /** Another mail with another code went to the same address: an earlier or a newer one. */
      readonly otherMail: 'earlier' | 'newer' | null;
    }
  /** `record`: what was opened beside the list. */
  | { readonly at: 'history'; readonly record: RecordView | null }
  | {
      readonly at: 'settings';
      readonly page: SettingsPage;
      /** The message as it would be sent now; null where it is not shown. */
      readonly preview: MailPreview | null;
    };

/** A message that nobody is sent, with a code that is nobody's. Its HTML is shown in a frame, which asks for it by `id`. */
export interface MailPreview {
  readonly id: string;
  /** "Harbour Clinic <desk@harbour-clinic.example>". */
  readonly from: string;
  readonly subject: string;
  readonly text: string;
}

export interface AccountView {
  readonly form: AccountForm;
  /** Where the secret is; null when there is none (removed, or a session ended). */
  readonly secret: Keeping | null;
  /**
   * Whether the server lets it in, as far as is known. `untested`: saved without a test; `refused`: at the last
   * message. `no-records`: nothing can be sent because the records cannot be used.
   */
  readonly standing: 'tested' | 'untested' | 'refused' | 'no-records';
  /** Why its own mailbox could not be attended to when that was last tried; null when it could, or was not tried. */
  readonly mailboxTrouble: Cause | null;
}

/** What is signed of all that was verified, and by which key. */
export interface JournalView {
  /** Its name: the thumbprint of its first key. */
  readonly name: string;
  /** Of the key that signs now (RFC 7638): whoever checks a receipt compares it. */
  readonly thumbprint: string;
  readonly entries: number;
}

/** A message as the practice server received it. */
export interface PracticeMail {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  /** The whole message as it arrived, headers and all. */
  readonly source: string;
  readonly receivedAt: EpochMs;
}

/** Codes the account may still send in a rolling 24 hours. */
export interface SendsToday {
  readonly left: number;
  readonly allowed: number;
  /** When one more is left than now; null when none is spent. */
  readonly freesAt: EpochMs | null;
  /** The server said that the account has reached its own limit; other mail counts there too. */
  readonly limitSaid: boolean;
}

/** Something the owner must know, shown until dismissed or over. */
export type Notice =
  /** The records are older than the keychain remembers; nothing new before `until`. */
  | { readonly kind: 'records-restored'; readonly until: EpochMs }
  /** Records exist but the keychain has no key for them. */
  | { readonly kind: 'keys-gone'; readonly until: EpochMs }
  /** The entry with the owner's PIN was taken out of the keychain. */
  | { readonly kind: 'pin-removed'; readonly until: EpochMs }
  /** The records cannot be opened; nothing can start until they are put back, or removed in settings. */
  | { readonly kind: RecordsTrouble }
  /** A stored choice was none, and is as on the first day. */
  | { readonly kind: 'choices-reset' }
  /** The file with the account and the owner's choices was damaged: both are as on the first day. */
  | { readonly kind: 'settings-reset' }
  | { readonly kind: 'second-start' }
  /** Codes go out by another account since then; what was open ended. */
  | {
      readonly kind: 'account-changed';
      readonly since: EpochMs;
      readonly before: SignIn;
      readonly after: SignIn;
    }
  /** An installed program was started with Chromium's sandbox switched off. */
  | { readonly kind: 'unsandboxed' }
  | ({ readonly kind: 'newer-version' } & NewerVersion)
  /** An account was set up: a code to oneself shows that all of it works. Over with the first code that is sent. */
  | { readonly kind: 'account-saved'; readonly address: string };

export interface ReleasesView {
  /** Who is asked, if the owner chooses it. */
  readonly host: string;
  /** Where packages are fetched from. */
  readonly from: string;
  /** How a newer version would take the place of this copy. */
  readonly way: InstallWay;
  /** Null when none is known. */
  readonly newer: NewerVersion | null;
}

export interface DeskView {
  readonly version: string;
  /** Newer versions; null where the program knows of nobody to ask. */
  readonly releases: ReleasesView | null;
  readonly access: AccessView;
  /** Main's clock when this was made, so that a page never computes with its own. */
  readonly now: EpochMs;
  readonly practice: boolean;
  readonly screen: Screen;
  /** What recipients see as the sender, also in practice; null before set-up. */
  readonly businessName: string | null;
  readonly account: AccountView | null;
  readonly vault: VaultState;
  /** The owner chose "for this session only": the vault is memory until the program ends. */
  readonly sessionOnly: boolean;
  /**
   * The keychain can't be used, and records are here that need it: the ways on are to unlock it, or to begin anew without
   * them, which waits for a day.
   */
  readonly recordsKept: boolean;
  readonly draft: Draft;
  /** The address whose open verification ends when the draft is sent; null when nothing is replaced. */
  readonly replacing: string | null;
  /** The end that was on the screen last: it stays in sight until the next address is begun. */
  readonly answered: KnownRow | null;
  readonly shift: readonly ShiftRow[];
  readonly sends: SendsToday;
  readonly choices: Choices;
  readonly refused: Refused;
  readonly chance: GuessChance;
  readonly notices: readonly Notice[];
  /** Null while no records are open. */
  readonly journal: JournalView | null;
  /** The export that is being written; null when none is. */
  readonly task: ExportTask | null;
  /** Practice only: what arrived. Empty otherwise. */
  readonly practiceMails: readonly PracticeMail[];
}

/** The verdict on what has been typed into an address field so far. `delivery`: what RCPT TO would carry. */
export type AddressVerdict =
  | { readonly valid: false; readonly fault: AddressFault }
  | { readonly valid: true; readonly delivery: string };
