/**
 * @file Saving the account: one call, and what is said of its answer that main does not show by itself.
 */
import { useRef, useState } from 'react';
import type { BridgeProblem, SaveProblem } from '../../../shared/problems.ts';
import { type Authority, type Keeping } from '../../../shared/words.ts';
import { bridge, useOneAtATime } from '../../bridge.ts';
import { type AnyProblem } from '../../i18n/phrases.tsx';
import { accountForm } from './entered.ts';
import { type AccountEntry } from './use-account-form.ts';

export interface Save {
  readonly busy: boolean;
  readonly problem: AnyProblem | null;
  /** So many open verifications would end: it is asked about before. */
  readonly ending: { readonly open: number; readonly how: How } | null;
  readonly save: (how: How) => void;
  readonly keepOpen: () => void;
  /** Hosts outside the account's own domain, and what goes on once they are confirmed; null when none waits for it. */
  readonly outside: { readonly hosts: readonly string[]; readonly confirm: () => void } | null;
  readonly decline: () => void;
  /** The owner lets this authority open the connection: tested again, with what was agreed to before. */
  readonly consent: (authority: Authority) => void;
}

interface How {
  readonly untested: boolean;
  readonly endOpen?: boolean;
  /** In the place of what was chosen. */
  readonly keep?: Keeping;
  /** Said yes to with this very click. */
  readonly authorities?: readonly Authority[];
}

export function useSave(entry: AccountEntry, keep: Keeping, focusFault: () => void): Save {
  const { busy, run } = useOneAtATime();
  const [problem, setProblem] = useState<AnyProblem | null>(null);

  /** Whether the last save was to end what is open. */
  const agreed = useRef(false);
  /** Said yes to by name, for as long as this screen is open. */
  const confirmed = useRef<readonly string[]>([]);
  const [outside, setOutside] = useState<Save['outside']>(null);
  const [ending, setEnding] = useState<Save['ending']>(null);

  const failed = (told: SaveProblem | BridgeProblem, how: How) => {
    switch (told.code) {
      case 'form':
        entry.blame(told.faults);
        focusFault();
        return;
      case 'test-failed':
        // Main shows the failed test in the view.
        return;
      case 'ends-open':
        setEnding({ open: told.open, how });
        return;
      case 'outside-hosts': {
        const { hosts } = told;
        const confirm = () => {
          confirmed.current = [...confirmed.current, ...hosts];
          setOutside(null);
          save(how);
        };
        setOutside({ hosts, confirm });
        return;
      }
      case 'vault':
      case 'busy':
      case 'records-newer':
      case 'records-older':
      case 'records-unreadable':
      case 'no-access':
      case 'invalid-input':
      case 'refused-sender':
      case 'disk-full':
      case 'internal':
        setProblem(told);
    }
  };

  const save = (how: How) =>
    run(async () => {
      const { untested, endOpen = false, authorities = entry.entered.authorities } = how;
      agreed.current = endOpen;
      setProblem(null);
      entry.blame([]);
      entry.flush();
      const answer = await bridge.setup.save({
        form: accountForm({ ...entry.entered, authorities }),
        password: entry.entered.password,
        keep: how.keep ?? keep,
        untested,
        endOpen,
        confirmed: confirmed.current,
      });
      setEnding(null);
      if (!answer.ok) failed(answer.problem, how);
    });
  const consent = (authority: Authority) => {
    const authorities = [...entry.entered.authorities, authority];
    entry.set({ authorities });
    save({ untested: false, endOpen: agreed.current, authorities });
  };
  const keepOpen = () => setEnding(null);
  const decline = () => setOutside(null);
  return { busy, problem, ending, save, keepOpen, outside, decline, consent };
}
