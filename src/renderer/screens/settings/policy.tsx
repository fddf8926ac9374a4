/**
 * @file The policy, stored with every change, and what it is worth: the chance of a guess as main computes it.
 * The page does no arithmetic of its own, so the figure is the one that is enforced.
 */
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type DeskView } from '../../../shared/desk-view.ts';
import { accountSendsLimit, type Policy, type Range, RANGES } from '../../../shared/choices.ts';
import { useView } from '../../bridge.ts';
import { Fault } from '../../ui/fault.tsx';
import { Fold } from '../../ui/fold.tsx';
import { Picked } from './picked.tsx';
import { ProviderLimit } from './provider-limit.tsx';
import { Section } from './section.tsx';
import { usePickedSetting } from './use-setting.ts';
import { useTypedSetting } from './use-typed-setting.ts';
import './policy.css';

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

export function PolicyPage() {
  const { t } = useTranslation();
  const view = useView();
  const kind = view.account?.form.kind ?? null;
  const { value: sends, pick } = usePickedSetting('accountSends', t('settings.policy.fields.accountSends'));
  return (
    <Section>
      <p>{t('settings.policy.text')}</p>
      <div className="policy">
        {PICKED.map((field) => (
          <Picked
            key={field}
            name={field}
            label={t(`settings.policy.fields.${field}`)}
            values={offered(RANGES[field])}
            title={(value) => t('settings.policy.value', { value })}
          />
        ))}
        <ProviderLimit kind={kind} sends={sends} onChange={pick} />
        <Limit max={accountSendsLimit(kind)} />
      </div>
      <Chance view={view} />
    </Section>
  );
}

/** Every change of the policy is an entry of the journal: a number on its way is none. */
const PAUSE_MS = 1_500;

function Limit({ max }: { readonly max: number }) {
  const { t } = useTranslation();
  const id = useId();
  const label = t('settings.policy.fields.accountSends');
  const { value, fault, onValue, ...field } = useTypedSetting('accountSends', label, PAUSE_MS);
  return (
    <div className="policy-line">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        type="text"
        inputMode="numeric"
        autoComplete="off"
        value={Number.isNaN(value) ? '' : String(value)}
        aria-invalid={fault !== null || undefined}
        aria-describedby={fault === null ? `${id}-range` : `${id}-fault ${id}-range`}
        onChange={(event) => {
          const digits = event.currentTarget.value.replaceAll(/\D/g, '').slice(0, MOST_DIGITS);
          onValue(digits === '' ? NaN : Number(digits));
        }}
        onPaste={field.onPaste}
        onBlur={field.onLeave}
        onKeyDown={field.onKeyDown}
      />
      {fault !== null && <Fault id={`${id}-fault`} text={fault} tone="no" />}
      <p className="hint" id={`${id}-range`}>
        {t('settings.policy.upTo', { min: 1, max })}
      </p>
    </div>
  );
}

/** More than any limit has. */
const MOST_DIGITS = 9;

function Chance({ view }: { readonly view: DeskView }) {
  const { t } = useTranslation();
  return (
    <div className="chance">
      <h2>{t('settings.policy.chance')}</h2>
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
