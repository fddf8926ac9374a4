/**
 * @file What the domain needs from the world, as small interfaces. Adapters in mail/, vault/, store/ and shell/
 * implement them; the composition root joins them. Nothing here knows Electron, SQLite, SMTP or a keychain.
 */
import type { Result } from '../../shared/result.ts';
import type {
  AccountForm,
  DeliveryProblem,
  EpochMs,
  MessageChoice,
  Pause,
  Policy,
  Request,
  SendStage,
  VaultState,
} from '../../shared/words.ts';

/** Two clocks: what people see, and what nobody can set. */
export interface Clock {
  /** Wall clock. */
  wall(): EpochMs;
  /** Milliseconds from an arbitrary point; never goes back, not settable; need not advance while asleep. */
  monotonic(): number;
}

/** One-shot timers, so that pure rooms never touch the global ones. */
export interface Timers {
  /** Calls back once after `ms`; returns the way to call it off. */
  after(ms: number, callback: () => void): () => void;
}

export interface Random {
  /** `length` bytes from the operating system's CSPRNG. */
  bytes(length: number): Uint8Array;
}

export type VaultTrouble = Exclude<VaultState, 'available'>;
/** The names of what the vault keeps. `practice` uses a vault of its own, in memory. */
export type VaultItem = 'app-password' | 'keys' | 'anchor';

/** The OS keychain (or memory, "for this session only") behind four calls. Values are at most 2,000 ASCII characters. */
export interface Vault {
  /** Looks afresh; never prompts for longer than its own time-out. */
  state(): Promise<VaultState>;
  read(item: VaultItem): Promise<Result<string | null, VaultTrouble>>;
  write(item: VaultItem, value: string): Promise<Result<null, VaultTrouble>>;
  remove(item: VaultItem): Promise<Result<null, VaultTrouble>>;
}

/** What the owner chose, without any secret. Kept in a file; a missing or damaged value reads as its default. */
export interface Settings {
  /** The file was damaged when it was opened, and an empty one is in its place. */
  readonly replaced: boolean;
  account(): AccountForm | null;
  setAccount(form: AccountForm | null): void;
  /** `reset`: what was stored was out of range, and the defaults stand in for it. */
  policy(): { readonly policy: Policy; readonly reset: boolean };
  setPolicy(policy: Policy): void;
  message(): MessageChoice;
  setMessage(choice: MessageChoice): void;
  removeAll(): void;
}

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

/** Composes and carries a letter. Never rejects. */
export interface Post {
  deliver(
    letter: Letter,
    options: {
      /** No attempt starts after this. */
      readonly notAfter: EpochMs;
      readonly signal: AbortSignal;
      /** `attempt` counts from 1. */
      readonly onStage: (stage: SendStage, attempt: number) => void;
      /** It waits before another attempt, and why. The next stage ends the pause. */
      readonly onPause?: (pause: Pause) => void;
    },
  ): Promise<Outcome>;
}
