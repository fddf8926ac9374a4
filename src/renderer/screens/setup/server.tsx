/**
 * @file Where another server takes mail: folded once it is known.
 */
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { FormField } from '../../../shared/problems.ts';
import { SECURITY } from '../../../shared/words.ts';
import { type Words } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { Field, Picker } from '../../ui/field.tsx';
import { Note } from '../../ui/note.tsx';
import { FoldRow } from '../../ui/fold-row.tsx';
import { type Entered } from './entered.ts';
import { type AccountEntry } from './use-account-form.ts';
import { type Search } from './use-search.ts';

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
  readonly search: Search;
  /** Which field the failed test is about. */
  readonly failed: FormField | null;
  /** Why, and the id of the element that holds it. */
  readonly failure: ReactNode;
  readonly failureId: string;
}

export function ServerFields({ entry, search, failed, failure, failureId }: ServerFieldsProps) {
  const { t } = useTranslation();
  const { entered, faultOf, set } = entry;
  // What is not known yet cannot be folded away.
  const [open, setOpen] = useState(entered.host === '');
  const [shown, setShown] = useState(failed);
  if (shown !== failed) {
    setShown(failed);
    // The server was found good: the password, its reason and the button come together.
    if (failed === 'password') setOpen(false);
  }
  const wrong = FIELDS.some((field) => faultOf(field) !== null || failed === field);
  const fault = (field: ServerField) => {
    const found = faultOf(field);
    return found === null ? null : t(`formFaults.${found.why}`);
  };
  const faultAt = (field: ServerField) => (failed === field ? failureId : undefined);
  return (
    <FoldRow title={t('setup.server')} value={serverWords(t, entered)} open={open || wrong} onOpen={setOpen}>
      <Found search={search} entry={entry} />
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

/** What is asked before it is asked, and what came of it. */
function Found({ search: { last }, entry: { entered, set } }: Pick<ServerFieldsProps, 'search' | 'entry'>) {
  const { t } = useTranslation();
  if (last === null)
    return entered.host.trim() === '' ? <p className="hint">{t('setup.search.beforehand')}</p> : null;
  const toWorkspace =
    last.result === 'google' ? (
      <Button onClick={() => set({ kind: 'workspace' })}>{t('setup.search.toWorkspace')}</Button>
    ) : undefined;
  return (
    <Note tone={last.result === 'found' ? 'yes' : 'wait'} actions={toWorkspace}>
      <p>{t(`setup.search.results.${last.result}`)}</p>
      {last.result === 'found' && <p>{t(`setup.search.how.${last.found.how}`)}</p>}
    </Note>
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
