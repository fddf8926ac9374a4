/**
 * @file What the program may do in the account's own mailbox: two choices, each with the sentence that says what it
 * does and what it leaves alone.
 */
import { useTranslation } from 'react-i18next';
import { type FormField } from '../../../shared/contract.ts';
import { Field, Tick } from '../../ui/field.tsx';
import { type AccountEntry } from './use-account-form.ts';

interface MailboxFieldsProps {
  readonly entry: AccountEntry;
  /** Google's inboxes are where they are; another server's may be somewhere else. */
  readonly google: boolean;
  readonly fault: (field: FormField) => string | null;
}

export function MailboxFields({ entry: { entered, set }, google, fault }: MailboxFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
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
      {!google && (entered.watch || entered.tidySent) && (
        <div className="server-line">
          <Field
            label={t('setup.mailbox.host')}
            hint={t('setup.mailbox.hostHint')}
            inputMode="url"
            leftToRight
            value={entered.mailboxHost}
            fault={fault('mailbox-host')}
            onValue={(mailboxHost) => set({ mailboxHost })}
          />
          <Field
            label={t('setup.mailbox.port')}
            inputMode="numeric"
            leftToRight
            value={entered.mailboxPort}
            fault={fault('mailbox-port')}
            onValue={(mailboxPort) => set({ mailboxPort })}
          />
        </div>
      )}
    </>
  );
}
