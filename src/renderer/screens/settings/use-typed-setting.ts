/**
 * @file A setting that is typed: stored when the typing pauses, when the field is left and before the page goes, so that
 * nothing typed is dropped. While it is typed the field shows what was typed, whatever main has made of it.
 */
import { useCallback, useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type SettingName, type SettingValues } from '../../../shared/settings.ts';
import { useAnnounce } from '../../ui/announce.ts';
import { useSaidOnce } from '../../ui/focus.ts';
import { useSettled } from '../address/use-settled.ts';
import { usePaused } from '../use-paused.ts';
import { useSetting } from './use-setting.ts';

interface TypedSetting<V> {
  readonly value: V;
  readonly fault: string | null;
  readonly onValue: (value: V) => void;
  readonly onPaste: () => void;
  readonly onLeave: () => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
}

/** Between two words, and not between two letters. */
const PAUSE_MS = 400;

export function useTypedSetting<N extends SettingName>(
  name: N,
  label: string,
  pauseMs = PAUSE_MS,
): TypedSetting<SettingValues[N]> {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const setting = useSetting(name, label);
  const { stored, store } = setting;
  const [typed, setTyped] = useState<{ readonly value: SettingValues[N] } | null>(null);
  /** From the first letter until the field is left: what was in force then, and whether there is something to be said. */
  const visit = useRef<{ before: SettingValues[N]; saved: boolean } | null>(null);
  const unanswered = useRef(0);
  const field = useSettled(true);

  const say = useCallback(
    (change: { readonly value: SettingValues[N]; readonly before: SettingValues[N] }) => {
      unanswered.current += 1;
      void store(change.value, change.before).then(({ state }) => {
        unanswered.current -= 1;
        if (visit.current !== null) visit.current.saved = state === 'saved';
        else {
          if (state === 'saved') announce(t('settings.saved'));
          // Main has it now, in force or refused.
          if (unanswered.current === 0) setTyped(null);
        }
      });
    },
    [store, announce, t],
  );
  const { tell, flush } = usePaused(say, pauseMs);

  useEffect(() => {
    window.addEventListener('beforeunload', flush);
    return () => {
      window.removeEventListener('beforeunload', flush);
      flush();
    };
  }, [flush]);

  const onLeave = () => {
    flush();
    const saved = visit.current?.saved === true && unanswered.current === 0;
    visit.current = null;
    if (saved) announce(t('settings.saved'));
    if (unanswered.current === 0) setTyped(null);
    field.onLeft();
  };
  const fault =
    setting.fault === null || field.settled === 'typing' ? null : t(`formFaults.${setting.fault}`);
  useSaidOnce(fault, false);
  return {
    value: typed === null ? setting.value : typed.value,
    fault,
    onValue: (value) => {
      visit.current ??= { before: stored, saved: false };
      setTyped({ value });
      tell({ value, before: visit.current.before });
      field.onTyped();
    },
    onPaste: field.onPasted,
    onLeave,
    onKeyDown: (event) => {
      // Enter is done; Escape and the keys of the desk lead away from here.
      if (event.key === 'Enter' || event.key === 'Escape' || event.ctrlKey || event.metaKey) flush();
      if (event.key === 'Enter') field.onLeft();
    },
  };
}
