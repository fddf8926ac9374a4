/** @file What can be removed, and what goes and stays with each. Practice has nothing that outlasts it. */
import { useTranslation } from 'react-i18next';
import { bridge, useView } from '../../bridge.ts';
import { Removal } from './removal.tsx';
import { Section } from './section.tsx';

export function RemovalPage() {
  const { t } = useTranslation();
  const { account } = useView();
  return (
    <>
      {account !== null && (
        <Section title={t('settings.account.remove')}>
          <p>{t('settings.account.removeText')}</p>
          <Removal
            kind="danger"
            label={t('settings.account.remove')}
            question={t('settings.account.removeTitle')}
            confirm={t('settings.account.remove')}
            remove={bridge.account.remove}
          >
            <p>{t('settings.account.removeText')}</p>
            {account.form.kind !== 'server' && <p>{t('settings.account.removeNote')}</p>}
          </Removal>
        </Section>
      )}
      <Section title={t('settings.removal.title')}>
        <p>{t('settings.removal.text')}</p>
        <Removal
          kind="danger"
          label={t('settings.removal.remove')}
          question={t('settings.removal.question')}
          confirm={t('settings.removal.confirm')}
          remove={bridge.settings.removeAll}
        >
          <p>{t('settings.removal.text')}</p>
        </Removal>
      </Section>
    </>
  );
}
