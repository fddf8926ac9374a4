/**
 * @file What the owner must know, above the screen: notices, and a keychain that is locked or
 * missing. Nothing here is ever only a colour.
 */
import { useTranslation } from 'react-i18next';
import { type DeskView, type Notice } from '../../shared/desk-view.ts';
import { type EpochMs, type VaultState } from '../../shared/words.ts';
import { bridge, useOneAtATime, useView } from '../bridge.ts';
import { type Words } from '../i18n/i18n.ts';
import { noticeTitle, signInText } from '../i18n/phrases.tsx';
import { moment } from '../i18n/time.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/note.tsx';
import { AccountSaved } from './account-saved.tsx';

/** What is to be said about the keychain: nothing while it is not used. */
export const keychainTrouble = ({ practice, sessionOnly, vault }: DeskView): VaultState =>
  practice || sessionOnly ? 'available' : vault;

export function Notices() {
  const { t, i18n } = useTranslation();
  const view = useView();
  // Set-up has its own place for the keychain, beside the choice it is about; a newcomer has no password to keep yet.
  const { at } = view.screen;
  const vault = at === 'setup' || at === 'welcome' ? 'available' : keychainTrouble(view);
  if (view.notices.length === 0 && vault === 'available') return null;
  return (
    <div className="notices">
      {vault !== 'available' && <VaultTrouble state={vault} />}
      {view.notices.map((notice) =>
        notice.kind === 'account-saved' ? (
          <AccountSaved key={notice.kind} address={notice.address} />
        ) : (
          <Note
            key={notice.kind}
            tone={isQuiet(notice) ? 'plain' : 'wait'}
            title={noticeTitle(t, notice)}
            actions={<Dismiss notice={notice.kind} />}
          >
            <p>{noticeText(t, notice, view.now, i18n.language)}</p>
          </Note>
        ),
      )}
    </div>
  );
}

function Dismiss({ notice }: { readonly notice: Notice['kind'] }) {
  const { t } = useTranslation();
  return (
    <Button kind="quiet" onClick={() => void bridge.desk.dismiss({ notice })}>
      {t('frame.dismiss')}
    </Button>
  );
}

type Told = Exclude<Notice, { kind: 'account-saved' }>;

/** Nothing is to be done about it now. */
const isQuiet = (notice: Notice): boolean =>
  notice.kind === 'second-start' || (notice.kind === 'newer-version' && notice.stage.at !== 'failed');

function noticeText(t: Words, notice: Told, now: EpochMs, language: string): string {
  switch (notice.kind) {
    case 'records-restored':
    case 'keys-gone':
    case 'pin-removed':
      return t(`frame.notices.${notice.kind}.text`, { until: moment(notice.until, now, language) });
    case 'account-changed':
      return t('frame.notices.account-changed.text', {
        since: moment(notice.since, now, language),
        before: signInText(t, notice.before),
        after: signInText(t, notice.after),
      });
    case 'newer-version':
      return t('frame.newerAt', { page: notice.page });
    case 'records-unreadable':
    case 'records-newer':
    case 'records-older':
    case 'choices-reset':
    case 'settings-reset':
    case 'second-start':
    case 'unsandboxed':
      return t(`frame.notices.${notice.kind}.text`);
  }
}

/** A keychain that cannot be used, and the two ways on. */
export function VaultTrouble({ state }: { readonly state: Exclude<VaultState, 'available'> }) {
  const { t } = useTranslation();
  const { recordsKept } = useView();
  const { busy, run } = useOneAtATime();
  const call = (work: () => Promise<unknown>) => run(() => work().then(() => undefined));
  return (
    <Note
      tone="wait"
      title={t(`frame.vault.${state}.title`)}
      actions={
        <>
          <Button busy={busy} onClick={() => call(bridge.vault.retry)}>
            {t('frame.lookAgain')}
          </Button>
          <Button kind="quiet" unavailable={busy} onClick={() => call(bridge.vault.useSession)}>
            {t(recordsKept ? 'frame.beginAnew' : 'frame.thisSession')}
          </Button>
        </>
      }
    >
      <p>{t(`frame.vault.${state}.meaning`)}</p>
      <p>{t(`frame.vault.${state}.remedy`)}</p>
      <p>{t(recordsKept ? 'frame.orBeginAnew' : 'frame.orThisSession')}</p>
    </Note>
  );
}
