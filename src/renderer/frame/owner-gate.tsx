/**
 * @file Asks for the owner's PIN when main turned a call away for want of it, wherever in the window that was; the call is
 * then made again. What was typed stays where it is.
 */
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge, onOwnerNeeded, useView } from '../bridge.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { PinForm } from './pin-form.tsx';
import { Recovery } from './recovery.tsx';

export function OwnerGate() {
  const { t } = useTranslation();
  const { access } = useView();
  const [asking, setAsking] = useState<{ readonly answer: (given: boolean) => void } | null>(null);
  const [recovering, setRecovering] = useState(false);
  useEffect(
    () =>
      onOwnerNeeded(
        () =>
          new Promise((resolve) => {
            setAsking((earlier) => {
              earlier?.answer(false);
              return { answer: resolve };
            });
          }),
      ),
    [],
  );
  if (asking === null || !access.on || access.unreadable) return null;
  const end = (given: boolean) => {
    asking.answer(given);
    setAsking(null);
    setRecovering(false);
  };
  if (recovering) return <Recovery onClose={end} />;
  return (
    <Dialog title={t('access.ask.title')} onClose={() => end(false)}>
      <p>{t('access.ask.text', { name: access.owner.name })}</p>
      <PinForm
        label={t('access.ownerPin')}
        waitsUntil={access.owner.waitsUntil}
        enter={(pin) => bridge.access.enterOwner({ pin })}
        onEntered={() => end(true)}
      >
        <Button onClick={() => end(false)}>{t('access.ask.cancel')}</Button>
        <Button kind="quiet" onClick={() => setRecovering(true)}>
          {t('access.forgotten')}
        </Button>
      </PinForm>
    </Dialog>
  );
}
