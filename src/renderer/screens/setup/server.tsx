/**
 * @file Where another server takes mail: folded once it is known.
 */
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type FormField } from '../../../shared/contract.ts';
import { SECURITY } from '../../../shared/words.ts';
import { type Words } from '../../i18n/i18n.ts';
import { Field, Picker } from '../../ui/field.tsx';
import { FoldRow } from '../../ui/fold-row.tsx';
import { type Entered } from './entered.ts';
import { type AccountEntry } from './use-account-form.ts';

const FIELDS = [
  'host',
  'port',
  'user',
  'mailbox-host',
  'mailbox-port',
] as const satisfies readonly FormField[];
type ServerField = (typeof FIELDS)[number];

interface ServerFieldsProps {
  readonly entry: AccountEntry;
  /** Which field the failed test is about. */
  readonly failed: FormField | null;
  /** Why, and the id of the element that holds it. */
  readonly failure: ReactNode;
  readonly failureId: string;
}

export function ServerFields({ entry, failed, failure, failureId }: ServerFieldsProps) {
  const { t } = useTranslation();
  const { entered, faultOf, set } = entry;
  // What is not known yet cannot be folded away.
  const [open, setOpen] = useState(entered.host === '');
  const wrong = FIELDS.some((field) => faultOf(field) !== null || failed === field);
  const fault = (field: ServerField) => {
    const found = faultOf(field);
    return found === null ? null : t(`formFaults.${found.why}`);
  };
  const faultAt = (field: ServerField) => (failed === field ? failureId : undefined);
  return (
    <FoldRow title={t('setup.server')} value={serverWords(t, entered)} open={open || wrong} onOpen={setOpen}>
      <div className="server-line">
        <Field
          label={t('setup.host')}
          inputMode="url"
          leftToRight
          value={entered.host}
          fault={fault('host')}
          faultAt={faultAt('host')}
          onValue={(host) => set({ host })}
        />
        <Field
          label={t('setup.port')}
          inputMode="numeric"
          leftToRight
          value={entered.port}
          fault={fault('port')}
          faultAt={faultAt('port')}
          onValue={(port) => set({ port })}
        />
      </div>
      {failed !== null && failed !== 'password' && failure}
      <Picker
        variant="chips"
        label={t('setup.security')}
        value={entered.security}
        options={SECURITY.map((value) => ({ value, title: t(`setup.securities.${value}`) }))}
        onValue={(security) => set({ security })}
      />
      <Field
        label={t('setup.user')}
        hint={t('setup.userHint')}
        leftToRight
        value={entered.user}
        fault={fault('user')}
        onValue={(user) => set({ user })}
      />
    </FoldRow>
  );
}

const serverWords = (t: Words, { host, port, security }: Entered): string =>
  host.trim() === ''
    ? t('setup.serverUnknown')
    : t('settings.account.serverLine', {
        host: host.trim(),
        port: port.trim(),
        security: t(`settings.account.securities.${security}`),
      });
