/** @file Files and paper, as the desk hands something out of the program: where the person says, and nowhere else. */
import type { Result } from '../../shared/result.ts';

/** Why a file could not be written; nothing of it is left. */
export type FileTrouble = 'full' | 'denied' | 'other';

export interface Files {
  /** Asks the person where a file is to be saved; null when they call it off. */
  ask(suggested: string): Promise<string | null>;
  /**
   * Writes a file that its owner alone can read, whole or not at all: what was there before stays until the last piece is on
   * the disk. `signal` calls it off between two pieces.
   */
  write(
    path: string,
    pieces: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
    signal: AbortSignal,
  ): Promise<Result<null, FileTrouble | 'called-off'>>;
}

/** The page as it prints. */
export interface Paper {
  /** One A4 or Letter document in PDF. */
  pdf(): Promise<Uint8Array>;
  /** Opens the system's own print dialog; false when it is closed without printing. */
  print(): Promise<boolean>;
}
