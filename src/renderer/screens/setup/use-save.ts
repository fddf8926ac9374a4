/**
 * @file Saving the account: one call, and what is said of its answer that main does not show by itself.
 */
import { useRef, useState } from 'react';
import { type BridgeProblem, type SaveProblem } from '../../../shared/contract.ts';
import { type Authority, type Keeping } from '../../../shared/words.ts';
import { bridge, useOneAtATime } from '../../bridge.ts';
import { type AnyProblem } from '../../i18n/phrases.tsx';
import { accountForm } from './entered.ts';
import { type AccountEntry } from './use-account-form.ts';

export interface Save {
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

export function useSave(entry: AccountEntry, keep: Keeping, focusFault: () => void): Save {
  const { busy, run } = useOneAtATime();
  const [problem, setProblem] = useState<AnyProblem | null>(null);

  /** Whether the last save was to end what is open. */
  const agreed = useRef(false);
  const [ending, setEnding] = useState<Save['ending']>(null);

  const failed = (told: SaveProblem | BridgeProblem, untested: boolean) => {
    switch (told.code) {
      case 'form':
        entry.blame(told.faults);
        focusFault();
        return;
      case 'test-failed':
        // Main shows the failed test in the view.
        return;
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

  const save = ({ untested, endOpen = false, authorities = entry.entered.authorities }: How) =>
    run(async () => {
      agreed.current = endOpen;
      setProblem(null);
      entry.blame([]);
      entry.flush();
      const { password } = entry.entered;
      const form = accountForm({ ...entry.entered, authorities });
      const answer = await bridge.setup.save({ form, password, keep, untested, endOpen });
      setEnding(null);
      if (!answer.ok) failed(answer.problem, untested);
    });
  const consent = (authority: Authority) => {
    const authorities = [...entry.entered.authorities, authority];
    entry.set({ authorities });
    save({ untested: false, endOpen: agreed.current, authorities });
  };
  return { busy, problem, ending, save, keepOpen: () => setEnding(null), consent };
}
