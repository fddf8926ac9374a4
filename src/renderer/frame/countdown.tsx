/**
 * @file How long it still is until a moment, "0:22". It alone is drawn anew each second, and not what it stands in.
 */
import { type EpochMs } from '../../shared/words.ts';
import { useClockText } from '../bridge.ts';
import { countdown } from '../i18n/time.ts';

export function Countdown({ until }: { readonly until: EpochMs }) {
  return <span ref={useClockText((now) => countdown(until - now))} />;
}
