/**
 * @file The history: every kept record, found by what is known of it, and one opened as its slip. What is printed is the
 * slip alone.
 */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RecordView } from '../../shared/history.ts';
import { useView } from '../bridge.ts';
import { useAnnounce } from '../ui/announce.ts';
import { Button } from '../ui/button.tsx';
import { ExportDialog } from './history/export-dialog.tsx';
import { ALL, Filters, queryOf } from './history/filters.tsx';
import { RecordSlip } from './history/record-slip.tsx';
import { Rows } from './history/rows.tsx';
import { useSearch, type Found } from './history/use-search.ts';
import './history.css';

export function HistoryScreen({ record }: { readonly record: RecordView | null }) {
  const { t } = useTranslation();
  const { practice } = useView();
  const [asked, setAsked] = useState(ALL);
  const [erasures, setErasures] = useState(0);
  const [exporting, setExporting] = useState(false);
  const query = queryOf(asked);
  const { found, more } = useSearch(query, `${erasures} ${JSON.stringify(record?.caseNote)}`);
  const find = useRef<HTMLInputElement>(null);
  useEffect(() => find.current?.focus(), []);
  useFocusBack(record?.id ?? null);
  return (
    <div className="history" data-opened={record !== null || undefined}>
      <h1 id="history-title" tabIndex={-1}>
        {t('history.title')}
      </h1>
      <section className="history-list" aria-labelledby="history-title">
        {practice && <p className="record-practice">{t('history.practice')}</p>}
        <Filters asked={asked} onAsk={setAsked} find={find}>
          <Button onClick={() => setExporting(true)}>{t('history.export.open')}</Button>
        </Filters>
        <Count found={found} />
        <Rows rows={found.rows} opened={record?.id ?? null} />
        {found.state === 'paused' && <Button onClick={more}>{t('history.showMore')}</Button>}
      </section>
      {record !== null && (
        <RecordSlip key={record.id} record={record} onErased={() => setErasures(erasures + 1)} />
      )}
      {exporting && <ExportDialog from={query.from} to={query.to} onClose={() => setExporting(false)} />}
    </div>
  );
}

/** How far the search is, and what it found: seen at once, said when it has ended. */
function Count({ found }: { readonly found: Found }) {
  const { t } = useTranslation();
  const { choices } = useView();
  const announce = useAnnounce();
  const { rows, scanned, of, state } = found;
  const count = { count: rows.length, of, days: choices.keepDays };
  const words = (): string => {
    if (state === 'looking') return t('history.looking', { scanned, of });
    if (state === 'paused') return t('history.more', { count: rows.length });
    if (rows.length > 0) return t('history.found', count);
    return of === 0 ? t('history.empty') : t('history.none');
  };
  const text = words();
  useEffect(() => {
    if (state !== 'looking') announce(text);
  }, [state, text, announce]);
  return (
    <div className="history-count">
      <p>{text}</p>
      {state === 'looking' && of > 0 && <progress value={scanned} max={of} aria-label={text} />}
    </div>
  );
}

/** When the slip is closed, the focus goes back to the row that it was opened from. */
function useFocusBack(opened: string | null): void {
  const last = useRef<string | null>(null);
  useEffect(() => {
    const before = last.current;
    last.current = opened;
    if (opened !== null || before === null) return;
    document.querySelector<HTMLElement>(`.history-row[data-id="${CSS.escape(before)}"]`)?.focus();
  }, [opened]);
}
