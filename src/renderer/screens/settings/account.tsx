/**
 * @file The account in the settings: what it is and where its password is, never which.
 */
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { type AccountView } from '../../../shared/desk-view.ts';
import { type VaultState } from '../../../shared/words.ts';
import { bridge, useView } from '../../bridge.ts';
import { type Words } from '../../i18n/i18n.ts';
import { capital, serverOf } from '../../i18n/phrases.tsx';
import { Button } from '../../ui/button.tsx';
import { AddressText } from '../../ui/address-text.tsx';
import { Note } from '../../ui/note.tsx';
import { Section } from './section.tsx';

export function AccountPage() {
  return (
    <>
      <AccountSection />
      <KeychainSection />
    </>
  );
}

function KeychainSection() {
  const { t } = useTranslation();
  const view = useView();
  const words = (): string => {
    if (view.practice) return t('settings.keychain.practice');
    if (view.sessionOnly) return t('settings.keychain.session');
    if (view.vault !== 'available')
      return `${t(`frame.vault.${view.vault}.title`)}. ${t(`frame.vault.${view.vault}.remedy`)}`;
    return view.account?.secret === 'session'
      ? t('settings.keychain.availableKeys')
      : t('settings.keychain.available');
  };
  return (
    <Section title={t('settings.keychain.title')}>
      <p>{words()}</p>
    </Section>
  );
}

function AccountSection() {
  const { t } = useTranslation();
  const view = useView();
  const { account, practice } = view;
  if (account === null) {
    return (
      <Section>
        <p>{practice ? t('settings.account.nonePractice') : t('settings.account.none')}</p>
        {!practice && (
          <div className="section-actions">
            <Button onClick={() => void bridge.desk.go({ to: 'welcome' })}>{t('frame.setUp')}</Button>
          </div>
        )}
      </Section>
    );
  }
  return (
    <Section>
      <dl className="facts-list">
        <dt>{t('settings.account.address')}</dt>
        <dd>
          <AddressText address={account.form.address} />
        </dd>
        {account.form.signInAs !== undefined && (
          <>
            <dt>{t('settings.account.signInAs')}</dt>
            <dd>
              <AddressText address={account.form.signInAs} />
            </dd>
          </>
        )}
        <dt>{t('settings.account.server')}</dt>
        <dd>
          <bdi>{serverLine(t, account)}</bdi>
        </dd>
        {(account.form.authorities ?? []).map(({ name, fingerprint }) => (
          <Fragment key={fingerprint}>
            <dt>{t('settings.account.authority')}</dt>
            <dd>{t('settings.account.openedBy', { authority: name })}</dd>
          </Fragment>
        ))}
        <dt>{t('settings.account.mailbox')}</dt>
        <dd>{t(`settings.account.mailboxes.${mailboxWords(account)}`)}</dd>
        <dt>{t('settings.account.secret')}</dt>
        <dd>{secretLine(t, account, view.sessionOnly ? 'available' : view.vault)}</dd>
      </dl>
      {account.mailboxTrouble !== null && (
        <Note
          tone="wait"
          title={capital(t(`causes.${account.mailboxTrouble}.title`, { server: serverOf(t, view) }))}
        >
          <p>{t(`causes.${account.mailboxTrouble}.meaning`, { server: serverOf(t, view) })}</p>
          <p>{t(`causes.${account.mailboxTrouble}.remedy`)}</p>
        </Note>
      )}
      <div className="section-actions">
        <Button onClick={() => void bridge.account.change()}>{t('settings.account.change')}</Button>
      </div>
    </Section>
  );
}

/** While the keychain is locked it is not known whether there is one. */
function secretLine(t: Words, { secret }: AccountView, vault: VaultState): string {
  if (secret !== null) return t(`settings.account.${secret}`);
  return vault === 'available' ? t('settings.account.secretNone') : t(`frame.vault.${vault}.title`);
}

function mailboxWords({ form: { mailbox } }: AccountView): 'none' | 'watch' | 'tidySent' | 'both' {
  if (mailbox === undefined || (!mailbox.watch && !mailbox.tidySent)) return 'none';
  return mailbox.watch && mailbox.tidySent ? 'both' : mailbox.watch ? 'watch' : 'tidySent';
}

function serverLine(t: Words, { form }: AccountView): string {
  if (form.server === undefined || form.kind !== 'server') {
    return t(form.kind === 'workspace' ? 'settings.account.workspace' : 'settings.account.gmail');
  }
  const { host, port, security } = form.server;
  return t('settings.account.serverLine', {
    host,
    port,
    security: t(`settings.account.securities.${security}`),
  });
}
