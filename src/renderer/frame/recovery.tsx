/**
 * @file The way back for an owner who forgot the PIN, and the code that leads there: it is on the screen once, and in no
 * view and no store of the page.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PIN_DIGITS } from '../../shared/access.ts';
import { bridge, useOneAtATime, useView } from '../bridge.ts';
import { problemText } from '../i18n/phrases.tsx';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Field } from '../ui/field.tsx';
import { useFaultFocus } from '../ui/focus.ts';
import { Note } from '../ui/note.tsx';
import { PinField } from './pin-field.tsx';

/** `onClose`: whether the owner is in. */
export function Recovery({ onClose }: { readonly onClose: (given: boolean) => void }) {
  const { t, i18n } = useTranslation();
  const view = useView();
  const { busy, run } = useOneAtATime();
  const { form, focusFault } = useFaultFocus();
  const [code, setCode] = useState('');
  const [pin, setPin] = useState('');
  const [fault, setFault] = useState<{ readonly of: 'code' | 'pin' | 'all'; readonly text: string } | null>(
    null,
  );
  const [shown, setShown] = useState<string | null>(null);

  const recover = () =>
    run(async () => {
      const answer = await bridge.access.recover({ code, pin });
      if (answer.ok) {
        setShown(answer.value.recoveryCode);
        return;
      }
      const { problem } = answer;
      if (problem.code === 'wrong-recovery-code') setFault({ of: 'code', text: t('access.recover.wrong') });
      else if (problem.code === 'pin') setFault({ of: 'pin', text: t(`access.pinFaults.${problem.why}`) });
      else setFault({ of: 'all', text: problemText(t, problem, view.now, i18n.language) });
      focusFault();
    });

  if (shown !== null) return <RecoveryCode code={shown} onClose={() => onClose(true)} />;
  return (
    <Dialog title={t('access.recover.title')} held={busy} onClose={() => onClose(false)}>
      <p>{t('access.recover.text')}</p>
      <form
        ref={form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          recover();
        }}
      >
        <Field
          label={t('access.recover.code')}
          leftToRight
          value={code}
          fault={fault?.of === 'code' ? fault.text : null}
          onValue={(value) => {
            setCode(value);
            setFault(null);
          }}
        />
        <PinField
          label={t('access.settings.newPin')}
          hint={t('access.settings.newPinHint', PIN_DIGITS.owner)}
          value={pin}
          fault={fault?.of === 'pin' ? fault.text : null}
          onValue={(value) => {
            setPin(value);
            setFault(null);
          }}
        />
        {fault?.of === 'all' && (
          <Note tone="no">
            <p role="alert">{fault.text}</p>
          </Note>
        )}
        <div className="pin-actions">
          <Button kind="primary" type="submit" busy={busy}>
            {t('access.recover.set')}
          </Button>
          <Button unavailable={busy} onClick={() => onClose(false)}>
            {t('access.ask.cancel')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

/** Escape does not close it: what it shows is shown once. */
export function RecoveryCode({ code, onClose }: { readonly code: string; readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('access.code.title')} held onClose={onClose}>
      <p>{t('access.code.text')}</p>
      <p className="recovery-code" dir="ltr">
        {code}
      </p>
      <div className="pin-actions">
        <Button kind="primary" onClick={onClose}>
          {t('access.code.done')}
        </Button>
      </div>
    </Dialog>
  );
}
