/**
 * @file The settings: an index, and one short page at a time. Main knows which page is open; every change is stored at once.
 * What removes things stands last.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KEYS } from '../../shared/keys.ts';
import { assertNever } from '../../shared/result.ts';
import { type MailPreview, type Screen } from '../../shared/desk-view.ts';
import { SETTINGS_PAGES, type SettingsPage } from '../../shared/settings.ts';
import { bridge, useView } from '../bridge.ts';
import { printed } from '../frame/keys.ts';
import { Trouble } from '../frame/trouble.tsx';
import { Button } from '../ui/button.tsx';
import { MailView } from './mail-view.tsx';
import { AboutPage, PracticePage } from './settings/about.tsx';
import { PeoplePage } from './settings/access.tsx';
import { AccountPage } from './settings/account.tsx';
import { AppearancePage } from './settings/appearance.tsx';
import { MessagePage } from './settings/message.tsx';
import { PolicyPage } from './settings/policy.tsx';
import { PurposesPage } from './settings/purposes.tsx';
import { RecordsPage } from './settings/records.tsx';
import { RemovalPage } from './settings/removals.tsx';
import { type Change, ChangesOf, Saved, type Stored } from './settings/saved.tsx';
import './settings.css';

/** Practice is in itself already, and has nothing that outlasts it. */
const pagesOf = (practice: boolean): readonly SettingsPage[] =>
  practice ? SETTINGS_PAGES.filter((page) => page !== 'practice' && page !== 'removal') : SETTINGS_PAGES;

type SettingsProps = Omit<Extract<Screen, { at: 'settings' }>, 'at'>;

export function SettingsScreen({ page, preview }: SettingsProps) {
  return (
    <div className="settings" data-preview={preview !== null || undefined}>
      <Index page={page} />
      <Page key={page} page={page} />
      {preview !== null && <Preview mail={preview} />}
    </div>
  );
}

function Index({ page }: { readonly page: SettingsPage }) {
  const { t } = useTranslation();
  const { practice, account } = useView();
  const hasDesk = practice || account !== null;
  return (
    <nav className="settings-index" aria-label={t('settings.title')}>
      <Button
        shortcut={printed(KEYS.back)}
        onClick={() => void bridge.desk.go({ to: hasDesk ? 'address' : 'welcome' })}
      >
        {t('settings.done')}
      </Button>
      <ul>
        {pagesOf(practice).map((entry) => (
          <li key={entry}>
            <button
              type="button"
              className="settings-entry"
              aria-current={entry === page ? 'page' : undefined}
              onClick={() => void bridge.desk.go({ to: 'settings', page: entry })}
            >
              {t(`settings.pages.${entry}`)}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The mail beside what shapes it, as it stands now. */
function Preview({ mail }: { readonly mail: MailPreview }) {
  const { t } = useTranslation();
  return (
    <aside className="settings-preview" aria-labelledby="settings-preview">
      <h2 id="settings-preview">{t('settings.message.preview')}</h2>
      <p className="preview-subject">
        <bdi>{mail.subject}</bdi>
      </p>
      <p className="hint">
        <bdi>{mail.from}</bdi>
      </p>
      <MailView mail={mail} />
      <p className="hint">{t('settings.message.sample')}</p>
    </aside>
  );
}

function Page({ page }: { readonly page: SettingsPage }) {
  const { t } = useTranslation();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const [last, setLast] = useState<Change | 'undone' | null>(null);
  const tell = useCallback((change: Change) => setLast(change), []);
  const onUndone = (ended: Stored) =>
    setLast(ended.state === 'failed' ? { ended, label: '', undo: () => Promise.resolve(ended) } : 'undone');
  return (
    <div className="settings-page">
      <div className="settings-head">
        <h1 ref={heading} tabIndex={-1}>
          <span className="unseen">{t('settings.title')}: </span>
          {t(`settings.pages.${page}`)}
        </h1>
        <Saved change={last} onUndone={onUndone} />
      </div>
      {last !== null && last !== 'undone' && last.ended.state === 'failed' && (
        <Trouble problem={last.ended.problem} />
      )}
      <ChangesOf value={tell}>
        <PageOf page={page} />
      </ChangesOf>
    </div>
  );
}

function PageOf({ page }: { readonly page: SettingsPage }) {
  switch (page) {
    case 'account':
      return <AccountPage />;
    case 'message':
      return <MessagePage />;
    case 'purposes':
      return <PurposesPage />;
    case 'policy':
      return <PolicyPage />;
    case 'people':
      return <PeoplePage />;
    case 'appearance':
      return <AppearancePage />;
    case 'records':
      return <RecordsPage />;
    case 'practice':
      return <PracticePage />;
    case 'about':
      return <AboutPage />;
    case 'removal':
      return <RemovalPage />;
    default:
      return assertNever(page);
  }
}
