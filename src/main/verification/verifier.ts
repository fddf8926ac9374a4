/**
 * @file The verifier: the life of every verification, behind one interface. No code and no key ever leaves
 * through it except in a letter.
 */
import type { CheckOutcome, CheckProblem, StartReceipt } from '../../shared/problems.ts';
import type { JournalView, Notice, SendsToday, ShiftRow, VerificationView } from '../../shared/desk-view.ts';
import type { CaseNote } from '../../shared/history.ts';
import type { Result } from '../../shared/result.ts';
import type { EpochMs, SignIn } from '../../shared/words.ts';
import type { Policy } from '../../shared/choices.ts';
import type { Request } from '../../shared/request.ts';
import type { ParsedAddress } from '../address/address.ts';
import type { Vault, VaultProblem } from '../ports/vault.ts';
import type { Clock, Timers } from '../ports/clock.ts';
import type { Post, ReturnedMessage } from '../ports/mail.ts';
import type { Random } from '../ports/random.ts';
import type { Moment } from '../ledger/clocks.ts';
import type { RecordsFile } from '../ports/records.ts';
import type { Sender } from './core.ts';
import type { EraseRefusal } from './erasing.ts';
import type { History } from './history.ts';
import type { ResendRefusal, StartInput, StartRefusal } from './sending.ts';

/** What was asked for. */
export interface VerificationRecord {
  /** The address as it was typed. */
  readonly entered: string;
  /** What RCPT TO carries. */
  readonly delivery: string;
  readonly request: Request;
  readonly caseNote: CaseNote;
}

export interface Verifier {
  /** Whether the file could be read through; nothing is spent before that is known, or in one that is damaged. */
  readonly whole: Promise<boolean>;
  /** Returns once the verification is written; its mail goes on in the background and shows through `onChange`. */
  start(input: StartInput): Promise<Result<StartReceipt, StartRefusal>>;
  /** Judges what was typed. An ill-formed code spends no guess. */
  check(id: string, typed: string): Promise<Result<CheckOutcome, CheckProblem>>;
  /** Sends the same code once more: same expiry, same guesses. */
  resend(id: string): Promise<Result<null, ResendRefusal>>;
  /** A delivery report named this message; false when it is none of ours, or not one that this changes. */
  returned(message: ReturnedMessage): Promise<boolean>;
  /** What is kept, to be searched and told. */
  readonly history: History;
  /** One look at the clocks. What is asked for at the same moment fits together; by default it is asked for now. */
  look(): Moment;
  /** Without hints: the desk adds them. Null also for one that can't be read. */
  get(id: string, at?: Moment): VerificationView | null;
  /** What is needed to start it again. */
  recordOf(id: string): VerificationRecord | null;
  /** What was opened in the last twelve hours, newest first, at most fifty. */
  shift(at?: Moment): readonly ShiftRow[];
  /** Ended verifications whose messages are still to be removed from Sent, newest first, at most fifty. */
  untidied(): readonly { readonly id: string; readonly messageIds: readonly string[] }[];
  /** Their messages were looked for in Sent, and are not there any more. */
  tidied(ids: readonly string[]): Promise<void>;
  sends(at?: Moment): SendsToday;
  notices(at?: Moment): readonly Notice[];
  /** Another account may be in use. What was sent by the one before ends, and the change is recorded. */
  accountChanged(): Promise<void>;
  /** The owner changed the policy: the journal has an entry of it. */
  policyChanged(): Promise<void>;
  /** Who may work at the desk was changed: the journal has an entry of it. */
  operatorsChanged(): Promise<void>;
  /** Takes away what names this address, and ends what is open for it. Answers how many records went. */
  erase(address: ParsedAddress): Promise<Result<number, EraseRefusal>>;
  /** Deletes at once what is kept too long, because the owner shortened the time. */
  forgetDue(): Promise<void>;
  /** From the next entry on another key signs, which an entry by this one introduces. */
  changeKey(): Promise<Result<null, VaultProblem>>;
  /** The journal by its name, the thumbprint of the key that signs now, and how many entries it has. */
  journal(): JournalView;
  /** Whether anything was ever spent in these records. */
  isUsed(): boolean;
  /** How many are open that another sign-in than this would end. */
  openBesides(signIn: SignIn, at?: Moment): number;
  /** The machine was asleep. */
  resumed(): void;
  /**
   * Ends what is due. Answers when, on {@link Moment.now}, to call again: at the next moment at which something ends, is free
   * again or leaves the rail, and within the hour.
   */
  sweep(at?: Moment): EpochMs;
  /** Calls off what is being sent, waits for the writer and closes the records. */
  close(): Promise<void>;
}

export interface VerifierParts {
  /** What was spent before is not known: new records wait for a day. */
  readonly waits: boolean;
  /** The verifier's from here on: it closes them, also when opening fails. */
  readonly file: RecordsFile;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly timers: Timers;
  readonly post: Post;
  /** The account that messages go out by; null while there is none. */
  readonly sender: () => Sender | null;
  /** Written into every record: it was practice, and proves nothing. */
  readonly practice: boolean;
  /** Who is at the desk; null where there are no operators. */
  readonly operator: () => string | null;
  /** The program and its version, for the journal. */
  readonly app: string;
  /** As it holds now: digits, minutes and guesses for what is opened from now on, the daily limits at once. */
  readonly policy: () => Policy;
  /** For how many days an ended verification is kept. */
  readonly keepDays: () => number;
  readonly onChange: () => void;
  /** The file turned out to be damaged: nothing more can be spent in it, and it is to be closed. */
  readonly onDamaged: () => void;
  /** Something failed in the background: a full disk, say. For the log. */
  readonly report: (error: unknown) => void;
}
