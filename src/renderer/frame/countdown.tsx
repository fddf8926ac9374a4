/**
 * @file How long it still is until a moment, "20 secs". It alone is drawn anew when that changes, and not what it stands in.
 */
import { type EpochMs } from '../../shared/words.ts';
import { useClock } from '../bridge.ts';
import { i18n } from '../i18n/i18n.ts';
import { shownWait, timeLeft } from '../i18n/time.ts';

export function Countdown({ until }: { readonly until: EpochMs }) {
  const wait = useClock((now) => shownWait(until - now));
  return timeLeft(wait, i18n.language);
}
