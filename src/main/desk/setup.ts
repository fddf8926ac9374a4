/**
 * @file First-run set-up and every later change of the account: form, live test, and only then the keychain.
 * The password passes through here once, inwards, and is never part of any view.
 */
import type { InputOf, ProblemOf } from '../../shared/contract.ts';
import type { SetupStep } from '../../shared/desk-view.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { AccountForm, AccountKind, Authority, DeliveryProblem } from '../../shared/words.ts';
import { checkForm, checkPassword } from './account-form.ts';
import type { DeskCore } from './core.ts';
import type { Secrets } from './secrets.ts';
import { senderOf } from './sender.ts';
import { type DeskState, NO_TROUBLE } from './state.ts';
import type { Stations } from './stations.ts';
import { signInOf } from './stored-secret.ts';

type SaveInput = InputOf<'setup.save'>;
type SaveProblem = ProblemOf<'setup.save'>;

export interface Setup {
  choose(kind: AccountKind): void;
  change(): void;
  save(input: SaveInput): Promise<Result<null, SaveProblem>>;
  /** Stops a running test; with none running, leaves set-up. */
  cancel(): void;
}

export function createSetup(
  { state, ports, go, inTurn, changed }: DeskCore,
  stations: Pick<Stations, 'openAccount' | 'openBesides'>,
  secrets: Secrets,
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

  async function test(form: AccountForm, secret: string): Promise<Result<readonly Authority[], SaveProblem>> {
    const controller = new AbortController();
    running = controller;
    const onStep = (step: SetupStep): void => show({ state: 'running', step });
    onStep('reach');
    const tested = await ports.mail.probe(form, secret, { signal: controller.signal, onStep });
    running = null;
    if (tested.ok) return tested;
    const { authority } = tested.problem.problem;
    if (authority !== undefined) asked.set(authority.fingerprint, authority);
    // A test that was called off has nothing to report.
    show(controller.signal.aborted ? { state: 'idle' } : { state: 'failed', ...tested.problem });
    return fail({ code: 'test-failed', problem: tested.problem.problem });
  }

  const show = (next: Extract<DeskState['place'], { at: 'setup' }>['test']): void => {
    if (state.place.at === 'setup') go({ ...state.place, test: next });
    changed();
  };

  /** The typed password, or the stored one where an unchanged sign-in allows it. */
  async function secretFor(form: AccountForm, typed: string): Promise<Result<string, SaveProblem>> {
    const current = ports.settings.account();
    // Otherwise the person at the desk could name a server of their own and be sent the stored secret.
    const mayKeep = current !== null && signInOf(form) === signInOf(current);
    if (typed === '' && current !== null && !mayKeep)
      return fail({ code: 'form', field: 'password', why: 'sign-in-changed' });
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
    if (state.place.at === 'setup') go({ ...state.place, form: input.form, test: { state: 'idle' } });
    if (!form.ok) return form;
    const secret = await secretFor(form.value, input.password);
    if (!secret.ok) return secret;
    const sender = senderOf(form.value);
    const open = sender === null ? 0 : stations.openBesides(sender);
    if (open > 0 && !input.endOpen) return fail({ code: 'ends-open', open });
    let authorities = consentedIn(input.form);
    if (!input.untested) {
      const tested = await test(withAuthorities(form.value, authorities), secret.value);
      if (!tested.ok) return tested;
      // What was said yes to before and is not met any more is forgotten.
      authorities = tested.value;
    }
    show({ state: 'running', step: 'store' });
    return inTurn(() => store(withAuthorities(form.value, authorities), secret.value, input));
  }

  async function store(
    form: AccountForm,
    secret: string,
    input: SaveInput,
  ): Promise<Result<null, SaveProblem>> {
    await secrets.checkVault();
    if (input.keep === 'session' && state.vault !== 'available') secrets.useSession();
    const kept = await secrets.keep(form, secret, input.keep);
    if (!kept.ok) {
      show({ state: 'failed', step: 'store', problem: vaultProblem(kept.problem.state) });
      return kept;
    }
    ports.settings.setAccount(form);
    state.standing = input.untested ? 'untested' : 'tested';
    state.mailboxTrouble = NO_TROUBLE;
    const opened = await stations.openAccount();
    if (!opened.ok) {
      if (opened.problem.code === 'vault') {
        show({ state: 'failed', step: 'store', problem: vaultProblem(opened.problem.state) });
      } else {
        show({ state: 'idle' });
      }
      return opened;
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
      open(kind, same ? account : null, account !== null);
    },
    change: () => {
      returnTo = state.place.at === 'verification' ? state.place : null;
      const account = ports.settings.account();
      if (account === null) go({ at: 'welcome' });
      else open(account.kind, account, true);
      changed();
    },
    save,
    cancel: () => {
      if (running !== null) {
        running.abort();
        return;
      }
      const newcomer = ports.settings.account() === null && state.station === null;
      go(returnTo ?? { at: newcomer ? 'welcome' : 'settings' });
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
