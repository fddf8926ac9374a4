/** @file Judges the name of an owner or an operator: one line that fits into the keychain, and is no one else's. */
import { NAME_BYTES, type OperatorNameProblem } from '../../shared/access.ts';
import { fail, ok, type Result } from '../../shared/result.ts';

/** The name as it is kept: without spaces around it, and in one Unicode form. `others` have theirs already. */
export function judgeName(typed: string, others: readonly string[]): Result<string, OperatorNameProblem> {
  const because = (why: OperatorNameProblem['why']) => fail({ code: 'operator-name', why } as const);
  const name = typed.trim().normalize('NFC');
  if (name === '') return because('empty');
  // Also what turns a line around, or can't be seen: a record would show another name than it has.
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.test(name)) return because('control-character');
  if (Buffer.byteLength(name) > NAME_BYTES) return because('too-long');
  const same = (other: string) => other.toLowerCase() === name.toLowerCase();
  return others.some(same) ? because('taken') : ok(name);
}
