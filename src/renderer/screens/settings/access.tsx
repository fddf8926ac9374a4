/**
 * @file Operators and lock in the settings: off with one form, on with the people, the lock and the owner's PIN. It says
 * what it is worth.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AccessView } from '../../../shared/access.ts';
import { LOCK_MINUTES } from '../../../shared/choices.ts';
import { bridge, useView } from '../../bridge.ts';
import { RecoveryCode } from '../../frame/recovery.tsx';
import { Button } from '../../ui/button.tsx';
import { Operators } from './operators.tsx';
import { OwnerForm } from './owner-form.tsx';
import { Picked } from './picked.tsx';
import { Removal } from './removal.tsx';
import { Section } from './section.tsx';

const LOCKS = [LOCK_MINUTES.min, 2, 5, 10, 15, 30, LOCK_MINUTES.max];

export function PeoplePage() {
  const { t } = useTranslation();
  const { access } = useView();
  const [code, setCode] = useState<string | null>(null);
  return (
    <Section>
      {access.on ? <On access={access} onCode={setCode} /> : <Off onCode={setCode} />}
      <p className="hint">{t('access.settings.worth')}</p>
      {code !== null && <RecoveryCode code={code} onClose={() => setCode(null)} />}
    </Section>
  );
}

type OnCode = (code: string) => void;

function Off({ onCode }: { readonly onCode: OnCode }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <p>{t('access.settings.off')}</p>
      {open ? (
        <OwnerForm name="" first onSet={onCode} onClose={() => setOpen(false)} />
      ) : (
        <div className="section-actions">
          <Button onClick={() => setOpen(true)}>{t('access.settings.turnOn')}</Button>
        </div>
      )}
    </>
  );
}

type OnView = Extract<AccessView, { readonly on: true }>;

function On({ access, onCode }: { readonly access: OnView; readonly onCode: OnCode }) {
  const { t } = useTranslation();
  const [changing, setChanging] = useState(false);
  return (
    <>
      <Operators operators={access.operators} />
      {access.operators.length > 0 && (
        <Picked
          name="lockMinutes"
          label={t('access.settings.lockAfter')}
          values={LOCKS}
          title={(value) => t('settings.policy.value', { value })}
        />
      )}
      <h2>{t('access.settings.owner', { name: access.owner.name })}</h2>
      {changing ? (
        <OwnerForm name={access.owner.name} first={false} onSet={onCode} onClose={() => setChanging(false)} />
      ) : (
        <Removal
          kind="quiet"
          label={t('access.settings.turnOff')}
          question={t('access.settings.turnOffTitle')}
          confirm={t('access.settings.turnOff')}
          remove={bridge.access.turnOff}
          beside={<Button onClick={() => setChanging(true)}>{t('access.settings.change')}</Button>}
        >
          <p>{t('access.settings.turnOffText')}</p>
        </Removal>
      )}
    </>
  );
}
