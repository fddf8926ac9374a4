/** @file One line about a verification, to be pasted into a ticket. */
import type { RecordView } from '../../shared/history.ts';
import { detailOf, isKnownPurpose, type KnownPurpose, type Request } from '../../shared/request.ts';
import type { VerificationState } from '../../shared/words.ts';
import { timeWithOffset } from '../journal/entry.ts';
import type { Clock } from '../ports/clock.ts';

/** The words it is made of, in the language of the interface. */
export interface LineWords {
  readonly practice: string;
  readonly state: Readonly<Record<VerificationState, string>>;
  readonly purpose: Readonly<Record<KnownPurpose, string>>;
}

/** "Verified mia@example.com · Registration · 2026-11-25 17:38 UTC+01:00 · MD-SQHG-5J · Anna" */
export function ticketLine(
  record: RecordView,
  { practice, state, purpose }: LineWords,
  clock: Pick<Clock, 'offset'>,
): string {
  const { request, operator } = record;
  const at = record.endedAt ?? record.openedAt;
  const time = timeWithOffset(at, clock.offset(at));
  return [
    ...(record.practice ? [practice] : []),
    `${state[record.state]} ${record.sentTo}`,
    purposeOf(request, purpose),
    `${time.slice(0, 10)} ${time.slice(11, 16)} UTC${time.slice(19)}`,
    record.reference,
    ...(operator === null ? [] : [operator]),
  ].join(' · ');
}

/** The desk's own words, where there are some. */
function purposeOf(request: Request, words: LineWords['purpose']): string {
  if (!isKnownPurpose(request.purpose)) return request.purpose;
  const what = request.purpose === 'other' ? detailOf(request, 'what') : '';
  return what === '' ? words[request.purpose] : what;
}
