/**
 * @file The policy, stored with every change, and what it is worth: the chance of a guess as main computes it.
 * The page does no arithmetic of its own, so the figure is the one that is enforced.
 */
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DeskView } from '../../../shared/desk-view.ts';
import { accountSendsLimit, type Policy, type Range, RANGES } from '../../../shared/choices.ts';
import { bridge, useView } from '../../bridge.ts';
import { problemText, type AnyProblem } from '../../i18n/phrases.tsx';
import { useAnnounce } from '../../ui/announce.ts';
import { Fold } from '../../ui/fold.tsx';
import { Icon } from '../../ui/icon.tsx';
import { ProviderLimit } from './provider-limit.tsx';
import { Section } from './section.tsx';

/** The choices that have a list to pick from; the last has too many values for one. */
const PICKED = [
  'codeLength',
  'lifetimeMinutes',
  'guesses',
  'addressGuesses',
  'addressSends',
  'deskOneIn',
] as const satisfies readonly (keyof Policy)[];

/** Every value that is offered; main refuses anything outside the range. */
const offered = ({ min, max, step }: Range): number[] =>
  Array.from({ length: Math.floor((max - min) / step) + 1 }, (_, index) => min + index * step);

/** Answers what is wrong, in words; null when it is stored. */
type Saving = (change: Partial<Policy>) => Promise<string | null>;

export function PolicySection() {
  const { t, i18n } = useTranslation();
  const view = useView();
  const announce = useAnnounce();
  const [fault, setFault] = useState<string | null>(null);
  const save: Saving = async (change) => {
    const answer = await bridge.settings.choose(change);
    if (answer.ok) return null;
    return answer.problem.code === 'choice'
      ? t(`formFaults.${answer.problem.why}`)
      : problemText(t, answer.problem satisfies AnyProblem, view.now, i18n.language);
  };
  const choose: Saving = async (change) => {
    const told = await save(change);
    setFault(told);
    if (told !== null) announce(told);
    return told;
  };
  return (
    <Section title={t('settings.policy.title')}>
      <p>{t('settings.policy.text')}</p>
      <div className="policy">
        {PICKED.map((field) => (
          <Choice key={field} field={field} policy={view.choices} onChange={choose} />
        ))}
        <ProviderLimit
          kind={view.account?.form.kind ?? null}
          sends={view.choices.accountSends}
          onChange={(accountSends) => void choose({ accountSends })}
        />
        <Limit
          value={view.choices.accountSends}
          max={accountSendsLimit(view.account?.form.kind ?? null)}
          onChange={save}
        />
      </div>
      {fault !== null && (
        <p className="fault">
          <Icon name="caution" />
          {fault}
        </p>
      )}
      <Chance view={view} />
    </Section>
  );
}

interface ChoiceProps {
  readonly field: (typeof PICKED)[number];
  readonly policy: Policy;
  readonly onChange: Saving;
}

function Choice({ field, policy, onChange }: ChoiceProps) {
  const { t } = useTranslation();
  const id = useId();
  const current = policy[field];
  // A stored value between the offered ones is a value too.
  const values = [...new Set([...offered(RANGES[field]), current])].sort((a, b) => a - b);
  return (
    <div className="policy-line">
      <label htmlFor={id}>{t(`settings.policy.fields.${field}`)}</label>
      <select
        id={id}
        value={current}
        onChange={(event) => void onChange({ [field]: Number(event.currentTarget.value) })}
      >
        {values.map((value) => (
          <option key={value} value={value}>
            {t('settings.policy.value', { value })}
          </option>
        ))}
      </select>
    </div>
  );
}

function Limit({
  value,
  max,
  onChange,
}: {
  readonly value: number;
  readonly max: number;
  readonly onChange: Saving;
}) {
  const { t } = useTranslation();
  const id = useId();
  const [typed, setTyped] = useState(String(value));
  const [stored, setStored] = useState(value);
  const [fault, setFault] = useState<string | null>(null);
  const announce = useAnnounce();
  if (stored !== value) {
    setStored(value);
    setTyped(String(value));
    setFault(null);
  }
  const commit = async () => {
    if (typed.trim() === String(value)) return;
    // What is no number at all is left for main to refuse, like any other value out of range.
    const told = await onChange({ accountSends: /^\d{1,9}$/.test(typed.trim()) ? Number(typed) : NaN });
    setFault(told);
    if (told !== null) announce(told);
  };
  return (
    <div className="policy-line">
      <label htmlFor={id}>{t('settings.policy.fields.accountSends')}</label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        value={typed}
        aria-invalid={fault !== null || undefined}
        aria-describedby={fault === null ? `${id}-range` : `${id}-fault ${id}-range`}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={() => void commit()}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void commit();
        }}
      />
      {fault !== null && (
        <p className="fault" id={`${id}-fault`}>
          <Icon name="caution" />
          {fault}
        </p>
      )}
      <p className="hint" id={`${id}-range`}>
        {t('settings.policy.upTo', { min: 1, max })}
      </p>
    </div>
  );
}

function Chance({ view }: { readonly view: DeskView }) {
  const { t } = useTranslation();
  return (
    <div className="chance">
      <h3>{t('settings.policy.chance')}</h3>
      <dl aria-live="polite">
        <div>
          <dt>{t('settings.policy.one')}</dt>
          <dd>{t('settings.policy.oneIn', { n: view.chance.verificationOneIn })}</dd>
        </div>
        <div>
          <dt>{t('settings.policy.day')}</dt>
          <dd>{t('settings.policy.oneIn', { n: view.chance.addressDayOneIn })}</dd>
        </div>
        <div>
          <dt>{t('settings.policy.deskDay')}</dt>
          <dd>{t('settings.policy.oneIn', { n: view.chance.deskDayOneIn })}</dd>
        </div>
      </dl>
      {view.sessionOnly && <p>{t('settings.policy.session')}</p>}
      <Fold title={t('settings.policy.how')}>
        <p className="formula">{t('settings.policy.formula')}</p>
        <p>{t('settings.policy.formulaText')}</p>
        <p>{t('settings.policy.source')}</p>
      </Fold>
    </div>
  );
}
