/**
 * @file What becomes of the slots when something is typed or pasted into them. A digit that is corrected, or put in from
 * the middle, never has the code judged by itself: only the last one does, at the end. Pure.
 */
import { readCode, readDigits } from '../../shared/code-text.ts';
import { type CodeProblem } from '../../shared/words.ts';

/** The digits, and which of them are selected: from `start` up to and without `end`, or the caret where both are one. */
export interface Slots {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
}

export type Edit =
  /** `complete`: it came to its end with this, and is to be judged. */
  | { readonly kind: 'taken'; readonly slots: Slots; readonly complete: boolean }
  /** The slots stay as they are. */
  | { readonly kind: 'refused'; readonly problem: CodeProblem }
  | { readonly kind: 'nothing' };

export const NO_DIGITS: Slots = { digits: '', start: 0, end: 0 };

const caretAt = (digits: string, at: number): Slots => ({ digits, start: at, end: at });

/** `text`: a key, a paste, or what an input method has committed. */
export function entered(before: Slots, text: string, wanted: number): Edit {
  const { digits, start, end } = before;
  const typed = readDigits(text, wanted);
  // A whole code, alone or in its sentence, takes the place of what is there.
  if (typed === null || typed.count > 1) {
    const code = readCode(text, wanted);
    if (code.ok) return { kind: 'taken', slots: caretAt(code.value, wanted), complete: true };
    if (typed === null || typed.count > wanted) return { kind: 'refused', problem: code.problem };
  }
  if (typed.count === 0) return { kind: 'nothing' };
  if (start === end && start === digits.length) return appended(digits, typed.digits, wanted);
  return corrected(before, typed.digits, wanted, end);
}

function appended(digits: string, added: string, wanted: number): Edit {
  const all = digits + added;
  if (all.length > wanted) {
    // A seventh digit is one too many in the hand; several are a paste that does not belong to what is there.
    return added.length === 1
      ? { kind: 'nothing' }
      : { kind: 'refused', problem: { kind: 'too-long', digits: all.length, wanted } };
  }
  return { kind: 'taken', slots: caretAt(all, all.length), complete: all.length === wanted };
}

function corrected({ digits, start }: Slots, added: string, wanted: number, end: number): Edit {
  // With no room for one more, the digit at the caret is typed over.
  const room = wanted - digits.length + (end - start);
  const until = Math.min(digits.length, end + Math.max(0, added.length - room));
  const all = digits.slice(0, start) + added + digits.slice(until);
  if (all.length > wanted)
    return { kind: 'refused', problem: { kind: 'too-long', digits: all.length, wanted } };
  const at = start + added.length;
  // Typing over a selected digit goes on with the next one.
  const next = end > start && at < all.length ? at + 1 : at;
  return { kind: 'taken', slots: { digits: all, start: at, end: next }, complete: false };
}

/** How the slots are grouped, so that six digits read "409 313": the first group is the longer one. */
export const firstGroup = (length: number): number => Math.ceil(length / 2);
