/**
 * @file First-run set-up and every later change of the account: form, live test, and only then the keychain.
 * The password passes through here once, inwards, and is never part of any view.
 */
import type { InputOf, ProblemOf } from '../../shared/contract.ts';
import type { FieldFault } from '../../shared/problems.ts';
import type { AddressVerdict, SetupStep } from '../../shared/desk-view.ts';
import type { Cause } from '../../shared/causes.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { AccountForm, AccountKind, Authority, DeliveryProblem } from '../../shared/words.ts';
import { checkForm, checkPassword } from './account-form.ts';
import { judgeAddress } from './advice.ts';
import type { LookUps } from './look-ups.ts';
import { outsideHosts } from './outside-hosts.ts';
import { parseAddress } from '../address/parse.ts';
import { sidesOf } from '../address/address.ts';
import { foldedHost, type ServerSearch } from '../../shared/mail-servers.ts';
import type { DeskCore } from './core.ts';
import type { Secrets } from './secrets.ts';
import { senderOf } from './sender.ts';
import type { DeskState } from './state.ts';
import type { Stations } from './stations.ts';
import { signInOf } from './stored-secret.ts';

type SaveInput = InputOf<'setup.save'>;
type SaveProblem = ProblemOf<'setup.save'>;

/** What came of a test that succeeded. */
interface Tested {
  readonly authorities: readonly Authority[];
  readonly mailboxTrouble: Cause | null;
}

export interface Setup {
  choose(kind: AccountKind): void;
  change(): void;
  /** Looks for the servers of the domain that is being entered. */
  find(): Promise<ServerSearch>;
  /** Keeps what is being entered; answers whether its address is one. */
  draft(form: AccountForm): AddressVerdict;
  save(input: SaveInput): Promise<Result<null, SaveProblem>>;
  /** Stops a running test; with none running, leaves set-up. */
  cancel(): void;
}

export function createSetup(
  { state, ports, go, openSettings, inTurn, changed }: DeskCore,
  stations: Pick<Stations, 'openAccount' | 'openBesides'>,
  secrets: Secrets,
  lookUps: Pick<LookUps, 'mayAsk'>,
): Setup {
  let running: AbortController | null = null;
  /** The authorities that tests have asked about: only these can be said yes to. */
  const asked = new Map<string, Authority>();
  /** The verification from which a new password was asked for: set-up leads back to it. */
  let returnTo: Extract<DeskState['place'], { at: 'verification' }> | null = null;

  const open = (kind: AccountKind, form: AccountForm | null, changing: boolean): void => {
    go({ at: 'setup', kind, form, test: { state: 'idle' }, changing });
    changed();
  };

  /** What keeps the account's own mailbox from being attended to keeps no code from being sent: it is only told. */
  async function test(form: AccountForm, secret: string): Promise<Result<Tested, SaveProblem>> {
    const controller = new AbortController();
    running = controller;
    const onStep = (step: SetupStep): void => show({ state: 'running', step });
    onStep('reach');
    const tested = await ports.mail.probe(form, secret, { signal: controller.signal, onStep });
    running = null;
    if (tested.ok) return ok({ authorities: tested.value, mailboxTrouble: null });
    const { authority, cause } = tested.problem.problem;
    if (authority !== undefined) asked.set(authority.fingerprint, authority);
    else if (tested.problem.step === 'mailbox' && !controller.signal.aborted)
      return ok({ authorities: form.authorities ?? [], mailboxTrouble: cause });
    // A test that was called off has nothing to report.
    show(controller.signal.aborted ? { state: 'idle' } : { state: 'failed', ...tested.problem });
    return fail({ code: 'test-failed', problem: tested.problem.problem });
  }

  const show = (next: Extract<DeskState['place'], { at: 'setup' }>['test']): void => {
    if (state.place.at === 'setup') go({ ...state.place, test: next });
    changed();
  };

  /** The typed password, or the stored one where an unchanged sign-in allows it. */
  async function secretFor(form: AccountForm, typed: string): Promise<Result<string, FieldFault>> {
    const current = ports.settings.account();
    // Otherwise the person at the desk could name a server of their own and be sent the stored secret.
    const mayKeep = current !== null && signInOf(form) === signInOf(current);
    if (typed === '' && current !== null && !mayKeep)
      return fail({ field: 'password', why: 'sign-in-changed' });
    if (typed !== '' || !mayKeep) return checkPassword(form.kind, typed);
    const kept = await secrets.secret();
    return kept === null ? checkPassword(form.kind, typed) : ok(kept);
  }

  /** What the page says yes to, as far as it was asked about: as the certificates name themselves. */
  function consentedIn(form: AccountForm): readonly Authority[] {
    const chosen = new Set((form.authorities ?? []).map(({ fingerprint }) => fingerprint));
    const before = (ports.settings.account()?.authorities ?? []).filter((one) => !asked.has(one.fingerprint));
    return [...asked.values(), ...before].filter(({ fingerprint }) => chosen.has(fingerprint));
  }

  async function save(input: SaveInput): Promise<Result<null, SaveProblem>> {
    if (running !== null) return fail({ code: 'busy' });
    const form = checkForm(input.form);
    keep(input.form, { state: 'idle' });
    const secret = form.ok
      ? await secretFor(form.value, input.password)
      : judgeTyped(input.form.kind, input.password);
    if (!form.ok || !secret.ok)
      return fail({
        code: 'form',
        faults: [...(form.ok ? [] : form.problem), ...(secret.ok ? [] : [secret.problem])],
      });
    const ends = endsOpen(form.value, input);
    if (!ends.ok) return ends;
    const unconfirmed = outsideHosts(form.value, ports.settings.account()).filter(
      (host) => !input.confirmed.map(foldedHost).includes(host),
    );
    if (unconfirmed.length > 0) return fail({ code: 'outside-hosts', hosts: unconfirmed });
    let accepted: Tested = { authorities: consentedIn(input.form), mailboxTrouble: null };
    if (!input.untested) {
      const tested = await test(withAuthorities(form.value, accepted.authorities), secret.value);
      if (!tested.ok) return tested;
      // What was said yes to before and is not met any more is forgotten.
      accepted = tested.value;
    }
    show({ state: 'running', step: 'store' });
    const { authorities, mailboxTrouble } = accepted;
    return inTurn(() => store(withAuthorities(form.value, authorities), secret.value, input, mailboxTrouble));
  }

  /** The password of a form that is wrong: whether a stored one could be kept depends on what it will be. */
  const judgeTyped = (kind: AccountKind, typed: string): Result<string, FieldFault> =>
    typed === '' && ports.settings.account() !== null ? ok('') : checkPassword(kind, typed);

  function keep(form: AccountForm, test: Extract<DeskState['place'], { at: 'setup' }>['test']): void {
    if (state.place.at !== 'setup') return;
    state.entered = form;
    go({ ...state.place, kind: form.kind, form, test });
  }

  /** Another account ends what is open: the owner says yes to that, and to as many as there are. */
  function endsOpen(form: AccountForm, { endOpen }: SaveInput): Result<null, SaveProblem> {
    const sender = senderOf(form);
    const open = sender === null ? 0 : stations.openBesides(sender);
    return open > 0 && !endOpen ? fail({ code: 'ends-open', open }) : ok(null);
  }

  async function store(
    form: AccountForm,
    secret: string,
    input: SaveInput,
    mailboxTrouble: Cause | null,
  ): Promise<Result<null, SaveProblem>> {
    const before = ports.settings.account();
    await secrets.checkVault();
    // Some may have been started while the test ran.
    const ends = endsOpen(form, input);
    if (!ends.ok) {
      show({ state: 'idle' });
      return ends;
    }
    if (input.keep === 'session' && state.vault !== 'available') secrets.useSession();
    const kept = await secrets.keep(form, secret, input.keep);
    if (!kept.ok) {
      show({ state: 'failed', step: 'store', problem: vaultProblem(kept.problem.state) });
      return kept;
    }
    ports.settings.setAccount(form);
    state.standing = input.untested ? 'untested' : 'tested';
    const { watch = false, tidySent = false } = form.mailbox ?? {};
    state.mailboxTrouble = {
      watch: watch ? mailboxTrouble : null,
      tidySent: tidySent ? mailboxTrouble : null,
      ids: null,
    };
    state.entered = null;
    const opened = await stations.openAccount();
    if (!opened.ok) {
      if (opened.problem.code === 'vault') {
        show({ state: 'failed', step: 'store', problem: vaultProblem(opened.problem.state) });
      } else {
        show({ state: 'idle' });
      }
      return opened;
    }
    const isAnother = before?.address !== form.address || signInOf(before) !== signInOf(form);
    if (returnTo === null && isAnother) {
      state.newAccount = true;
      state.dismissed = state.dismissed.filter(({ kind }) => kind !== 'account-saved');
    }
    go(returnTo ?? { at: 'address' });
    changed();
    return ok(null);
  }

  return {
    choose: (kind) => {
      returnTo = null;
      const account = ports.settings.account();
      const same = account !== null && account.kind === kind;
      open(kind, state.entered ?? (same ? account : null), account !== null);
    },
    change: () => {
      returnTo = state.place.at === 'verification' ? state.place : null;
      const account = ports.settings.account();
      if (account === null) go({ at: 'welcome' });
      else open(account.kind, account, true);
      changed();
    },
    find: async () => {
      const address = parseAddress(state.place.at === 'setup' ? (state.place.form?.address ?? '') : '');
      if (!address.ok) return { result: 'none' };
      const { domain } = sidesOf(address.value.delivery);
      return lookUps.mayAsk(domain) ? ports.findServers(domain) : { result: 'no-answer' };
    },
    draft: (form) => {
      if (state.place.at === 'setup')
        keep(form, form.kind === state.place.kind ? state.place.test : { state: 'idle' });
      return judgeAddress(form.address);
    },
    save,
    cancel: () => {
      if (running !== null) {
        running.abort();
        return;
      }
      // A change that was called off is not to come back.
      if (ports.settings.account() !== null) state.entered = null;
      const newcomer = ports.settings.account() === null && state.station === null;
      if (returnTo !== null) go(returnTo);
      else if (newcomer) go({ at: 'welcome' });
      else openSettings('account');
      changed();
    },
  };
}

const withAuthorities = (form: AccountForm, authorities: readonly Authority[]): AccountForm =>
  authorities.length === 0 ? form : { ...form, authorities };

const vaultProblem = (vault: 'locked' | 'missing'): DeliveryProblem => ({
  cause: vault === 'locked' ? 'vault-locked' : 'vault-missing',
  serverSaid: null,
});
