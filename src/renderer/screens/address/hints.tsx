/**
 * @file What is worth a look in a valid address. The person decides: only the button changes anything.
 */
import { useTranslation } from 'react-i18next';
import { assertNever } from '../../../shared/result.ts';
import { type AddressVerdict } from '../../../shared/desk-view.ts';
import { type AddressHint } from '../../../shared/words.ts';
import { type Words } from '../../i18n/i18n.ts';
import { Button } from '../../ui/button.tsx';
import { useSaidOnce } from '../../ui/focus.ts';
import { Note, type Tone } from '../../ui/note.tsx';

const TONES: Record<AddressHint['kind'], Tone> = {
  typo: 'wait',
  extra: 'wait',
  'look-alike': 'wait',
  'look-alike-local': 'wait',
  international: 'plain',
  role: 'plain',
  disposable: 'plain',
  'no-mail-server': 'wait',
};

interface AddressHintsProps {
  readonly verdict: AddressVerdict | null;
  /** Null until main has answered. */
  readonly hints: readonly AddressHint[] | null;
  readonly typed: string;
  readonly onUse: (address: string) => void;
}

/** Shown once the typing has settled. */
export function AddressHints({ verdict, hints, typed, onUse }: AddressHintsProps) {
  const { t } = useTranslation();
  const delivery = verdict?.valid === true ? verdict.delivery : null;
  const goesTo =
    hints === null || delivery === null || delivery === typed.trim()
      ? null
      : t('address.goesTo', { delivery });
  const lines = [goesTo, ...(hints ?? []).map((hint) => hintText(t, hint, true))].filter(
    (line) => line !== null,
  );
  // No live region of its own: with every pause in the typing it would say the same again.
  useSaidOnce(lines.length === 0 ? null : lines.join(' '), hints === null);
  return (
    <div className="hints">
      {goesTo !== null && <p className="hint">{goesTo}</p>}
      {hints?.map((hint) => (
        <HintNote key={hint.kind} hint={hint} onUse={onUse} />
      ))}
    </div>
  );
}

const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1);

/** `changeable`: before it is sent, when a button can still put it right. */
function hintText(t: Words, hint: AddressHint, changeable: boolean): string {
  switch (hint.kind) {
    case 'typo': {
      const domain = domainOf(hint.suggestion);
      return changeable ? t('address.hints.typo', { domain }) : t('address.typoSent', { domain });
    }
    case 'extra':
      return t('address.hints.extra', { extra: hint.extra });
    case 'look-alike':
    case 'international':
      return t(`address.hints.${hint.kind}`, { ascii: hint.ascii });
    case 'look-alike-local':
    case 'role':
    case 'disposable':
    case 'no-mail-server':
      return t(`address.hints.${hint.kind}`);
    default:
      return assertNever(hint);
  }
}

interface HintNoteProps {
  readonly hint: AddressHint;
  readonly onUse?: (address: string) => void;
}

/** One hint; without `onUse` it only tells. */
export function HintNote({ hint, onUse }: HintNoteProps) {
  const { t } = useTranslation();
  return (
    <Note
      tone={TONES[hint.kind]}
      {...('suggestion' in hint &&
        onUse !== undefined && {
          actions: (
            <Button kind="quiet" onClick={() => onUse(hint.suggestion)}>
              {t('address.use', { address: hint.suggestion })}
            </Button>
          ),
        })}
    >
      <p>{hintText(t, hint, onUse !== undefined)}</p>
    </Note>
  );
}
