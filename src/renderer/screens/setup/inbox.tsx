/**
 * @file What the program may do in the account's own mailbox: two choices, each with the sentence that says what it
 * does and what it leaves alone.
 */
import { useTranslation } from 'react-i18next';
import { type FormField } from '../../../shared/contract.ts';
import { Field, Tick } from '../../ui/field.tsx';
import { type AccountEntry } from './use-account-form.ts';

interface InboxFieldsProps {
  readonly entry: AccountEntry;
  /** Google's inboxes are where they are; another server's may be somewhere else. */
  readonly google: boolean;
  readonly fault: (field: FormField) => string | null;
}

export function InboxFields({ entry: { entered, set }, google, fault }: InboxFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <fieldset className="picker">
        <legend>{t('setup.inbox.title')}</legend>
        <Tick
          title={t('setup.inbox.watch.title')}
          text={t('setup.inbox.watch.text')}
          checked={entered.watch}
          onChecked={(watch) => set({ watch })}
        />
        <Tick
          title={t('setup.inbox.tidySent.title')}
          text={t('setup.inbox.tidySent.text')}
          checked={entered.tidySent}
          onChecked={(tidySent) => set({ tidySent })}
        />
      </fieldset>
      {!google && (entered.watch || entered.tidySent) && (
        <div className="server-line">
          <Field
            label={t('setup.inbox.host')}
            hint={t('setup.inbox.hostHint')}
            inputMode="url"
            leftToRight
            value={entered.inboxHost}
            fault={fault('inbox-host')}
            onValue={(inboxHost) => set({ inboxHost })}
          />
          <Field
            label={t('setup.inbox.port')}
            inputMode="numeric"
            leftToRight
            value={entered.inboxPort}
            fault={fault('inbox-port')}
            onValue={(inboxPort) => set({ inboxPort })}
          />
        </div>
      )}
    </>
  );
}
