/**
 * @file The message as the owner wants it: the subject, a sentence, the website the code belongs to.
 */
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormFault } from '../../../shared/problems.ts';
import { SENTENCE_LENGTH, type Choices, type MessageChoice } from '../../../shared/choices.ts';
import { bridge, useOneAtATime } from '../../bridge.ts';
import { type AnyProblem } from '../../i18n/phrases.tsx';
import { useAnnounce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Tick } from '../../ui/field.tsx';
import { useFaultFocus } from '../../ui/focus.ts';
import { Trouble } from '../../frame/trouble.tsx';
import { Saved } from './saved.tsx';
import { Section } from './section.tsx';

type Faults = Partial<Record<keyof Choices, FormFault>>;

const trimmed = ({ codeInSubject, sentence, contact, origin }: MessageChoice): MessageChoice => ({
  codeInSubject,
  sentence: sentence.trim(),
  contact: contact.trim(),
  origin: origin.trim(),
});

const same = (a: MessageChoice, b: MessageChoice): boolean =>
  a.codeInSubject === b.codeInSubject &&
  a.sentence === b.sentence &&
  a.contact === b.contact &&
  a.origin === b.origin;

export function MessageSection({ message }: { readonly message: MessageChoice }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { busy, run } = useOneAtATime();
  // What is not edited is as main stored it, which can be plainer than it was typed.
  const [edited, setEdited] = useState<MessageChoice | null>(null);
  const typed = edited ?? message;
  const [faults, setFaults] = useState<Faults>({});
  const [saved, setSaved] = useState(false);
  const { form, focusFault } = useFaultFocus();
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const set = (change: Partial<MessageChoice>) => {
    setEdited({ ...typed, ...change });
    setFaults({});
    setSaved(false);
  };
  const fault = (field: 'sentence' | 'contact' | 'origin') => {
    const why = faults[field];
    return why === undefined ? null : t(`formFaults.${why}`);
  };
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    run(async () => {
      setProblem(null);
      const answer = await bridge.settings.choose(trimmed(typed));
      if (answer.ok) {
        setEdited(null);
        setSaved(true);
        announce(t('settings.saved'));
      } else if (answer.problem.code === 'choice') {
        setFaults({ [answer.problem.field]: answer.problem.why });
        focusFault();
      } else setProblem(answer.problem);
    });
  };
  return (
    <Section title={t('settings.message.title')}>
      <p>{t('settings.message.text')}</p>
      <form ref={form} className="message-form" noValidate onSubmit={save}>
        <Tick
          title={t('settings.message.codeInSubject.title')}
          text={t('settings.message.codeInSubject.text')}
          checked={typed.codeInSubject}
          onChecked={(codeInSubject) => set({ codeInSubject })}
        />
        <Field
          label={t('settings.message.sentence')}
          hint={t('settings.message.sentenceHint', { most: SENTENCE_LENGTH })}
          value={typed.sentence}
          fault={fault('sentence')}
          onValue={(sentence) => set({ sentence })}
        />
        <Field
          label={t('settings.message.contact')}
          hint={t('settings.message.contactHint')}
          value={typed.contact}
          fault={fault('contact')}
          onValue={(contact) => set({ contact })}
        />
        <Field
          label={t('settings.message.origin')}
          hint={t('settings.message.originHint')}
          inputMode="url"
          leftToRight
          value={typed.origin}
          fault={fault('origin')}
          onValue={(origin) => set({ origin })}
        />
        <Trouble problem={problem} />
        <div className="section-actions">
          <Button type="submit" busy={busy} unavailable={same(trimmed(typed), message)}>
            {t('settings.message.save')}
          </Button>
          {saved && <Saved />}
        </div>
      </form>
    </Section>
  );
}
