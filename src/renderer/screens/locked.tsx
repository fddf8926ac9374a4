/**
 * @file The desk with nobody at it: one taps a name and, where the owner wants it, types a PIN. Main has taken everything
 * else out of the view.
 */
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AccessView, type OperatorView } from '../../shared/access.ts';
import { bridge, useOneAtATime, useView } from '../bridge.ts';
import { PinForm } from '../frame/pin-form.tsx';
import { Recovery } from '../frame/recovery.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { Icon, Sign } from '../ui/icon.tsx';
import './locked.css';

export function LockedScreen() {
  const { access } = useView();
  if (!access.on) return null;
  return access.unreadable ? <Unreadable /> : <Chooser access={access} />;
}

function Unreadable() {
  const { t } = useTranslation();
  const { busy, run } = useOneAtATime();
  return (
    <Card
      title={t('access.locked.unreadable')}
      lead={t('access.locked.unreadableText')}
      crest={<Sign name="lock" />}
      focusTitle
    >
      <Button
        kind="primary"
        busy={busy}
        onClick={() => run(() => bridge.vault.retry().then(() => undefined))}
      >
        {t('frame.lookAgain')}
      </Button>
    </Card>
  );
}

type On = Extract<AccessView, { readonly on: true }>;

/** Whose PIN is asked for. */
type Asked = { readonly of: 'operator'; readonly id: string } | { readonly of: 'owner' };

function Chooser({ access }: { readonly access: On }) {
  const { t } = useTranslation();
  const { run } = useOneAtATime();
  const [asked, setAsked] = useState<Asked | null>(null);
  const [recovering, setRecovering] = useState(false);
  const names = useRef<HTMLUListElement>(null);
  const operator = asked?.of === 'operator' ? access.operators.find(({ id }) => id === asked.id) : undefined;
  const choosing = asked === null || (asked.of === 'operator' && operator === undefined);
  useEffect(() => {
    if (choosing) names.current?.querySelector('button')?.focus();
  }, [choosing]);

  const tap = ({ id, pin }: OperatorView) => {
    if (pin) setAsked({ of: 'operator', id });
    else run(() => bridge.access.sit({ id, pin: '' }).then(() => undefined));
  };
  const back = (
    <Button kind="quiet" onClick={() => setAsked(null)}>
      {t('access.other')}
    </Button>
  );
  return (
    <Card title={t('access.locked.title')} lead={t('access.locked.lead')}>
      {choosing && (
        <>
          <ul ref={names} className="names">
            {access.operators.map((one) => (
              <li key={one.id}>
                <button type="button" className="name-button" onClick={() => tap(one)}>
                  <bdi>{one.name}</bdi>
                  {one.pin && <Icon name="lock" />}
                  {one.pin && <span className="unseen">{t('access.settings.hasPin')}</span>}
                </button>
              </li>
            ))}
          </ul>
          <Button kind="quiet" onClick={() => setAsked({ of: 'owner' })}>
            {t('access.locked.owner')}
          </Button>
        </>
      )}
      {operator !== undefined && (
        <PinForm
          key={operator.id}
          label={t('access.pinOf', { name: operator.name })}
          waitsUntil={operator.waitsUntil}
          enter={(pin) => bridge.access.sit({ id: operator.id, pin })}
        >
          {back}
        </PinForm>
      )}
      {asked?.of === 'owner' && (
        <PinForm
          label={t('access.ownerPin')}
          waitsUntil={access.owner.waitsUntil}
          enter={(pin) => bridge.access.enterOwner({ pin })}
        >
          {back}
          <Button kind="quiet" onClick={() => setRecovering(true)}>
            {t('access.forgotten')}
          </Button>
        </PinForm>
      )}
      {recovering && <Recovery onClose={() => setRecovering(false)} />}
    </Card>
  );
}
