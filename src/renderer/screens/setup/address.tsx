/**
 * @file The account's own address: judged, and repaired where it obviously can be, in the same words as at the desk.
 */
import { type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { type AddressHint } from '../../../shared/words.ts';
import { type Words } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { useSaidOnce } from '../../ui/focus.ts';
import { Note } from '../../ui/note.tsx';
import { AddressField } from '../address/field.tsx';
import { useAdvice } from '../address/use-draft.ts';
import { useSettled } from '../address/use-settled.ts';
import { type AccountEntry } from './use-account-form.ts';

interface OwnAddressProps {
  readonly entry: AccountEntry;
  readonly ref: Ref<HTMLInputElement>;
}

export function OwnAddress({ entry, ref }: OwnAddressProps) {
  const { t } = useTranslation();
  const { entered, verdict, faultOf, flush, set } = entry;
  const field = useSettled(entered.address !== '');
  const advice = useAdvice(entered.address, field.settled !== 'typing' && verdict?.valid === true);
  const hints = (advice ?? []).flatMap((hint) => {
    const text = hintText(t, hint);
    return text === null ? [] : [{ hint, text }];
  });
  useSaidOnce(hints.length === 0 ? null : hints.map(({ text }) => text).join(' '), advice === null);
  const fault = faultOf('address');
  const use = (address: string) => set({ address });
  return (
    <AddressField
      ref={ref}
      label={t(`setup.address.${entered.kind}`)}
      typed={entered.address}
      field={{
        ...field,
        onLeft: () => {
          // What is judged now is not to wait for the pause that keeps the form.
          flush();
          field.onLeft();
        },
      }}
      verdict={verdict}
      refused={fault?.address ?? null}
      other={fault === null || fault.address !== undefined ? null : t(`formFaults.${fault.why}`)}
      onValue={use}
    >
      <div className="hints">
        {hints.map(({ hint, text }) => (
          <Note
            key={hint.kind}
            tone="wait"
            {...('suggestion' in hint && {
              actions: (
                <Button
                  kind="quiet"
                  onClick={(event) => {
                    use(hint.suggestion);
                    // The button goes with its hint.
                    event.currentTarget.closest('.field')?.querySelector('input')?.focus();
                  }}
                >
                  {t('address.use', { address: hint.suggestion })}
                </Button>
              ),
            })}
          >
            <p>{text}</p>
          </Note>
        ))}
      </div>
    </AddressField>
  );
}

/** Who reads the mailbox is the owner's own business. */
function hintText(t: Words, hint: AddressHint): string | null {
  switch (hint.kind) {
    case 'typo':
      return t('address.hints.typo', {
        domain: hint.suggestion.slice(hint.suggestion.lastIndexOf('@') + 1),
      });
    case 'extra':
      return t('setup.hints.extra', { extra: hint.extra });
    case 'look-alike':
      return t('setup.hints.look-alike', { ascii: hint.ascii });
    case 'look-alike-local':
    case 'no-mail-server':
      return t(`setup.hints.${hint.kind}`);
    case 'international':
    case 'role':
    case 'disposable':
      return null;
  }
}
