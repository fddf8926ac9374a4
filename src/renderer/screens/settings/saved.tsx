/**
 * @file What became of the last change on a page of the settings: said beside the page's heading, with the way to undo it.
 * The live region says it to those who do not see.
 */
import { createContext, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import { useOneAtATime } from '../../bridge.ts';
import { type AnyProblem } from '../../i18n/phrases.tsx';
import { useAnnounce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Icon } from '../../ui/icon.tsx';

/** How storing a setting ended. `refused`: it is out of range, stays in its control, and is not in force. */
export type Stored =
  { readonly state: 'saved' | 'refused' } | { readonly state: 'failed'; readonly problem: AnyProblem };

export interface Change {
  readonly ended: Stored;
  readonly label: string;
  /** Stores what was in force before. */
  readonly undo: () => Promise<Stored>;
}

const TellContext = createContext<(change: Change) => void>(() => undefined);
/** Around the controls of a page: takes how their changes ended. */
export const ChangesOf = TellContext;
export const useTellChange = (): ((change: Change) => void) => useContext(TellContext);

interface SavedProps {
  /** The last one on this page. */
  readonly change: Change | 'undone' | null;
  readonly onUndone: (ended: Stored) => void;
}

export function Saved({ change, onUndone }: SavedProps) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { busy, run } = useOneAtATime();
  if (change === 'undone') return <p className="saved">{t('settings.undone')}</p>;
  if (change === null || change.ended.state === 'failed') return null;
  const { state } = change.ended;
  const undo = () =>
    run(async () => {
      const ended = await change.undo();
      if (ended.state === 'saved') announce(t('settings.undone'));
      // The button goes with what it undid, and the focus with neither.
      document.querySelector<HTMLElement>('main h1')?.focus();
      onUndone(ended);
    });
  return (
    <div className="saved" data-state={state}>
      <span className="saved-words" aria-hidden="true">
        <Icon name={state === 'saved' ? 'check' : 'caution'} />
        {t(`settings.${state}`)}
      </span>
      <Button kind="quiet" busy={busy} onClick={undo}>
        <span aria-hidden="true">{t('settings.undo')}</span>
        <span className="unseen">{t('settings.undoOf', { what: change.label })}</span>
      </Button>
    </div>
  );
}
