/** @file A setting that is picked from a list and stored with the change. */
import { useId } from 'react';
import { type SettingValues } from '../../../shared/settings.ts';
import { usePickedSetting } from './use-setting.ts';
import './policy.css';

type Pickable =
  | 'theme'
  | 'textSize'
  | 'lockMinutes'
  | 'keepDays'
  | 'codeLength'
  | 'lifetimeMinutes'
  | 'guesses'
  | 'addressGuesses'
  | 'addressSends'
  | 'deskOneIn'
  | 'newerVersions';

interface PickedProps<N extends Pickable> {
  readonly name: N;
  readonly label: string;
  /** What is offered; a stored value between them is a value too. */
  readonly values: readonly SettingValues[N][];
  readonly title: (value: SettingValues[N]) => string;
}

export function Picked<N extends Pickable>({ name, label, values, title }: PickedProps<N>) {
  const { value: current, pick } = usePickedSetting(name, label);
  const id = useId();
  const offered = values.includes(current)
    ? values
    : [...values, current].sort((a, b) => Number(a) - Number(b));
  return (
    <div className="policy-line">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={String(current)}
        onChange={(event) => {
          const picked = offered.find((value) => String(value) === event.currentTarget.value);
          if (picked !== undefined) pick(picked);
        }}
      >
        {offered.map((value) => (
          <option key={value} value={value}>
            {title(value)}
          </option>
        ))}
      </select>
    </div>
  );
}
