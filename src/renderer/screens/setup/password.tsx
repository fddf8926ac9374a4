/**
 * @file The password field with what people need to know about app passwords. It must never ask for the normal
 * Google password, and says so when it sees something like it.
 */
import { useEffect, useState, type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge, useView } from '../../bridge.ts';
import { useAnnounce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Icon } from '../../ui/icon.tsx';
import { accountForm, looksNormal, signInKey } from './entered.ts';
import { type AccountEntry } from './use-account-form.ts';

interface PasswordFieldProps {
  readonly entry: AccountEntry;
  readonly changing: boolean;
  /** Why the test failed, if it is about the password. */
  readonly failure: ReactNode;
  /** The element that holds it. */
  readonly failureId: string;
  /** It is being tested, and hidden meanwhile from people who stand by. */
  readonly testing: boolean;
  readonly ref: Ref<HTMLInputElement>;
}

export function PasswordField({ entry, changing, failure, failureId, testing, ref }: PasswordFieldProps) {
  const { t } = useTranslation();
  const { entered, faultOf, set } = entry;
  const google = entered.kind !== 'server';
  const fault = faultOf('password');
  const { account } = useView();
  const same = account !== null && signInKey(accountForm(entered)) === signInKey(account.form);
  const keep = same ? t('setup.passwordKeep') : t('formFaults.sign-in-changed');
  // Main says the same of a password that was left empty: once is enough.
  const stored = changing && account?.secret != null && fault?.why !== 'sign-in-changed' ? keep : null;
  const hint = google && failure === null ? t('setup.passwordHint') : null;
  const announce = useAnnounce();
  const [asked, setAsked] = useState(false);
  if (testing && asked) setAsked(false);
  const shown = asked && !testing && entered.password !== '';
  const normal = google && fault === null && looksNormal(entered.password);
  useEffect(() => {
    if (normal) announce(t('setup.passwordLooksNormal'));
  }, [normal, announce, t]);
  return (
    <>
      <Field
        ref={ref}
        label={google ? t('setup.password') : t('setup.passwordServer')}
        type={shown ? 'text' : 'password'}
        leftToRight
        value={entered.password}
        fault={fault === null ? null : t(`formFaults.${fault.why}`)}
        faultAt={failure === null ? undefined : failureId}
        hint={[stored, hint].filter((text) => text !== null).join(' ') || undefined}
        onValue={(password) => set({ password })}
        inside={
          entered.password !== '' && (
            <Button kind="quiet" onClick={() => setAsked(!shown)}>
              {shown ? t('setup.hide') : t('setup.show')}
              <span className="unseen"> {t('setup.passwordNoun')}</span>
            </Button>
          )
        }
      />
      {failure}
      {normal && (
        <p className="hint-strong">
          <Icon name="caution" />
          {t('setup.passwordLooksNormal')}
        </p>
      )}
      {/* A failure has its own way to Google's page. */}
      {google && failure === null && <HowTo />}
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
