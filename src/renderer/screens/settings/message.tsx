/**
 * @file The message as the owner wants it: the name in it, the subject, a sentence, the website the code belongs to.
 */
import { useTranslation } from 'react-i18next';
import { SENTENCE_LENGTH } from '../../../shared/choices.ts';
import { useView } from '../../bridge.ts';
import { Field, Tick } from '../../ui/field.tsx';
import { Section } from './section.tsx';
import { usePickedSetting } from './use-setting.ts';
import { useTypedSetting } from './use-typed-setting.ts';

export function MessagePage() {
  const { t } = useTranslation();
  const { businessName } = useView();
  const sentence = useTypedSetting('sentence', t('settings.message.sentence'));
  const contact = useTypedSetting('contact', t('settings.message.contact'));
  const origin = useTypedSetting('origin', t('settings.message.origin'));
  const subject = usePickedSetting('codeInSubject', t('settings.message.codeInSubject.title'));
  return (
    <Section>
      <p>{t('settings.message.text')}</p>
      {businessName !== null && <NameField />}
      <Field
        label={t('settings.message.sentence')}
        hint={t('settings.message.sentenceHint', { length: sentence.value.length, most: SENTENCE_LENGTH })}
        {...sentence}
      />
      <Field label={t('settings.message.contact')} hint={t('settings.message.contactHint')} {...contact} />
      <Tick
        title={t('settings.message.codeInSubject.title')}
        text={t('settings.message.codeInSubject.text')}
        checked={subject.value}
        onChecked={subject.pick}
      />
      <Field
        label={t('settings.message.origin')}
        hint={t('settings.message.originHint')}
        inputMode="url"
        leftToRight
        {...origin}
      />
    </Section>
  );
}

/** The business name, as recipients read it. Before set-up there is none. */
function NameField() {
  const { t } = useTranslation();
  const name = useTypedSetting('name', t('settings.name.title'));
  return <Field label={t('settings.name.title')} hint={t('settings.name.text')} {...name} />;
}
