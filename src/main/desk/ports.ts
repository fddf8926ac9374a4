/**
 * @file What the desk needs from the world. The composition root gives it; nothing here knows Electron, SMTP,
 * SQLite or a keychain.
 */
import type { DeskView } from '../../shared/desk-view.ts';
import type { ServerSearch } from '../../shared/mail-servers.ts';
import type { OutsidePage } from '../../shared/contract.ts';
import type { Result } from '../../shared/result.ts';
import type { RecordsTrouble } from '../../shared/words.ts';
import type { Policy } from '../../shared/choices.ts';
import type { TakesMail } from '../address/mail-domain.ts';
import type { Clock, Timers } from '../ports/clock.ts';
import type { News } from './news.ts';
import type { Files, Paper } from '../ports/files.ts';
import type { Mail, Post, PreviewedMail, PreviewOf } from '../ports/mail.ts';
import type { Releases } from '../ports/releases.ts';
import type { Random } from '../ports/random.ts';
import type { Settings } from '../ports/settings.ts';
import type { Vault, VaultProblem } from '../ports/vault.ts';
import type { Sender } from '../verification/core.ts';
import type { Verifier } from '../verification/verifier.ts';
import type { LineWords } from './ticket-line.ts';

/** Which records a verifier works on. `session`: memory only, nothing on disk. */
export type RecordsKind = 'desk' | 'session' | 'practice';

export interface VerifierNeeds {
  readonly kind: RecordsKind;
  /** What was spent before is not known. */
  readonly waits: boolean;
  readonly vault: Vault;
  readonly post: Post;
  /** The account that messages go out by. */
  readonly sender: () => Sender | null;
  readonly policy: () => Policy;
  /** Who is at the desk; null where there are no operators. */
  readonly operator: () => string | null;
  readonly keepDays: () => number;
  readonly onChange: () => void;
  readonly onDamaged: () => void;
}

/** Why no verifier could be opened. */
export type OpeningProblem = VaultProblem | { readonly code: RecordsTrouble };

export interface DeskPorts {
  readonly version: string;
  readonly settings: Settings;
  readonly keychain: Vault;
  /** A new vault in memory. */
  readonly memoryVault: () => Vault;
  readonly mail: Mail;
  /** The message as it would be sent; nothing is. */
  readonly previewMail: (of: PreviewOf) => PreviewedMail;
  readonly openVerifier: (needs: VerifierNeeds) => Promise<Result<Verifier, OpeningProblem>>;
  /** Deletes the files of these records; the verifier on them must be closed. */
  readonly removeRecords: () => void;
  /** Whether there are records on the disk in which something was spent, or that can't be read. No verifier has them open. */
  readonly recordsUsed: () => boolean;
  /** Asks DNS whether a domain, in its ASCII form, takes mail. */
  readonly takesMail: (domain: string) => Promise<TakesMail>;
  /** Looks for the servers of an account's own domain, in its ASCII form; asks DNS and the domain's web server. */
  readonly findServers: (domain: string) => Promise<ServerSearch>;
  /** Null where there is nobody to ask. */
  readonly releases: Releases | null;
  readonly openOutside: (page: OutsidePage) => void;
  /** Something happened by itself to the verification `id`: it is worth looking up for. */
  readonly attract: (news: News, id: string) => void;
  /** This is practice's desk: what leaves the program says so. */
  readonly practice: boolean;
  readonly files: Files;
  readonly paper: Paper;
  /** Puts a text on the clipboard. */
  readonly copy: (text: string) => Promise<void>;
  readonly lineWords: LineWords;
  readonly clock: Clock;
  readonly random: Random;
  readonly timers: Timers;
  /** Called with every new view. */
  readonly publish: (view: DeskView) => void;
  /** Something failed in the background. For the log. */
  readonly report: (error: unknown) => void;
}
