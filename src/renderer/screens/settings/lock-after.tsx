/** @file After how long the desk locks. Stored with the change, like the policy. */
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { LOCK_MINUTES } from '../../../shared/choices.ts';
import { bridge, useView } from '../../bridge.ts';
import { type AnyProblem } from '../../i18n/phrases.tsx';
import { Trouble } from '../../frame/trouble.tsx';

/** What is offered of the range; a stored value between them is a value too. */
const OFFERED = [LOCK_MINUTES.min, 2, 5, 10, 15, 30, LOCK_MINUTES.max];

export function LockAfter() {
  const { t } = useTranslation();
  const { choices } = useView();
  const id = useId();
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const values = [...new Set([...OFFERED, choices.lockMinutes])].sort((a, b) => a - b);
  const choose = async (lockMinutes: number) => {
    const answer = await bridge.settings.choose({ lockMinutes });
    // What is offered is in range.
    setProblem(answer.ok || answer.problem.code === 'choice' ? null : answer.problem);
  };
  return (
    <>
      <div className="policy-line">
        <label htmlFor={id}>{t('access.settings.lockAfter')}</label>
        <select
          id={id}
          value={choices.lockMinutes}
          onChange={(event) => void choose(Number(event.currentTarget.value))}
        >
          {values.map((value) => (
            <option key={value} value={value}>
              {t('settings.policy.value', { value })}
            </option>
          ))}
        </select>
      </div>
      <Trouble problem={problem} />
    </>
  );
}
