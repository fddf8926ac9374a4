/**
 * @file What happened at the desk without a press, and is worth looking up for: a mail that came back or was
 * not sent, a code that expired. It says what kind of thing it was, and never whom it is about.
 */
import type { KnownRow, ShiftRow } from '../../shared/desk-view.ts';
import { isBack } from '../../shared/words.ts';
import type { DeskCore } from './core.ts';

export type News = 'not-delivered' | 'not-sent' | 'expired';

/** Compares the desk with what it was at the last change; called with every change. */
export function createNews({ state, ports }: DeskCore): () => void {
  let station = state.station;
  let last = new Map<string, ShiftRow>();
  return () => {
    const rows = state.station?.verifier.shift() ?? [];
    // Another station's records are no change of this one's.
    const same = state.station === station;
    for (const row of same ? rows : []) {
      const before = last.get(row.id);
      const news = before === undefined ? null : newsOf(before, row);
      if (news !== null) ports.attract(news, row.id);
    }
    station = state.station;
    last = new Map(rows.map((row) => [row.id, row]));
  };
}

const cameBack = ({ delivery, returned }: KnownRow): boolean =>
  delivery === 'returned' && isBack(returned ?? 'other');

function newsOf(before: ShiftRow, now: ShiftRow): News | null {
  // One that was changed in its file says nothing; the rail shows it as that.
  if (before.state === 'unreadable' || now.state === 'unreadable') return null;
  if (!cameBack(before) && cameBack(now)) return 'not-delivered';
  if (before.delivery === 'sending' && now.delivery === 'refused') return 'not-sent';
  return before.state === 'open' && now.state === 'expired' ? 'expired' : null;
}
