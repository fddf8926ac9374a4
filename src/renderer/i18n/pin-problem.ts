/** @file What is said of a PIN that was refused: looked at and wrong, or not looked at yet. */
import { type EntryProblem } from '../../shared/access.ts';
import { type Words } from './i18n.ts';
import { exactTime } from './time.ts';

type PinProblem = Extract<EntryProblem, { code: 'wrong-pin' | 'pin-waits' }>;

export function pinProblemText(t: Words, { code, waitsUntil }: PinProblem, language: string): string {
  if (waitsUntil === null) return t('access.wrong');
  return t(code === 'wrong-pin' ? 'access.wrongWait' : 'access.waits', {
    time: exactTime(waitsUntil, language),
  });
}
