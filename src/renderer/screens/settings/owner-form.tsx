/**
 * @file Sets the owner's name and PIN, for the first time or anew. The PIN is typed twice, because nobody sees it, and is in
 * these fields and nowhere else.
 */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PIN_DIGITS } from '../../../shared/access.ts';
import { bridge, useOneAtATime } from '../../bridge.ts';
import { type AnyProblem } from '../../i18n/phrases.tsx';
import { pinProblemText } from '../../i18n/pin-problem.ts';
import { PinField } from '../../frame/pin-field.tsx';
import { Trouble } from '../../frame/trouble.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useFaultFocus } from '../../ui/focus.ts';

interface OwnerFormProps {
  readonly name: string;
  /** No PIN holds so far. */
  readonly first: boolean;
  readonly onSet: (recoveryCode: string) => void;
  readonly onClose: () => void;
}

type Place = 'name' | 'current' | 'pin' | 'again';

export function OwnerForm({ name, first, onSet, onClose }: OwnerFormProps) {
  const { t, i18n } = useTranslation();
  const { busy, run } = useOneAtATime();
  const { form, focusFault } = useFaultFocus();
  const [typed, setTyped] = useState<Readonly<Record<Place, string>>>({
    ...{ name, current: '', pin: '', again: '' },
  });
  const [fault, setFault] = useState<{ readonly of: Place; readonly text: string } | null>(null);
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), [form]);

  const show = (of: Place, text: string) => {
    setFault({ of, text });
    focusFault();
  };
  const save = async () => {
    setProblem(null);
    if (typed.pin !== typed.again) {
      show('again', t('access.settings.notSame'));
      return;
    }
    const { name: called, pin, current } = typed;
    const answer = await bridge.access.setOwner({ name: called, pin, current });
    if (answer.ok) {
      onClose();
      onSet(answer.value.recoveryCode);
      return;
    }
    const { problem: why } = answer;
    switch (why.code) {
      case 'operator-name':
        show('name', t(`access.nameFaults.${why.why}`));
        return;
      case 'pin':
        show('pin', t(`access.pinFaults.${why.why}`));
        return;
      case 'wrong-pin':
      case 'pin-waits':
        show('current', pinProblemText(t, why, i18n.language));
        return;
      case 'vault':
      case 'no-account':
      case 'no-access':
      case 'invalid-input':
      case 'refused-sender':
      case 'disk-full':
      case 'internal':
        setProblem(why);
    }
  };
  const field = (of: Place, label: string, hint?: string) => {
    const Part = of === 'name' ? Field : PinField;
    return (
      <Part
        label={label}
        hint={hint}
        value={typed[of]}
        fault={fault?.of === of ? fault.text : null}
        onValue={(value) => {
          setTyped({ ...typed, [of]: value });
          setFault(null);
        }}
      />
    );
  };
  return (
    <form
      ref={form}
      noValidate
      aria-label={first ? t('access.settings.turnOn') : t('access.settings.change')}
      onSubmit={(event) => {
        event.preventDefault();
        run(save);
      }}
    >
      {field('name', t('access.settings.ownerName'))}
      {!first && field('current', t('access.settings.current'))}
      {field('pin', t('access.settings.newPin'), t('access.settings.newPinHint', PIN_DIGITS.owner))}
      {field('again', t('access.settings.again'))}
      <Trouble problem={problem} />
      <div className="section-actions">
        <Button kind="primary" type="submit" busy={busy}>
          {first ? t('access.settings.turnOn') : t('access.settings.save')}
        </Button>
        <Button unavailable={busy} onClick={onClose}>
          {t('access.settings.cancel')}
        </Button>
      </div>
    </form>
  );
}
