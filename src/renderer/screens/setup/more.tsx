/**
 * @file What is right for most accounts as it is: what the program may do in the account's own mailbox, each choice with
 * the sentence that says what it does and what it leaves alone; and where the password stays.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { KEEPINGS, type Keeping } from '../../../shared/words.ts';
import { Field, Picker, Tick } from '../../ui/field.tsx';
import { FoldRow } from '../../ui/fold-row.tsx';
import { type AccountEntry } from './use-account-form.ts';

interface MoreProps {
  readonly entry: AccountEntry;
  readonly keep: Keeping;
  /** There is a keychain that can be used. */
  readonly keychain: boolean;
  /** There are records of before, which a session does not have. */
  readonly recordsKept: boolean;
  readonly onKeep: (keep: Keeping) => void;
}

export function More({ entry, keep, keychain, recordsKept, onKeep }: MoreProps) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const { entered, faultOf, set } = entry;
  const fault = (field: 'user' | 'mailbox-host' | 'mailbox-port') => {
    const found = faultOf(field);
    return found === null ? null : t(`formFaults.${found.why}`);
  };
  const hostFault = fault('mailbox-host');
  const userFault = entered.kind === 'server' ? null : fault('user');
  const portFault = fault('mailbox-port');
  const usual = entered.watch && !entered.tidySent && keep === (keychain ? 'keychain' : 'session');
  const value = keychain ? t(usual ? 'setup.more.usual' : 'setup.more.changed') : t('setup.more.session');
  return (
    <FoldRow
      title={t('setup.more.title')}
      value={value}
      open={open || userFault !== null || hostFault !== null || portFault !== null}
      onOpen={setOpen}
    >
      {entered.kind !== 'server' && (
        <Field
          label={t('setup.signInAs')}
          hint={t('setup.signInAsHint')}
          inputMode="email"
          leftToRight
          value={entered.user}
          fault={userFault}
          onValue={(user) => set({ user })}
        />
      )}
      <fieldset className="picker">
        <legend>{t('setup.mailbox.title')}</legend>
        <Tick
          title={t('setup.mailbox.watch.title')}
          text={t('setup.mailbox.watch.text')}
          checked={entered.watch}
          onChecked={(watch) => set({ watch })}
        />
        <Tick
          title={t('setup.mailbox.tidySent.title')}
          text={t('setup.mailbox.tidySent.text')}
          checked={entered.tidySent}
          onChecked={(tidySent) => set({ tidySent })}
        />
      </fieldset>
      {entered.kind === 'server' && (entered.watch || entered.tidySent) && (
        <div className="server-line">
          <Field
            label={t('setup.mailbox.host')}
            hint={t('setup.mailbox.hostHint')}
            inputMode="url"
            leftToRight
            value={entered.mailboxHost}
            fault={hostFault}
            onValue={(mailboxHost) => set({ mailboxHost })}
          />
          <Field
            label={t('setup.mailbox.port')}
            inputMode="numeric"
            leftToRight
            value={entered.mailboxPort}
            fault={portFault}
            onValue={(mailboxPort) => set({ mailboxPort })}
          />
        </div>
      )}
      <Picker
        variant="cards"
        label={t('setup.keep')}
        value={keep}
        options={KEEPINGS.map((one) => ({
          value: one,
          ...(one === 'session' && recordsKept
            ? { title: t('setup.anew.title'), text: t('setup.anew.text') }
            : { title: t(`setup.keeps.${one}.title`), text: t(`setup.keeps.${one}.text`) }),
          off: one === 'keychain' && !keychain,
        }))}
        onValue={onKeep}
      />
    </FoldRow>
  );
}
