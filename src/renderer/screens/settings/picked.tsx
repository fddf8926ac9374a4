/** @file A choice that is picked from a list and stored with the change. */
import { useId, useState } from 'react';
import { type Choices } from '../../../shared/choices.ts';
import { bridge, useView } from '../../bridge.ts';
import { Trouble } from '../../frame/trouble.tsx';
import { type AnyProblem } from '../../i18n/phrases.tsx';

interface PickedProps<N extends keyof Choices> {
  readonly name: N;
  readonly label: string;
  /** What is offered; a stored value between them is a value too. */
  readonly values: readonly Choices[N][];
  readonly title: (value: Choices[N]) => string;
}

export function Picked<N extends 'theme' | 'textSize' | 'lockMinutes' | 'keepDays'>({
  name,
  label,
  values,
  title,
}: PickedProps<N>) {
  const current = useView().choices[name];
  const id = useId();
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const offered = values.includes(current)
    ? values
    : [...values, current].sort((a, b) => Number(a) - Number(b));
  const choose = async (value: Choices[N] | undefined) => {
    const answer = await bridge.settings.choose({ [name]: value });
    // What is offered is in range.
    setProblem(answer.ok || answer.problem.code === 'choice' ? null : answer.problem);
  };
  return (
    <>
      <div className="policy-line">
        <label htmlFor={id}>{label}</label>
        <select
          id={id}
          value={offered.indexOf(current)}
          onChange={(event) => void choose(offered[Number(event.currentTarget.value)])}
        >
          {offered.map((value, index) => (
            <option key={value} value={index}>
              {title(value)}
            </option>
          ))}
        </select>
      </div>
      <Trouble problem={problem} />
    </>
  );
}
