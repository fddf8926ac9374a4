/**
 * @file How many messages the account's provider is taken to allow in a day: the two that Google has, or the owner's own
 * number, which the field below takes.
 */
import { useTranslation } from 'react-i18next';
import { accountSendsLimit, PROVIDER_LIMITS } from '../../../shared/choices.ts';
import { type AccountKind } from '../../../shared/words.ts';
import { Picker } from '../../ui/field.tsx';

interface ProviderLimitProps {
  readonly kind: AccountKind | null;
  readonly sends: number;
  readonly onChange: (sends: number) => void;
}

export function ProviderLimit({ kind, sends, onChange }: ProviderLimitProps) {
  const { t } = useTranslation();
  const known = PROVIDER_LIMITS.filter((limit) => limit.sends <= accountSendsLimit(kind));
  const chosen = known.find((limit) => limit.sends === sends);
  return (
    <div className="policy-line provider">
      <Picker
        variant="chips"
        label={t('settings.policy.provider.label')}
        value={chosen === undefined ? 'own' : String(chosen.messages)}
        options={[
          ...known.map(({ messages }) => ({
            value: String(messages),
            title: t('settings.policy.provider.messages', { messages }),
          })),
          { value: 'own', title: t('settings.policy.provider.own'), off: chosen !== undefined },
        ]}
        onValue={(value) => {
          const next = known.find(({ messages }) => String(messages) === value);
          if (next !== undefined) onChange(next.sends);
        }}
      />
      <p className="hint">{t('settings.policy.provider.text')}</p>
    </div>
  );
}
