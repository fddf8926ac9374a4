/** @file The question for the owner's PIN, and the way on when it is forgotten. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge, useView } from '../bridge.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { PinForm } from './pin-form.tsx';
import { Recovery } from './recovery.tsx';

/** `onEnd` is told whether the owner's level was given. */
export function OwnerDialog({ onEnd }: { readonly onEnd: (given: boolean) => void }) {
  const { t } = useTranslation();
  const { access } = useView();
  const [recovering, setRecovering] = useState(false);
  if (!access.on || access.unreadable) return null;
  if (recovering) return <Recovery onClose={onEnd} />;
  return (
    <Dialog title={t('access.ask.title')} onClose={() => onEnd(false)}>
      <p>{t('access.ask.text', { name: access.owner.name })}</p>
      <PinForm
        label={t('access.ownerPin')}
        waitsUntil={access.owner.waitsUntil}
        enter={(pin) => bridge.access.enterOwner({ pin })}
        onEntered={() => onEnd(true)}
      >
        <Button onClick={() => onEnd(false)}>{t('access.ask.cancel')}</Button>
        <Button kind="quiet" onClick={() => setRecovering(true)}>
          {t('access.forgotten')}
        </Button>
      </PinForm>
    </Dialog>
  );
}
