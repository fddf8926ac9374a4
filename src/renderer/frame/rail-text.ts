/**
 * @file The rows of the rail in their groups, and what a row says besides its address and its time. Pure.
 */
import { assertNever } from '../../shared/result.ts';
import { type KnownRow, type ShiftRow } from '../../shared/desk-view.ts';
import { isBack, type EpochMs, type ReturnReason } from '../../shared/words.ts';
import { type Words } from '../i18n/i18n.ts';
import { requestShort } from '../i18n/phrases.tsx';

/** When it ended. When one that can't be read did is not known: it stands where it was opened. */
export const endOf = (row: ShiftRow): EpochMs =>
  row.state === 'unreadable' ? row.openedAt : (row.endedAt ?? row.expiresAt);

/** Open ones first, each group newest first. */
export function railGroups(shift: readonly ShiftRow[]): {
  readonly open: readonly ShiftRow[];
  readonly ended: readonly ShiftRow[];
} {
  return {
    open: shift.filter(({ state }) => state === 'open').toSorted((a, b) => b.openedAt - a.openedAt),
    ended: shift.filter(({ state }) => state !== 'open').toSorted((a, b) => endOf(b) - endOf(a)),
  };
}

export interface RailText {
  readonly second: string;
  readonly tone: 'plain' | 'yes' | 'wait' | 'no';
  /** The time is followed by a tick, which is also said in words. */
  readonly verified: boolean;
}

const line = (second: string, tone: RailText['tone']): RailText => ({ second, tone, verified: false });

export function railText(t: Words, row: ShiftRow): RailText {
  switch (row.state) {
    case 'unreadable':
      return line(t('frame.rail.unreadableWhy'), 'no');
    case 'verified':
      return { ...line(requestShort(t, row.request), 'yes'), verified: true };
    case 'expired':
      return undelivered(t, row) ?? line(t('frame.rail.expired'), 'plain');
    case 'locked':
      return line(t('frame.rail.locked'), 'no');
    case 'cancelled':
      return line(t('frame.rail.cancelled'), 'plain');
    case 'open':
      return open(t, row);
    default:
      return assertNever(row);
  }
}

/** It expired and its mail was never delivered: the second explains the first. */
function undelivered(t: Words, row: KnownRow): RailText | null {
  if (row.delivery === 'refused' && row.sends === 0) return line(t('frame.rail.notSent'), 'no');
  return row.delivery === 'returned' ? returned(t, row.returned ?? 'other') : null;
}

const returned = (t: Words, why: ReturnReason): RailText =>
  line(t(`frame.rail.returned.${why}`), isBack(why) ? 'no' : 'wait');

function open(t: Words, row: KnownRow): RailText {
  switch (row.delivery) {
    case 'sending':
      return line(t('frame.rail.sending'), 'plain');
    case 'refused':
      // An earlier mail of it is out, and as good.
      return row.sends > 0
        ? line(requestShort(t, row.request), 'plain')
        : line(t('frame.rail.notSent'), 'no');
    case 'returned':
      return returned(t, row.returned ?? 'other');
    case 'unknown':
    case 'interrupted':
      return line(t('frame.rail.maybe'), 'wait');
    case 'accepted':
      return line(requestShort(t, row.request), 'plain');
    default:
      return assertNever(row.delivery);
  }
}
