/** @file What a search asks for: words, days, purpose, result, who was at the desk. Days are days of this computer's calendar. */
import { useId, type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { type AccessView } from '../../../shared/access.ts';
import { type HistoryQuery, RESULTS, type Result } from '../../../shared/history.ts';
import { type Purpose } from '../../../shared/request.ts';
import { useView } from '../../bridge.ts';
import { purposeName } from '../../i18n/phrases.tsx';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';

/** As the fields have it; a day is "2026-11-25", '' for none. */
export interface Asked {
  readonly text: string;
  readonly fromDay: string;
  readonly toDay: string;
  /** '' for any. */
  readonly purpose: Purpose;
  readonly result: Result | '';
  readonly operator: string;
}
export const ALL: Asked = { text: '', fromDay: '', toDay: '', purpose: '', result: '', operator: '' };

/** The first moment of a day, `later` days on; a day that is none is no bound. */
function startOf(day: string, later: number): number | null {
  const [year = NaN, month = NaN, date = NaN] = day.split('-').map(Number);
  const at = new Date(year, month - 1, date + later).getTime();
  return Number.isNaN(at) ? null : at;
}

export const queryOf = ({ text, fromDay, toDay, purpose, result, operator }: Asked): HistoryQuery => ({
  text: text.trim(),
  from: startOf(fromDay, 0),
  to: startOf(toDay, 1),
  purpose: purpose === '' ? null : purpose,
  result: result === '' ? null : result,
  operator: operator === '' ? null : operator,
});

interface FiltersProps {
  readonly asked: Asked;
  readonly onAsk: (asked: Asked) => void;
  readonly find: Ref<HTMLInputElement>;
  /** Beside them. */
  readonly children: ReactNode;
}

export function Filters({ asked, onAsk, find, children }: FiltersProps) {
  const { t } = useTranslation();
  const { access, choices } = useView();
  const people = access.on ? peopleOf(access) : [];
  const purposeText = (purpose: Purpose) =>
    purpose === 'other' ? t('history.otherPurpose') : purposeName(t, purpose);
  // Those that are not offered any more, too.
  const { list } = choices.purposes;
  return (
    <form role="search" className="history-filters" onSubmit={(event) => event.preventDefault()}>
      <Field
        ref={find}
        label={t('history.find')}
        hint={t('history.findHint')}
        value={asked.text}
        onValue={(text) => onAsk({ ...asked, text })}
      />
      <div className="history-narrow">
        <Day
          label={t('history.from')}
          value={asked.fromDay}
          onValue={(fromDay) => onAsk({ ...asked, fromDay })}
        />
        <Day label={t('history.to')} value={asked.toDay} onValue={(toDay) => onAsk({ ...asked, toDay })} />
        <Choice
          label={t('history.purpose')}
          any={t('history.anyPurpose')}
          value={asked.purpose}
          options={list.map(({ purpose }) => [purpose, purposeText(purpose)])}
          onValue={(purpose) => onAsk({ ...asked, purpose })}
        />
        <Choice
          label={t('history.result')}
          any={t('history.anyResult')}
          value={asked.result}
          options={RESULTS.map((result) => [result, t(`history.results.${result}`)])}
          onValue={(result) => onAsk({ ...asked, result })}
        />
        {people.length > 1 && (
          <Choice
            label={t('history.operator')}
            any={t('history.anyOperator')}
            value={asked.operator}
            options={people.map((name) => [name, name])}
            onValue={(operator) => onAsk({ ...asked, operator })}
          />
        )}
        {JSON.stringify(asked) !== JSON.stringify(ALL) && (
          <Button kind="quiet" onClick={() => onAsk(ALL)}>
            {t('history.clear')}
          </Button>
        )}
        {children}
      </div>
    </form>
  );
}

/** Those who work here now, the owner too. A name of earlier days is found by its words. */
const peopleOf = ({ operators, owner }: Extract<AccessView, { readonly on: true }>): readonly string[] => [
  ...new Set([...operators.map(({ name }) => name), owner.name]),
];

interface DayProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (day: string) => void;
}

function Day({ label, value, onValue }: DayProps) {
  const id = useId();
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <input id={id} type="date" value={value} onChange={(event) => onValue(event.currentTarget.value)} />
    </div>
  );
}

interface ChoiceProps<Value extends string> {
  readonly label: string;
  readonly any: string;
  readonly value: Value | '';
  readonly options: readonly (readonly [value: Value, text: string])[];
  readonly onValue: (value: Value | '') => void;
}

function Choice<Value extends string>({ label, any, value, options, onValue }: ChoiceProps<Value>) {
  const id = useId();
  return (
    <div className="filter">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={value}
        onChange={({ currentTarget }) =>
          onValue(options.find(([option]) => option === currentTarget.value)?.[0] ?? '')
        }
      >
        <option value="">{any}</option>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </div>
  );
}
