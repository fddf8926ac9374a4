/**
 * @file What one line of the rail says besides its address: a second line, a time, a colour. Pure.
 */
import { assertNever } from '../../shared/result.ts';
import { type ShiftRow } from '../../shared/desk-view.ts';
import { type EpochMs } from '../../shared/words.ts';
import { type Words } from '../i18n/i18n.ts';
import { requestShort } from '../i18n/phrases.tsx';
import { clockTime, countdown } from '../i18n/time.ts';

export interface RailText {
  readonly second: string;
  readonly time: string;
  readonly tone: 'plain' | 'yes' | 'wait' | 'no';
  /** The time is followed by a tick, which is also said in words. */
  readonly verified: boolean;
}

export function railText(t: Words, row: ShiftRow, now: EpochMs, language: string): RailText {
  const ended = clockTime(row.endedAt ?? row.expiresAt, language);
  const line = (second: string, time: string, tone: RailText['tone']): RailText => ({
    second,
    time,
    tone,
    verified: false,
  });
  switch (row.state) {
    case 'verified':
      return { ...line(requestShort(t, row.request), ended, 'yes'), verified: true };
    case 'expired':
      return undelivered(t, row, ended, line) ?? line(t('frame.rail.expired'), ended, 'plain');
    case 'locked':
      return line(t('frame.rail.locked'), ended, 'no');
    case 'cancelled':
      return line(t('frame.rail.cancelled'), ended, 'plain');
    case 'open':
      return open(t, row, countdown(row.expiresAt - now), line);
    default:
      return assertNever(row.state);
  }
}

/** It expired and its mail was never delivered: the second explains the first. */
function undelivered(
  t: Words,
  row: ShiftRow,
  ended: string,
  line: (second: string, time: string, tone: RailText['tone']) => RailText,
): RailText | null {
  if (row.delivery === 'refused' && row.sends === 0) return line(t('frame.rail.notSent'), ended, 'no');
  if (row.delivery !== 'returned') return null;
  return line(t(`frame.rail.returned.${row.returned ?? 'other'}`), ended, 'no');
}

function open(
  t: Words,
  row: ShiftRow,
  left: string,
  line: (second: string, time: string, tone: RailText['tone']) => RailText,
): RailText {
  switch (row.delivery) {
    case 'sending':
      return line(t('frame.rail.sending'), left, 'plain');
    case 'refused':
      // An earlier mail of it is out, and as good.
      return row.sends > 0
        ? line(requestShort(t, row.request), left, 'plain')
        : line(t('frame.rail.notSent'), left, 'no');
    case 'returned':
      return line(t(`frame.rail.returned.${row.returned ?? 'other'}`), left, 'no');
    case 'unknown':
    case 'interrupted':
      return line(t('frame.rail.maybe'), left, 'wait');
    case 'accepted':
      return line(requestShort(t, row.request), left, 'plain');
  }
}
