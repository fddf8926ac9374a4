/**
 * @file What the owner can change in Settings: policy, name and message, and everything gone. It judges nothing
 * itself; what is out of range is turned away by the rooms whose range it is.
 */
import { checkChoices } from '../choices/choices.ts';
import type { Handlers } from '../../shared/contract.ts';
import type { FormFault } from '../../shared/problems.ts';
import type { SettingName } from '../../shared/settings.ts';
import { fail, ok } from '../../shared/result.ts';
import { isSamePolicy, numbersOf } from '../ledger/policy.ts';
import { checkName } from './account-form.ts';
import type { DeskCore } from './core.ts';
import type { Stations } from './stations.ts';

export type SettingsHandlers = Pick<
  Handlers,
  Extract<keyof Handlers, `settings.${string}`> | 'account.remove'
>;

export function createSettingsHandlers(
  { ports, state, go, inTurn, forgetDraft, refitDraft, show, changed }: DeskCore,
  stations: Pick<Stations, 'removeEverything'>,
): SettingsHandlers {
  const { settings, report } = ports;

  /** `choices`: what the owner chose goes too, and not only the account. */
  const remove = ({ choices }: { readonly choices: boolean }): ReturnType<Handlers['account.remove']> =>
    inTurn(async () => {
      try {
        const removed = await stations.removeEverything();
        if (!removed.ok) return removed;
        if (choices) settings.removeAll();
        go({ at: 'welcome' });
        forgetDraft();
        state.refused = {};
        return removed;
      } finally {
        // Also when it failed half-way: the keychain is locked by then, or the desk is closed.
        changed();
      }
    });

  function refuse(setting: SettingName, value: unknown, why: FormFault): void {
    state.refused = { ...state.refused, [setting]: { value, why } };
    show();
  }

  const forgetRefused = (stored: readonly string[]): void => {
    const left = Object.entries(state.refused).filter(([setting]) => !stored.includes(setting));
    state.refused = Object.fromEntries(left);
  };

  return {
    'settings.choose': async (change) => {
      const checked = checkChoices(change, settings.account()?.kind ?? null);
      if (!checked.ok) {
        const { field, why } = checked.problem;
        refuse(field, change[field], why);
        return checked;
      }
      forgetRefused(Object.keys(change));
      const before = numbersOf(settings.choices());
      settings.choose(checked.value);
      // It holds from here on; a journal that can't be written to is told where something is verified.
      if (!isSamePolicy(before, numbersOf(settings.choices())))
        await state.station?.verifier.policyChanged().catch(report);
      if (change.purposes !== undefined) refitDraft();
      if (change.keepDays !== undefined) await state.station?.verifier.forgetDue().catch(report);
      changed();
      return ok(null);
    },
    'settings.saveName': ({ name }) => {
      const checked = checkName(name);
      if (!checked.ok) {
        refuse('name', name, checked.problem.why);
        return Promise.resolve(fail({ code: 'form', faults: [checked.problem] }));
      }
      forgetRefused(['name']);
      const account = settings.account();
      if (account !== null) settings.setAccount({ ...account, name: checked.value });
      show();
      return Promise.resolve(ok(null));
    },
    'settings.removeAll': () => remove({ choices: true }),
    'account.remove': () => remove({ choices: false }),
  };
}
