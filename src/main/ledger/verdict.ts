/**
 * @file Whether a guess was right, as it follows from the step that announced it: so one step in the vault is enough for a
 * right guess, and a crash after it loses neither the charge nor the success.
 */
import type { Step } from './anchor.ts';
import { verify } from './changes.ts';
import type { KeySet } from './keyring.ts';
import type { Opened } from './opened.ts';

type Guess = Extract<Step, { kind: 'guess' }>;

/** What was typed, as the step says it: it can be compared by the holder of the keys, and read by no one. */
export const typedHash = (keys: KeySet, id: string, ordinal: number, code: string): string =>
  keys.hash('guess', [id, ordinal, code].join('\0'));

/** Writes down that the guess of this step was right, if it was and nothing says so yet. The guess is charged by now. */
export function settleVerdict(
  { records, keys, codeOf }: Pick<Opened, 'records' | 'keys' | 'codeOf'>,
  { id, ordinal, typed, now }: Guess,
): void {
  const row = records.verification(id);
  if (row?.state !== 'open' || row.guessesUsed !== ordinal) return;
  if (typedHash(keys, id, ordinal, codeOf(keys, row)) === typed) verify(records, id, ordinal, now);
}
