/**
 * @file The business name, as recipients read it: stored when its field is left, so that nothing typed is dropped.
 */
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge, useOneAtATime } from '../../bridge.ts';
import { type AnyProblem } from '../../i18n/phrases.tsx';
import { useAnnounce } from '../../ui/announce.ts';
import { Field } from '../../ui/field.tsx';
import { useFaultFocus } from '../../ui/focus.ts';
import { Trouble } from '../../frame/trouble.tsx';
import { Saved } from './saved.tsx';
import { Section } from './section.tsx';

export function NameSection({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const { run } = useOneAtATime();
  const [typed, setTyped] = useState(name);
  const [fault, setFault] = useState<string | null>(null);
  const announce = useAnnounce();
  const [saved, setSaved] = useState(false);
  const { form, focusFault } = useFaultFocus();
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  /** `pressed`: with Enter. Leaving the field stores it as well, and leaves the focus where it went. */
  const save = (pressed: boolean) => {
    if (typed.trim() === name) return;
    run(async () => {
      setProblem(null);
      const answer = await bridge.settings.saveName({ name: typed.trim() });
      if (answer.ok) {
        setSaved(true);
        announce(t('settings.saved'));
      } else if (answer.problem.code === 'form') {
        const [wrong] = answer.problem.faults;
        setFault(wrong === undefined ? null : t(`formFaults.${wrong.why}`));
        if (pressed) focusFault();
      } else setProblem(answer.problem);
    });
  };
  return (
    <Section title={t('settings.name.title')}>
      <form
        ref={form}
        className="name-form"
        noValidate
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          save(true);
        }}
      >
        <Field
          label={t('settings.name.title')}
          hint={t('settings.name.text')}
          value={typed}
          fault={fault}
          onLeave={() => save(false)}
          onValue={(value) => {
            setTyped(value);
            setFault(null);
            setSaved(false);
          }}
        />
        <Trouble problem={problem} />
        <div className="section-actions">{saved && <Saved />}</div>
      </form>
    </Section>
  );
}
