/**
 * @file The key that signs receipts: its thumbprint, which the desk tells to those who check one, and another key in its
 * place. The old key signs the entry that introduces the new one, so that nobody else can.
 */
import { useTranslation } from 'react-i18next';
import { bridge, useView } from '../../bridge.ts';
import { Removal } from './removal.tsx';
import { Section } from './section.tsx';
import './signing-key.css';

export function SigningKeySection() {
  const { t } = useTranslation();
  const { journal, practice } = useView();
  if (journal === null) return null;
  const { thumbprint, entries } = journal;
  return (
    <Section title={t('settings.signingKey.title')}>
      <p>{t(practice ? 'settings.signingKey.practice' : 'settings.signingKey.text')}</p>
      <p className="thumbprint">
        <code>{thumbprint}</code>
      </p>
      <p className="hint">{t('settings.signingKey.entries', { count: entries })}</p>
      <Removal
        kind="quiet"
        label={t('settings.signingKey.change')}
        question={t('settings.signingKey.changeTitle')}
        confirm={t('settings.signingKey.changeConfirm')}
        remove={bridge.journal.changeKey}
      >
        <p>{t('settings.signingKey.changeText')}</p>
      </Removal>
    </Section>
  );
}
