/**
 * @file The rail: the open verifications on top, below them the ended ones of this shift. A list, and never a
 * suggestion: the address field offers no earlier customer.
 */
import { memo, useCallback, useId, useMemo, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type ShiftRow } from '../../shared/desk-view.ts';
import { bridge, useClock, useView } from '../bridge.ts';
import { AddressLine } from '../ui/address-text.tsx';
import { Icon } from '../ui/icon.tsx';
import { clockTime, MINUTE, shownLeft, timeLeft } from '../i18n/time.ts';
import { KEYS } from '../../shared/keys.ts';
import { ariaOf, focusScreen, newVerification, printed } from './keys.ts';
import { railGroups, railText } from './rail-text.ts';
import './rail.css';

export function Rail() {
  const { t } = useTranslation();
  const { shift, screen } = useView();
  const list = useId();
  // Only narrow windows fold the list away (rail.css); it starts folded there.
  const [unfolded, setUnfolded] = useState(false);
  const current = screen.at === 'verification' ? screen.verification.id : null;
  const { open, ended } = useMemo(() => railGroups(shift), [shift]);
  // One and the same with every push, or each would draw all rows anew.
  const shown = useCallback(
    (id: string) => {
      // Folded away, the row that has the focus would take it along.
      if (unfolded && id === current) focusScreen();
      setUnfolded(false);
    },
    [unfolded, current],
  );

  return (
    <nav
      className="rail"
      aria-label={t('frame.rail.title')}
      data-unfolded={unfolded || undefined}
      onKeyDown={moveAmongRows}
    >
      <div className="rail-head">
        <button
          type="button"
          className="row row-new"
          aria-current={screen.at === 'address' ? 'page' : undefined}
          aria-keyshortcuts={ariaOf(KEYS.next)}
          onClick={() => void newVerification()}
        >
          <span className="row-first">{t('frame.rail.next')}</span>
          <kbd className="row-time" aria-hidden="true">
            {printed(KEYS.next)}
          </kbd>
        </button>
        <button
          type="button"
          className="rail-toggle"
          aria-expanded={unfolded}
          aria-controls={list}
          onClick={() => setUnfolded(!unfolded)}
        >
          <Icon name="list" />
          {t('frame.rail.toggle', { count: shift.length })}
        </button>
      </div>
      <div className="rail-list" id={list}>
        <RailGroup title={t('frame.rail.open')} rows={open} current={current} onShown={shown} />
        <RailGroup title={t('frame.rail.ended')} rows={ended} current={current} onShown={shown} />
      </div>
      {shift.length === 0 && <p className="rail-empty">{t('frame.rail.empty')}</p>}
    </nav>
  );
}

/** The arrow keys go from row to row, beside the Tab key. */
function moveAmongRows(event: KeyboardEvent<HTMLElement>): void {
  const rows = [...event.currentTarget.querySelectorAll<HTMLElement>('.row')].filter(
    (row) => row.offsetParent !== null,
  );
  const at = rows.findIndex((row) => row === document.activeElement);
  const places: Readonly<Record<string, number>> = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    Home: 0,
    End: rows.length - 1,
  };
  const to = places[event.key];
  if (at < 0 || to === undefined || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  event.preventDefault();
  rows[Math.max(0, Math.min(to, rows.length - 1))]?.focus();
}

interface RailGroupProps {
  readonly title: string;
  readonly rows: readonly ShiftRow[];
  readonly current: string | null;
  readonly onShown: (id: string) => void;
}

function RailGroup({ title, rows, current, onShown }: RailGroupProps) {
  const { i18n } = useTranslation();
  const heading = useId();
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby={heading}>
      <h2 id={heading} className="rail-title">
        {title} <span>{new Intl.NumberFormat(i18n.language).format(rows.length)}</span>
      </h2>
      <ul>
        {rows.map((row) => (
          <Row key={row.id} row={row} current={row.id === current} onShown={onShown} />
        ))}
      </ul>
    </section>
  );
}

interface RowProps {
  readonly row: ShiftRow;
  readonly current: boolean;
  readonly onShown: (id: string) => void;
}

/** Every push of the desk brings new rows; most of them say the same as before. */
const Row = memo(
  function Row({ row, current, onShown }: RowProps) {
    const { t, i18n } = useTranslation();
    const line = railText(t, row);
    if (row.state === 'unreadable') {
      return (
        <li className="row" data-tone={line.tone}>
          <span className="row-first">{t('frame.rail.unreadable')}</span>
          <span className="row-second">{line.second}</span>
          <span className="row-time">{clockTime(row.openedAt, i18n.language)}</span>
        </li>
      );
    }
    return (
      <li>
        <button
          type="button"
          className="row"
          data-tone={line.tone}
          aria-current={current ? 'page' : undefined}
          onClick={() => {
            void bridge.desk.show({ id: row.id }).then((answer) => {
              if (answer.ok) onShown(row.id);
            });
          }}
        >
          <span className="row-first" title={row.sentTo}>
            <AddressLine address={row.sentTo} />
          </span>
          <span className="row-second">{line.second}</span>
          <span className="row-time">
            {line.verified && <span className="unseen">{t('frame.rail.verified')} </span>}
            {row.state === 'open' ? (
              <TimeLeft until={row.expiresAt} />
            ) : (
              clockTime(row.endedAt ?? row.expiresAt, i18n.language)
            )}
            {line.verified && <Icon name="check" />}
          </span>
        </button>
      </li>
    );
  },
  (before, now) =>
    before.current === now.current &&
    before.onShown === now.onShown &&
    JSON.stringify(before.row) === JSON.stringify(now.row),
);

/** Only an open row looks at the clock. The name of its button says when, and does not count. */
function TimeLeft({ until }: { readonly until: number }) {
  const { t, i18n } = useTranslation();
  const left = useClock((now) => shownLeft(until - now));
  return (
    <>
      <span className="unseen">{t('code.goodUntil', { time: clockTime(until, i18n.language) })}</span>
      <span aria-hidden="true" data-short={left < MINUTE || undefined}>
        {t('frame.rail.left', { time: timeLeft(left, i18n.language) })}
      </span>
    </>
  );
}
