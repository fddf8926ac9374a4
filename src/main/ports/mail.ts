/**
 * @file The mail room as the other rooms see it: a letter and how it ended for the verification, lines and mailboxes
 * for the desk.
 */
import type { MailPreview, PracticeMail, SetupStep } from '../../shared/desk-view.ts';
import type { Result } from '../../shared/result.ts';
import type { Cause } from '../../shared/causes.ts';
import type { Choices, MessageChoice } from '../../shared/choices.ts';
import type {
  AccountForm,
  Authority,
  DeliveryProblem,
  EpochMs,
  Pause,
  ReturnReason,
  SendStage,
} from '../../shared/words.ts';
import type { Request } from '../../shared/request.ts';

/** One message to be carried: everything the composer needs. It lives in memory for the length of one send. */
export interface Letter {
  /** Also the start of the Message-ID's left half. */
  readonly verificationId: string;
  readonly messageId: string;
  readonly reference: string;
  /** The delivery address: RCPT TO and To: are exactly this. */
  readonly to: string;
  readonly code: string;
  readonly request: Request;
  /** What it may go out by, and by nothing else: `signInText` of its verification. */
  readonly signIn: string;
  readonly sentAt: EpochMs;
  readonly expiresAt: EpochMs;
}

/** How a send ended. There is no fourth way. */
export type Outcome =
  /** The server answered 250 to the data. */
  | { readonly state: 'accepted'; readonly tookMs: number }
  /** Nothing was accepted, for certain. */
  | { readonly state: 'refused'; readonly problem: DeliveryProblem }
  /** The line died after the data went out: it may have been accepted. */
  | { readonly state: 'unknown' };

export interface DeliverOptions {
  /** No attempt starts after this. */
  readonly notAfter: EpochMs;
  readonly signal: AbortSignal;
  /** `attempt` counts from 1. */
  readonly onStage: (stage: SendStage, attempt: number) => void;
  /** It waits before another attempt, and why. The next stage ends the pause. */
  readonly onPause?: (pause: Pause) => void;
  /** Called before the last byte of the message leaves, and waited for; when it fails nothing more is sent. */
  readonly onLeaving: () => Promise<void>;
}

/** Composes and carries a letter. Never rejects. */
export interface Post {
  deliver(letter: Letter, options: DeliverOptions): Promise<Outcome>;
}

/** A message that came back, as its delivery report names it. */
export interface ReturnedMessage {
  /** Its mark (message-id.ts). */
  readonly token: string;
  /** RFC 3463: "5.1.1"; null when the report gives none. */
  readonly status: string | null;
  readonly why: ReturnReason;
  /** The mailbox that the report is about; null when it does not say. */
  readonly recipient: string | null;
  /** The provider had put another Message-ID in the place of ours. */
  readonly renamed: boolean;
}

/** A courier for one account, with the composer in front of it. */
export interface Courier extends Post {
  /** Opens and authenticates ahead of the first send. Returns at once; failures show when something is sent. */
  readonly warm: () => void;
  /** Lets the connection go: the machine is going to sleep, or the desk is not used. */
  readonly rest: () => void;
  /** The network changed: what was open goes through one that may be gone, and is opened afresh. */
  readonly renew: () => void;
  readonly close: () => Promise<void>;
}

/** Gives the secret at the moment of signing in; null when there is none. */
export type SecretSource = () => Promise<string | null>;

/** How the removal of our messages from Sent ended. `trouble`: why it has to be tried again, if that can be said. */
export type Tidied = { readonly done: true } | { readonly done: false; readonly trouble: Cause | null };

export interface MailboxWatch {
  /** Hangs up. Calls back no more. */
  readonly close: () => void;
}

export interface Mail {
  /** `account` and `message` are asked at every send, so that a changed name or choice needs no new courier. */
  courierFor(account: () => AccountForm, secret: SecretSource, message: () => MessageChoice): Courier;
  /**
   * Connects, makes the line secure and signs in, and opens the mailbox if it is to be used; sends nothing. Good: with the
   * authorities that opened the connections and are not known to every computer; the form's owner has said yes to them.
   */
  probe(
    form: AccountForm,
    secret: string,
    options: { readonly signal: AbortSignal; readonly onStep: (step: SetupStep) => void },
  ): Promise<Result<readonly Authority[], { readonly step: SetupStep; readonly problem: DeliveryProblem }>>;
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
  ): MailboxWatch;
  /** Removes these messages of ours from Sent and Trash. Not done has to be tried again. Never rejects. */
  tidy(
    account: AccountForm,
    secret: SecretSource,
    messageIds: readonly string[],
    signal: AbortSignal,
  ): Promise<Tidied>;
}

/** What a preview is made of. `at`: the moment it would be sent. */
export interface PreviewOf {
  readonly account: Pick<AccountForm, 'address' | 'name'>;
  readonly choices: Choices;
  readonly at: EpochMs;
}

/** With the document that is shown in a frame. */
export interface PreviewedMail extends MailPreview {
  readonly html: string;
}

/** A mail as the practice server received it, with the document that is shown in a frame. */
export interface ReceivedMail extends PracticeMail {
  readonly html: string;
}

/** A mail room whose every message goes to a server on this computer that delivers to nobody. */
export interface PracticeRoom {
  readonly mail: Mail;
  /** Ends every conversation and the server. */
  readonly close: () => Promise<void>;
}
