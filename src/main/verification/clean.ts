/**
 * @file Makes a code out of what was typed or pasted, or says what is wrong with it. It judges form only,
 * never whether the code is right: an ill-formed one must not spend a guess.
 */
import { readCode } from '../../shared/code-text.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { CodeProblem } from '../../shared/words.ts';
import type { Code } from './code.ts';

export function cleanCode(typed: string, wanted: number): Result<Code, CodeProblem> {
  const code = readCode(typed, wanted);
  // Exactly `wanted` ASCII digits: what the brand promises.
  return code.ok ? ok(code.value as Code) : code;
}
