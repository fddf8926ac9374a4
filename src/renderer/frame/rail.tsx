/**
 * @file The rail: the verifications of this shift, newest first. A list, and never a suggestion: the address
 * field offers no earlier customer.
 */
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type ShiftRow } from '../../shared/desk-view.ts';
import { bridge, useNow, useView } from '../bridge.ts';
import { Icon } from '../ui/icon.tsx';
import { railText } from './rail-text.ts';
import './rail.css';

/** Where the desk is already, nothing changes and nothing takes the focus by itself. */
const focusScreen = (): void =>
  (
    document.querySelector<HTMLElement>('main form input') ?? document.querySelector<HTMLElement>('main h1')
  )?.focus();

const nextPerson = async (): Promise<void> => {
  await bridge.desk.go({ to: 'address' });
  focusScreen();
};

/** With a modifier (WCAG 2.1.4), as every program's "New" has it. */
const mac = navigator.userAgent.includes('Mac');
const SHORTCUT = mac
  ? ({ keys: 'Meta+N', shown: 'frame.keys.newOnMac' } as const)
  : ({ keys: 'Control+N', shown: 'frame.keys.new' } as const);

export function Rail() {
  const { t } = useTranslation();
  const view = useView();
  const list = useId();
  // Only narrow windows fold the list away (rail.css); it starts folded there.
  const [unfolded, setUnfolded] = useState(false);
  const current = view.screen.at === 'verification' ? view.screen.verification.id : null;

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const modified = (mac ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey;
      if (!modified || event.repeat || event.key.toLowerCase() !== 'n') return;
      event.preventDefault();
      void nextPerson();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);

  return (
    <nav className="rail" aria-label={t('frame.rail.title')} data-unfolded={unfolded || undefined}>
      <div className="rail-head">
        <h2>{t('frame.rail.title')}</h2>
        <button
          type="button"
          className="row row-new"
          aria-current={view.screen.at === 'address' ? 'page' : undefined}
          aria-keyshortcuts={SHORTCUT.keys}
          onClick={() => void nextPerson()}
        >
          <span className="row-first">{t('frame.rail.next')}</span>
          <span className="row-second">{t('frame.rail.nextHint')}</span>
          <kbd className="row-time" aria-hidden="true">
            {t(SHORTCUT.shown)}
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
          {t('frame.rail.toggle', { count: view.shift.length })}
        </button>
      </div>
      <ul className="rail-list" id={list}>
        {view.shift.map((row) => (
          <Row
            key={row.id}
            row={row}
            current={row.id === current}
            onShown={() => {
              // Folded away, the row that has the focus would take it along.
              if (unfolded && row.id === current) focusScreen();
              setUnfolded(false);
            }}
          />
        ))}
      </ul>
      {view.shift.length === 0 && <p className="rail-empty">{t('frame.rail.empty')}</p>}
    </nav>
  );
}

interface RowProps {
  readonly row: ShiftRow;
  readonly current: boolean;
  readonly onShown: () => void;
}

function Row({ row, current, onShown }: RowProps) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const line = railText(t, row, now, i18n.language);
  return (
    <li>
      <button
        type="button"
        className="row"
        data-tone={line.tone}
        aria-current={current ? 'page' : undefined}
        onClick={() => {
          void bridge.desk.show({ id: row.id }).then((answer) => {
            if (answer.ok) onShown();
          });
        }}
      >
        <span className="row-first" title={row.sentTo}>
          <bdi>{row.sentTo}</bdi>
        </span>
        <span className="row-second">{line.second}</span>
        <span className="row-time">
          {line.verified && <span className="unseen">{t('frame.rail.verified')} </span>}
          {line.time}
          {line.verified && <Icon name="check" />}
        </span>
      </button>
    </li>
  );
}
