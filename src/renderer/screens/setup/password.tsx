/**
 * @file The password field with what people need to know about app passwords. It must never ask for the normal
 * Google password, and says so when it sees something like it.
 */
import { useEffect, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { type AccountKind } from '../../../shared/words.ts';
import { bridge, useView } from '../../bridge.ts';
import { useAnnounce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Icon } from '../../ui/icon.tsx';
import { accountForm, looksNormal, signInKey, type AccountEntry } from './use-account-form.ts';

interface PasswordFieldProps {
  readonly entry: AccountEntry;
  readonly kind: AccountKind;
  readonly changing: boolean;
  readonly ref: Ref<HTMLInputElement>;
}

export function PasswordField({ entry, kind, changing, ref }: PasswordFieldProps) {
  const { t } = useTranslation();
  const google = kind !== 'server';
  const { entered, faults, set } = entry;
  const fault = faults.password;
  const hint = google ? t('setup.passwordHint') : null;
  const { account } = useView();
  const form = accountForm(kind, entered);
  const same = account !== null && form !== null && signInKey(form) === signInKey(account.form);
  const keep = same ? t('setup.passwordKeep') : t('formFaults.sign-in-changed');
  // Main says the same of a password that was left empty: once is enough.
  const stored = changing && account?.secret != null && fault !== 'sign-in-changed' ? keep : null;
  const announce = useAnnounce();
  const normal = google && fault === undefined && looksNormal(entered.password);
  useEffect(() => {
    if (normal) announce(t('setup.passwordLooksNormal'));
  }, [normal, announce, t]);
  return (
    <>
      <Field
        ref={ref}
        label={google ? t('setup.password') : t('setup.passwordServer')}
        type="password"
        leftToRight
        value={entered.password}
        fault={fault === undefined ? null : t(`formFaults.${fault}`)}
        hint={[stored, hint].filter((text) => text !== null).join(' ') || undefined}
        onValue={(password) => set({ password })}
      />
      {normal && (
        <p className="hint-strong">
          <Icon name="caution" />
          {t('setup.passwordLooksNormal')}
        </p>
      )}
      {google && <HowTo />}
    </>
  );
}

function HowTo() {
  const { t } = useTranslation();
  return (
    <Fold title={t('setup.howTo.title')}>
      <ol className="how-to">
        <li>{t('setup.howTo.steps.one')}</li>
        <li>{t('setup.howTo.steps.two')}</li>
        <li>{t('setup.howTo.steps.three')}</li>
      </ol>
      <p>{t('setup.howTo.note')}</p>
      <div className="how-to-pages">
        <Button onClick={() => void bridge.outside.open({ page: 'app-passwords' })}>
          {t('setup.openAppPasswords')}
        </Button>
        <Button kind="quiet" onClick={() => void bridge.outside.open({ page: 'two-step' })}>
          {t('setup.openTwoStep')}
        </Button>
      </div>
    </Fold>
  );
}
