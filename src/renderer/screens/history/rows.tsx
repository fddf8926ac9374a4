/**
 * @file What was found, by day, newest first. The arrow keys go from row to row, Enter opens one; each row says all it
 * shows, so that it needs no table around it.
 */
import { memo, useMemo, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type FoundRow, type HistoryRow } from '../../../shared/history.ts';
import { bridge } from '../../bridge.ts';
import { type Words } from '../../i18n/i18n.ts';
import { requestShort } from '../../i18n/phrases.tsx';
import { clockTime } from '../../i18n/time.ts';
import { AddressLine } from '../../ui/address-text.tsx';
import { Icon } from '../../ui/icon.tsx';

interface RowsProps {
  readonly rows: readonly HistoryRow[];
  /** Which one is open beside the list. */
  readonly opened: string | null;
}

export function Rows({ rows, opened }: RowsProps) {
  const { t, i18n } = useTranslation();
  const days = useMemo(() => byDay(rows, i18n.language), [rows, i18n.language]);
  return (
    <div className="history-rows" onKeyDown={moveAmongRows}>
      <div className="history-columns history-row" aria-hidden="true">
        {(['time', 'address', 'for', 'ticket', 'by', 'result'] as const).map((column) => (
          <span key={column}>{t(`history.columns.${column}`)}</span>
        ))}
      </div>
      {days.map(([day, ofDay]) => (
        <section key={day} aria-label={day}>
          <h2 className="history-day">{day}</h2>
          <ul>
            {ofDay.map((row) => (
              <li key={row.id}>
                {row.state === 'unreadable' ? (
                  <p className="history-row">
                    <span>{clockTime(row.openedAt, i18n.language)}</span>
                    <span className="history-unreadable">{t('history.unreadable')}</span>
                  </p>
                ) : (
                  <Line row={row} opened={row.id === opened} />
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

function byDay(
  rows: readonly HistoryRow[],
  language: string,
): readonly (readonly [string, readonly HistoryRow[]])[] {
  const name = new Intl.DateTimeFormat(language, {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    year: 'numeric',
  });
  const days = new Map<string, HistoryRow[]>();
  for (const row of rows) {
    const day = name.format(row.openedAt);
    const earlier = days.get(day);
    if (earlier === undefined) days.set(day, [row]);
    else earlier.push(row);
  }
  return [...days];
}

/** What a row says of how it went, and its tone. */
function resultOf(
  t: Words,
  { state, delivery }: FoundRow,
): readonly [string, 'yes' | 'no' | 'wait' | 'plain'] {
  if (state === 'verified') return [t('history.states.verified'), 'yes'];
  if (delivery === 'returned' || delivery === 'refused') return [t('history.notDelivered'), 'wait'];
  return [t(`history.states.${state}`), state === 'locked' ? 'no' : 'plain'];
}

const Line = memo(function Line({ row, opened }: { readonly row: FoundRow; readonly opened: boolean }) {
  const { t, i18n } = useTranslation();
  const [result, tone] = resultOf(t, row);
  return (
    <button
      type="button"
      className="history-row"
      data-id={row.id}
      aria-current={opened || undefined}
      onClick={() => void bridge.history.show({ id: row.id })}
    >
      <span className="history-time">{clockTime(row.openedAt, i18n.language)}</span>
      <span className="history-address" title={row.sentTo}>
        <AddressLine address={row.sentTo} />
      </span>
      <span>{requestShort(t, row.request)}</span>
      <span>
        <bdi>{row.ticket}</bdi>
      </span>
      <span>
        <bdi>{row.operator ?? ''}</bdi>
      </span>
      <span className="history-result" data-tone={tone}>
        {tone === 'yes' && <Icon name="check" />}
        {result}
      </span>
    </button>
  );
});

function moveAmongRows(event: KeyboardEvent<HTMLElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('button.history-row')];
  const at = rows.findIndex((row) => row === document.activeElement);
  const places: Readonly<Record<string, number>> = {
    ...{ ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 },
    ...{ PageDown: at + 10, PageUp: at - 10 },
  };
  const to = places[event.key];
  if (at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(to, rows.length - 1))]?.focus();
}
