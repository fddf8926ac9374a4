/**
 * @file The field for an address, at the desk and in set-up: it says what is wrong once the typing has settled, and
 * offers the one address that a paste obviously holds. Only a key or a press changes what was typed.
 */
import { type ReactNode, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import { type AddressVerdict } from '../../../shared/desk-view.ts';
import { type AddressFault, type AddressProblem } from '../../../shared/words.ts';
import { addressFaultText } from '../../i18n/address-fault.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { useReveal, useSaidOnce } from '../../ui/focus.ts';
import { type Settled, type SettledField } from './use-settled.ts';

/** What more typing cannot cure. */
const FOR_GOOD: ReadonlySet<AddressProblem> = new Set<AddressProblem>([
  'several-at-signs',
  'several-addresses',
  'display-name',
  'link',
  'quoted',
  'comment',
  'control-character',
  'invisible-character',
  'character-not-allowed',
  'route',
  'domain-literal',
  'too-long',
  'local-part-too-long',
]);
const isForGood = ({ problem }: AddressFault): boolean => FOR_GOOD.has(problem);

/** What is to be said of the address now; null when it is too early, or when there is nothing. */
export function shownFault(
  verdict: AddressVerdict | null,
  refused: AddressFault | null,
  typed: string,
  settled: Settled,
): AddressFault | null {
  if (refused !== null) return refused;
  if (verdict === null || verdict.valid || typed.trim() === '') return null;
  const { fault } = verdict;
  switch (settled) {
    case 'typing':
      return null;
    case 'resting':
      return isForGood(fault) ? fault : null;
    case 'pasted':
      return isForGood(fault) || fault.repair !== null ? fault : null;
    case 'left':
      return fault;
  }
}

interface AddressFieldProps {
  readonly label: string;
  readonly typed: string;
  readonly onValue: (address: string) => void;
  readonly field: SettledField;
  /** What main says about the address as it stands; null until it has answered. */
  readonly verdict: AddressVerdict | null;
  /** What main refused when it was sent. */
  readonly refused: AddressFault | null;
  /** What else keeps this one from being used. */
  readonly other?: string | null;
  /** It is on its way: what was found then is said by what sent it. */
  readonly busy?: boolean;
  readonly size?: 'large' | 'normal';
  readonly hint?: ReactNode;
  /** What is worth a look in it. */
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLInputElement>;
}

export function AddressField({
  label,
  typed,
  onValue,
  field,
  verdict,
  refused,
  other = null,
  busy = false,
  size,
  hint,
  children,
  ref,
}: AddressFieldProps) {
  const { t } = useTranslation();
  const fault = shownFault(verdict, refused, typed, field.settled);
  const offer = fault?.repair ?? null;
  const text = fault === null ? other : addressFaultText(t, fault);
  const offered = offer === null ? null : t('address.offered', { address: offer });
  useSaidOnce(
    text === null ? null : [text, offered].filter((part) => part !== null).join(' '),
    verdict === null || busy || refused !== null,
  );
  const take = () => {
    if (offer === null) return;
    field.onPasted();
    field.onTyped();
    onValue(offer);
  };
  return (
    <Field
      ref={ref}
      label={label}
      value={typed}
      size={size}
      inputMode="email"
      leftToRight
      readOnly={busy}
      hint={hint}
      fault={text}
      faultTone={offer === null ? 'no' : 'plain'}
      onValue={(address) => {
        field.onTyped();
        onValue(address);
      }}
      onPaste={field.onPasted}
      onLeave={field.onLeft}
      onKeyDown={(event) => {
        // Enter could only be refused again: it takes what is offered, and the next one sends.
        // An input method has a use of its own for it.
        if (event.key !== 'Enter' || offer === null || event.nativeEvent.isComposing) return;
        event.preventDefault();
        if (!event.repeat) take();
      }}
    >
      {offer !== null && (
        <Offer>
          <Button
            kind="offer"
            shortcut={t('frame.keys.enter')}
            onClick={(event) => {
              take();
              // The button goes with its offer.
              event.currentTarget.closest('.field')?.querySelector('input')?.focus();
            }}
          >
            {t('address.use', { address: offer })}
          </Button>
        </Offer>
      )}
      {text === null && children}
    </Field>
  );
}

/** The way out comes into view with what is wrong. */
function Offer({ children }: { readonly children: ReactNode }) {
  return (
    <p className="offer" ref={useReveal<HTMLParagraphElement>()}>
      {children}
    </p>
  );
}
