/**
 * @file The history: every kept record, found by what is known of it, and one opened as its slip. The search goes on slice
 * by slice; typing another one ends it. What is printed is the slip alone.
 */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type HistoryCursor, type HistoryRow, type RecordView } from '../../shared/history.ts';
import { bridge, useView } from '../bridge.ts';
import { requestShort } from '../i18n/phrases.tsx';
import { AddressText } from '../ui/address-text.tsx';
import { Field } from '../ui/field.tsx';
import { RecordSlip } from './history/record-slip.tsx';
import './history.css';

/** So many are listed; whoever looks for more has to say more. */
const LISTED = 500;
/** As long as this has passed since the last letter, the search begins. */
const PAUSE_MS = 200;

interface Found {
  readonly rows: readonly HistoryRow[];
  readonly scanned: number;
  readonly of: number;
  readonly done: boolean;
}
const NOTHING: Found = { rows: [], scanned: 0, of: 0, done: false };

/** What is found for `text`, growing. `changed` begins it again. */
function useSearch(text: string, changed: unknown): Found {
  const [found, setFound] = useState(NOTHING);
  useEffect(() => {
    let over = false;
    const search = async () => {
      const query = { text, from: null, to: null, purpose: null, result: null };
      let after: HistoryCursor | null = null;
      let sum = NOTHING;
      do {
        const answer = await bridge.history.search({ query, after });
        // Read anew: the screen may have gone while main was asked.
        if (isOver() || !answer.ok) return;
        const { rows, next, scanned, of } = answer.value;
        after = next;
        sum = { rows: [...sum.rows, ...rows], scanned: sum.scanned + scanned, of, done: next === null };
        setFound(sum);
      } while (after !== null && sum.rows.length < LISTED);
      setFound({ ...sum, done: true });
    };
    const isOver = () => over;
    const timer = setTimeout(() => void search(), PAUSE_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
  }, [text, changed]);
  return found;
}

export function HistoryScreen({ record }: { readonly record: RecordView | null }) {
  const { t } = useTranslation();
  const view = useView();
  const [text, setText] = useState('');
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const found = useSearch(text, record?.caseNote.ticket);
  return (
    <div className="history" data-opened={record !== null || undefined}>
      <section className="history-list" aria-label={t('history.title')}>
        <h1 ref={heading} tabIndex={-1}>
          {t('history.title')}
        </h1>
        <Field label={t('history.find')} value={text} onValue={setText} />
        <p className="history-count" role="status">
          {found.done
            ? t('history.found', { count: found.rows.length, of: found.of, days: view.choices.keepDays })
            : t('history.looking', { scanned: found.scanned, of: found.of })}
        </p>
        <ul>
          {found.rows.map((row) => (
            <li key={row.id}>
              <Line row={row} opened={row.id === record?.id} />
            </li>
          ))}
        </ul>
      </section>
      {record !== null && <RecordSlip key={record.id} record={record} />}
    </div>
  );
}

function Line({ row, opened }: { readonly row: HistoryRow; readonly opened: boolean }) {
  const { t, i18n } = useTranslation();
  const at = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  if (row.state === 'unreadable')
    return (
      <p className="history-line">
        <time>{at.format(row.openedAt)}</time> {t('history.unreadable')}
      </p>
    );
  return (
    <button
      type="button"
      className="history-line"
      aria-current={opened || undefined}
      onClick={() => void bridge.history.show({ id: row.id })}
    >
      <time>{at.format(row.openedAt)}</time>
      <AddressText address={row.sentTo} />
      <span>{requestShort(t, row.request)}</span>
      <span>{row.ticket}</span>
      <span>{row.operator ?? ''}</span>
      <span data-state={row.state}>{t(`history.states.${row.state}`)}</span>
    </button>
  );
}
