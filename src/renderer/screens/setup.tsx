/**
 * @file Set-up of the account: enter, test live, keep. Nothing is sent to anyone, and nothing typed is lost when
 * the test fails.
 */
import { useEffect, useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type BridgeProblem, type FormField, type SaveProblem } from '../../shared/contract.ts';
import { type Screen } from '../../shared/desk-view.ts';
import { GMAIL_SMTP } from '../../shared/mail-servers.ts';
import { type Authority, SECURITY, type Keeping } from '../../shared/words.ts';
import { bridge, useOneAtATime, useView } from '../bridge.ts';
import { serverName, type AnyProblem } from '../i18n/phrases.tsx';
import { useAnnounce } from '../ui/announce.ts';
import { Button } from '../ui/button.tsx';
import { Card, Choices } from '../ui/card.tsx';
import { Confirm } from '../ui/dialog.tsx';
import { Field, Picker } from '../ui/field.tsx';
import { useFaultFocus } from '../ui/focus.ts';
import { keychainTrouble, VaultTrouble } from '../frame/notices.tsx';
import { Trouble } from '../frame/trouble.tsx';
import { MailboxFields } from './setup/mailbox.tsx';
import { PasswordField } from './setup/password.tsx';
import { TestProgress } from './setup/test-progress.tsx';
import { accountForm, useAccountForm, type AccountEntry } from './setup/use-account-form.ts';
import './setup.css';

type Setup = Extract<Screen, { at: 'setup' }>;

/** The longest that systems allow between two clicks. */
const DOUBLE_CLICK_MS = 900;

export function SetupScreen({ screen }: { readonly screen: Setup }) {
  const { t } = useTranslation();
  const view = useView();
  const { kind, changing, test } = screen;
  const google = kind !== 'server';
  const entry = useAccountForm(screen.form);
  const { entered, faults, set } = entry;
  const [chosen, setChosen] = useState<Keeping>(
    view.sessionOnly ? 'session' : (view.account?.secret ?? 'keychain'),
  );
  const keep = view.vault === 'available' ? chosen : 'session';
  const first = useRef<HTMLInputElement>(null);
  const password = useRef<HTMLInputElement>(null);
  const { form, focusFault } = useFaultFocus();
  const { busy, problem, ending, save, keepOpen, consent } = useSave(screen, entry, keep, focusFault);

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
    void bridge.setup.cancel();
  };
  const trouble = keychainTrouble(view);
  const host = google ? GMAIL_SMTP.host : entered.host;
  const fault = (field: FormField) => {
    const why = faults[field];
    return why === undefined ? null : t(`formFaults.${why}`);
  };
  return (
    <Card title={changing ? t('setup.titleChanging') : t(`setup.title.${kind}`)} lead={t('setup.lead')}>
      <form
        ref={form}
        noValidate
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault();
          save({ untested: false });
        }}
      >
        <Field
          ref={first}
          label={t(`setup.address.${kind}`)}
          inputMode="email"
          leftToRight
          value={entered.address}
          fault={fault('address')}
          onValue={(address) => set({ address })}
        />
        {google ? (
          <Field
            label={t('setup.signInAs')}
            hint={t('setup.signInAsHint')}
            inputMode="email"
            leftToRight
            value={entered.user}
            fault={fault('user')}
            onValue={(user) => set({ user })}
          />
        ) : (
          <ServerFields entry={entry} fault={fault} />
        )}
        <PasswordField ref={password} entry={entry} kind={kind} changing={changing} />
        <Field
          label={t('setup.name')}
          hint={t('setup.nameHint')}
          value={entered.name}
          fault={fault('name')}
          onValue={(name) => set({ name })}
        />
        <MailboxFields entry={entry} google={google} fault={fault} />
        {trouble !== 'available' && <VaultTrouble state={trouble} />}
        <Picker
          variant="cards"
          label={t('setup.keep')}
          value={keep}
          options={(['keychain', 'session'] as const).map((value) => ({
            value,
            ...(value === 'session' && view.recordsKept
              ? { title: t('setup.anew.title'), text: t('setup.anew.text') }
              : { title: t(`setup.keeps.${value}.title`), text: t(`setup.keeps.${value}.text`) }),
            off: value === 'keychain' && view.vault !== 'available',
          }))}
          onValue={setChosen}
        />
        <TestProgress
          test={test}
          host={host}
          server={google ? serverName(t, { practice: false, form: { kind, address: '', name: '' } }) : host}
          google={google}
          mailbox={entered.watch || entered.tidySent}
          busy={testing}
          onSaveAnyway={() => save({ untested: true })}
          onConsent={consent}
        />
        <Trouble problem={problem} />
        {ending !== null && (
          <Confirm
            title={t('setup.endsOpen.title')}
            confirm={t('setup.endsOpen.confirm')}
            cancel={t('setup.endsOpen.keep')}
            busy={testing}
            onConfirm={() => save({ untested: ending.untested, endOpen: true })}
            onClose={keepOpen}
          >
            <p>{t('setup.endsOpen.text', { count: ending.open })}</p>
          </Confirm>
        )}
        <Button kind="primary" type="submit" busy={testing}>
          {testing ? t('setup.saving') : t('setup.save')}
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

interface Save {
  readonly busy: boolean;
  readonly problem: AnyProblem | null;
  /** So many open verifications would end: it is asked about before. */
  readonly ending: { readonly open: number; readonly untested: boolean } | null;
  readonly save: (how: How) => void;
  readonly keepOpen: () => void;
  /** The owner lets this authority open the connection: tested again, with what was agreed to before. */
  readonly consent: (authority: Authority) => void;
}

interface How {
  readonly untested: boolean;
  readonly endOpen?: boolean;
  /** Said yes to with this very click. */
  readonly authorities?: readonly Authority[];
}

function useSave({ kind }: Setup, entry: AccountEntry, keep: Keeping, focusFault: () => void): Save {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { busy, run } = useOneAtATime();
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const [ending, setEnding] = useState<Save['ending']>(null);
  /** Whether the last save was to end what is open. */
  const agreed = useRef(false);

  const failed = (told: SaveProblem | BridgeProblem, untested: boolean) => {
    switch (told.code) {
      case 'form':
        entry.blame({ [told.field]: told.why });
        focusFault();
        return;
      case 'test-failed': {
        // Main shows the failed test in the view; here it is only said.
        const { cause } = told.problem;
        // The owner stopped it and needs no telling.
        if (cause === 'called-off') return;
        const server = serverName(t, { practice: false, form: accountForm(kind, entry.entered) });
        announce(`${t(`causes.${cause}.title`, { server })}. ${t(`causes.${cause}.remedy`, { server })}`);
        return;
      }
      case 'ends-open':
        setEnding({ open: told.open, untested });
        return;
      case 'vault':
      case 'busy':
      case 'records-newer':
      case 'records-older':
      case 'records-unreadable':
      case 'no-access':
      case 'invalid-input':
      case 'refused-sender':
      case 'internal':
        setProblem(told);
    }
  };

  const save = ({ untested, endOpen = false, authorities = entry.entered.authorities }: How) => {
    agreed.current = endOpen;
    const form = accountForm(kind, { ...entry.entered, authorities });
    if (form === null) {
      entry.blame({ port: 'not-a-port' });
      focusFault();
      return;
    }
    run(async () => {
      setProblem(null);
      entry.blame({});
      const { password } = entry.entered;
      const answer = await bridge.setup.save({ form, password, keep, untested, endOpen });
      setEnding(null);
      if (!answer.ok) failed(answer.problem, untested);
    });
  };
  const consent = (authority: Authority) => {
    const authorities = [...entry.entered.authorities, authority];
    entry.set({ authorities });
    save({ untested: false, endOpen: agreed.current, authorities });
  };
  return { busy, problem, ending, save, keepOpen: () => setEnding(null), consent };
}

interface ServerFieldsProps {
  readonly entry: AccountEntry;
  readonly fault: (field: FormField) => string | null;
}

function ServerFields({ entry: { entered, set }, fault }: ServerFieldsProps) {
  const { t } = useTranslation();
  return (
    <>
      <div className="server-line">
        <Field
          label={t('setup.host')}
          inputMode="url"
          leftToRight
          value={entered.host}
          fault={fault('host')}
          onValue={(host) => set({ host })}
        />
        <Field
          label={t('setup.port')}
          inputMode="numeric"
          leftToRight
          value={entered.port}
          fault={fault('port')}
          onValue={(port) => set({ port })}
        />
      </div>
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
    </>
  );
}
