/**
 * @file Set-up of the account: an address, a password and a name; then the live test, and only then it is kept. Nothing is
 * sent to anyone, and nothing typed is lost when the test fails: why stands at the field that can put it right.
 */
import { useEffect, useId, useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { CAUSES } from '../../shared/causes.ts';
import { type Screen } from '../../shared/desk-view.ts';
import { GMAIL_SMTP } from '../../shared/mail-servers.ts';
import { ACCOUNT_KINDS, type Keeping } from '../../shared/words.ts';
import { bridge, useView } from '../bridge.ts';
import { serverName } from '../i18n/phrases.tsx';
import { Button } from '../ui/button.tsx';
import { Card, Choices } from '../ui/card.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Field, Picker } from '../ui/field.tsx';
import { useFaultFocus } from '../ui/focus.ts';
import { keychainTrouble, VaultTrouble } from '../frame/notices.tsx';
import { Trouble } from '../frame/trouble.tsx';
import { OwnAddress } from './setup/address.tsx';
import { Failure } from './setup/failure.tsx';
import { fieldOfFailure } from './setup/field-of-cause.ts';
import { More } from './setup/more.tsx';
import { PasswordField } from './setup/password.tsx';
import { ServerFields } from './setup/server.tsx';
import { Steps } from './setup/steps.tsx';
import { accountForm } from './setup/entered.ts';
import { useAccountForm } from './setup/use-account-form.ts';
import { useFailureFocus } from './setup/use-failure-focus.ts';
import { useSave } from './setup/use-save.ts';
import { useSearch } from './setup/use-search.ts';
import './setup.css';

type Setup = Extract<Screen, { at: 'setup' }>;

/** The longest that systems allow between two clicks. */
const DOUBLE_CLICK_MS = 900;

export function SetupScreen({ screen }: { readonly screen: Setup }) {
  const { t } = useTranslation();
  const view = useView();
  const { changing } = screen;
  const entry = useAccountForm(screen.kind, screen.form);
  const { entered, faultOf, set } = entry;
  const { kind } = entered;
  const google = kind !== 'server';
  // What was found out about another kind of account says nothing about this one.
  const test: Setup['test'] = kind === screen.kind ? screen.test : { state: 'idle' };
  const [chosen, setChosen] = useState<Keeping>(
    view.sessionOnly ? 'session' : (view.account?.secret ?? 'keychain'),
  );
  // What failed at a keychain that was there is tried there again: it may be open by then.
  const lost = test.state === 'failed' && CAUSES[test.problem.cause].next === 'vault' && !view.sessionOnly;
  const keychain = view.vault === 'available' || lost;
  const keep = keychain ? chosen : 'session';
  const first = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const submit = useRef<HTMLButtonElement>(null);
  const { form, focusFault } = useFaultFocus();
  const saving = useSave(entry, keep, focusFault);
  const { busy, problem, ending, save, keepOpen, outside, decline, consent } = saving;
  const search = useSearch(entry);

  useEffect(() => {
    // A changed account most often needs a new password.
    (changing ? password : first).current?.focus();
  }, [changing]);

  const testing = busy || test.state === 'running';
  const stoppedAt = useRef(-Infinity);
  const leave = () => {
    // The same button stops a test and leaves: a double click on the first must not do the second.
    if (!testing && performance.now() - stoppedAt.current < DOUBLE_CLICK_MS) return;
    if (testing) stoppedAt.current = performance.now();
    entry.flush();
    void bridge.setup.cancel();
  };
  const trouble = keychainTrouble(view);
  const host = google ? GMAIL_SMTP.host : entered.host.trim();
  const server = serverName(t, { practice: false, form: accountForm(entered) });
  const mailbox = entered.watch || entered.tidySent;
  const failureId = useId();
  const field = test.state === 'failed' ? fieldOfFailure(test, kind) : null;
  const failure =
    test.state !== 'failed' ? null : (
      <Failure
        id={failureId}
        test={test}
        host={host}
        server={server}
        google={google}
        busy={testing}
        onSaveAnyway={() => save({ untested: true })}
        onSession={() => save({ untested: false, keep: 'session' })}
        onConsent={consent}
      />
    );
  // The same failure twice is two: a view between them may never have been drawn.
  useFailureFocus({ test: busy ? { state: 'idle' } : test, field, server, form, submit });
  const unknown = !google && entered.host.trim() === '';
  const nameFault = faultOf('name');
  return (
    <Card title={changing ? t('setup.titleChanging') : t('setup.title')} lead={t('setup.lead')}>
      <form
        ref={form}
        className="setup"
        noValidate
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          // Without a server there is nothing to test yet: the same press looks for it.
          if (unknown && entry.verdict?.valid === true) search.find();
          else save({ untested: false });
        }}
      >
        <Picker
          variant="chips"
          label={t('setup.kind')}
          value={kind}
          options={ACCOUNT_KINDS.map((value) => ({ value, title: t(`welcome.choices.${value}.title`) }))}
          onValue={(other) => set({ kind: other })}
        />
        <OwnAddress ref={first} entry={entry} />
        <PasswordField
          ref={password}
          entry={entry}
          changing={changing}
          testing={testing}
          failure={field === 'password' ? failure : null}
          failureId={failureId}
        />
        <Field
          label={t('setup.name')}
          hint={t('setup.nameHint')}
          value={entered.name}
          fault={nameFault === null ? null : t(`formFaults.${nameFault.why}`)}
          onValue={(name) => set({ name })}
        />
        {!google && (
          <ServerFields
            entry={entry}
            search={search}
            failed={field}
            failure={failure}
            failureId={failureId}
          />
        )}
        <More
          entry={entry}
          keep={keep}
          keychain={keychain}
          recordsKept={view.recordsKept}
          onKeep={setChosen}
        />
        {trouble !== 'available' && !lost && <VaultTrouble state={trouble} />}
        {field === null && failure}
        {test.state === 'running' && <Steps test={test} host={host} mailbox={mailbox} />}
        <Trouble problem={problem} />
        {outside !== null && (
          <Confirm
            title={t('setup.outside.title', { host: outside.hosts.join(', ') })}
            confirm={t('setup.outside.confirm', { host: outside.hosts.join(', ') })}
            cancel={t('setup.outside.decline')}
            busy={testing}
            onConfirm={outside.confirm}
            onClose={decline}
          >
            <p>{t('setup.outside.text', { domain: entered.address.trim().replace(/^.*@/, '') })}</p>
          </Confirm>
        )}
        {ending !== null && (
          <Confirm
            title={t('setup.endsOpen.title')}
            confirm={t('setup.endsOpen.confirm')}
            cancel={t('setup.endsOpen.keep')}
            busy={testing}
            onConfirm={() => save({ ...ending.how, endOpen: true })}
            onClose={keepOpen}
          >
            <p>{t('setup.endsOpen.text', { count: ending.open })}</p>
          </Confirm>
        )}
        <Button ref={submit} kind="primary" type="submit" busy={testing || search.busy}>
          {testing
            ? t('setup.saving')
            : search.busy
              ? t('setup.search.busy')
              : unknown
                ? t('setup.search.find')
                : test.state === 'failed'
                  ? t('setup.saveAgain')
                  : t('setup.save')}
        </Button>
        <Choices>
          <Button kind="quiet" onClick={leave}>
            {testing ? t('setup.stop') : changing ? t('setup.cancel') : t('setup.back')}
          </Button>
        </Choices>
      </form>
    </Card>
  );
}
