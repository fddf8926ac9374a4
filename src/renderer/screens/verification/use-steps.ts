/**
 * @file What can be done next with a verification, each one call to main, one at a time. Main changes the
 * screen when it worked; what did not work is kept to be said.
 */
import { useState } from 'react';
import { type NextStep } from '../../../shared/causes.ts';
import { type Result } from '../../../shared/result.ts';
import { bridge, useOneAtATime } from '../../bridge.ts';
import { type AnyProblem } from '../../i18n/phrases.tsx';

export interface Steps {
  readonly steps: Readonly<Record<NextStep | 'next', () => void>>;
  readonly busy: boolean;
  readonly trouble: AnyProblem | null;
}

/** `onSent`: it was sent again. */
export function useSteps(id: string, onSent?: () => void): Steps {
  const { busy, run } = useOneAtATime();
  const [trouble, setTrouble] = useState<AnyProblem | null>(null);
  const step = (call: () => Promise<Result<unknown, AnyProblem>>, onDone?: () => void) => () =>
    run(async () => {
      setTrouble(null);
      const answer = await call();
      if (answer.ok) onDone?.();
      else setTrouble(answer.problem);
    });
  return {
    steps: {
      retry: step(() => bridge.verification.resend({ id }), onSent),
      renew: step(() => bridge.verification.again({ id })),
      address: step(() => bridge.verification.changeAddress({ id })),
      password: step(() => bridge.account.change()),
      account: step(() => bridge.account.change()),
      vault: step(() => bridge.vault.retry()),
      next: step(() => bridge.desk.go({ to: 'address' })),
    },
    busy,
    trouble,
  };
}
