/**
 * @file What is worth a look in a valid address. The person decides: only the button changes anything.
 */
import { useTranslation } from 'react-i18next';
import { type AddressLook } from '../../../shared/desk-view.ts';
import { type AddressHint } from '../../../shared/words.ts';
import { Button } from '../../ui/button.tsx';
import { Note, type Tone } from '../../ui/note.tsx';

const TONES: Record<AddressHint['kind'], Tone> = {
  typo: 'wait',
  'look-alike': 'wait',
  'look-alike-local': 'wait',
  international: 'plain',
  role: 'plain',
  disposable: 'plain',
  'no-mail-server': 'wait',
};

interface AddressHintsProps {
  readonly look: AddressLook | null;
  readonly typed: string;
  readonly onUse: (address: string) => void;
}

export function AddressHints({ look, typed, onUse }: AddressHintsProps) {
  const { t } = useTranslation();
  const known = look?.valid === true ? look : null;
  // The region is there before there is anything to say: one that appears with its words is not read.
  return (
    <div className="hints" aria-live="polite">
      {known !== null && known.delivery !== typed.trim() && (
        <p className="hint">{t('address.goesTo', { delivery: known.delivery })}</p>
      )}
      {known?.hints.map((hint) => (
        <HintNote key={hint.kind} hint={hint} onUse={onUse} />
      ))}
    </div>
  );
}

interface HintNoteProps {
  readonly hint: AddressHint;
  readonly onUse?: (address: string) => void;
}

/** One hint; without `onUse` it only tells. */
export function HintNote({ hint, onUse }: HintNoteProps) {
  const { t } = useTranslation();
  const ascii = 'ascii' in hint ? hint.ascii : '';
  const meant = hint.kind === 'typo' ? hint.suggestion : null;
  const suggestion = onUse === undefined ? null : meant;
  const domain = meant?.slice(meant.lastIndexOf('@') + 1) ?? '';
  return (
    <Note
      tone={TONES[hint.kind]}
      {...(suggestion !== null && {
        actions: (
          <Button kind="quiet" onClick={() => onUse?.(suggestion)}>
            {t('address.use', { domain })}
          </Button>
        ),
      })}
    >
      <p>
        {meant !== null && onUse === undefined
          ? t('address.typoSent', { domain })
          : t(`address.hints.${hint.kind}`, { ascii })}
      </p>
    </Note>
  );
}
