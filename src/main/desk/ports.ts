/**
 * @file What the desk needs from the world. The composition root gives it; nothing here knows Electron, SMTP,
 * SQLite or a keychain.
 */
import type { DeskView, PracticeMail, SetupStep } from '../../shared/desk-view.ts';
import type { OutsidePage } from '../../shared/contract.ts';
import type { Result } from '../../shared/result.ts';
import type {
  AccountForm,
  AddressHint,
  Cause,
  DeliveryProblem,
  EpochMs,
  MessageChoice,
  Policy,
  RecordsTrouble,
} from '../../shared/words.ts';
import type { ParsedAddress } from '../address/address.ts';
import type { Clock, Post, Settings, Timers, Vault, VaultTrouble } from '../verification/ports.ts';
import type { ReturnedMessage } from '../verification/returns.ts';
import type { Verifier } from '../verification/verifier.ts';

/** A courier for one account, with the composer in front of it. */
export interface Line extends Post {
  /** Opens and authenticates ahead of the first send. Returns at once; failures show when something is sent. */
  readonly warm: () => void;
  /** Lets the connection go: the machine is going to sleep, or nobody is at the desk. */
  readonly rest: () => void;
  /** The network changed: what was open goes through one that may be gone, and is opened afresh. */
  readonly renew: () => void;
  readonly close: () => Promise<void>;
}

/** Gives the secret at the moment of signing in; null when there is none. */
export type SecretSource = () => Promise<string | null>;

export interface Mail {
  /** `account` and `message` are asked at every send, so that a changed name or choice needs no new line. */
  lineFor(account: () => AccountForm, secret: SecretSource, message: () => MessageChoice): Line;
  /** Connects, makes the line secure and signs in, and opens the mailbox if it is to be used; sends nothing. */
  probe(
    form: AccountForm,
    secret: string,
    options: { readonly signal: AbortSignal; readonly onStep: (step: SetupStep) => void },
  ): Promise<Result<null, { readonly step: SetupStep; readonly problem: DeliveryProblem }>>;
  /** Looks for delivery reports that came to the account's inbox after `since`, until closed; tries again by itself. */
  watch(
    account: AccountForm,
    secret: SecretSource,
    since: EpochMs,
    on: {
      readonly returned: (message: ReturnedMessage) => void;
      /** The mailbox is open (null), or why it could not be opened. */
      readonly trouble: (cause: Cause | null) => void;
    },
  ): { readonly close: () => void };
  /** Removes these messages of ours from Sent and Trash. Not done has to be tried again. Never rejects. */
  tidy(
    account: AccountForm,
    secret: SecretSource,
    messageIds: readonly string[],
    signal: AbortSignal,
  ): Promise<{ readonly done: true } | { readonly done: false; readonly trouble: Cause | null }>;
  /** Starts the practice server and a line to it. */
  practice(
    businessName: string,
    message: () => MessageChoice,
    onMail: (mail: PracticeMail) => void,
  ): Promise<{ readonly line: Line; readonly close: () => Promise<void> }>;
}

/** Which records a verifier works on. `session`: memory only, nothing on disk. */
export type RecordsKind = 'desk' | 'session' | 'practice';

export interface VerifierNeeds {
  readonly kind: RecordsKind;
  readonly vault: Vault;
  readonly post: Post;
  /** The canonical address of the sending account, for its budget. */
  readonly sender: () => string | null;
  readonly policy: Policy;
  readonly onChange: () => void;
}

/** Why no verifier could be opened. */
export type OpeningProblem =
  { readonly code: 'vault'; readonly state: VaultTrouble } | { readonly code: RecordsTrouble };

export interface DeskPorts {
  readonly version: string;
  readonly settings: Settings;
  readonly keychain: Vault;
  /** A new vault in memory. */
  readonly memoryVault: () => Vault;
  readonly mail: Mail;
  readonly openVerifier: (needs: VerifierNeeds) => Promise<Result<Verifier, OpeningProblem>>;
  /** Deletes the files of these records; the verifier on them must be closed. */
  readonly removeRecords: (kind: RecordsKind) => void;
  /** Asks DNS whether the domain takes mail at all; null when it does, or when nobody knows. */
  readonly mailServerHint: (address: ParsedAddress) => Promise<AddressHint | null>;
  readonly openOutside: (page: OutsidePage) => void;
  readonly clock: Clock;
  readonly timers: Timers;
  /** Called with every new view. */
  readonly publish: (view: DeskView) => void;
  /** Something failed that nobody waits for. For the log. */
  readonly report: (error: unknown) => void;
}
