/**
 * @file One setting: what is stored, what was typed and refused, and the one way to change it. A change is stored at once,
 * and the page is told how that ended.
 */
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type DeskView } from '../../../shared/desk-view.ts';
import { type FormFault } from '../../../shared/problems.ts';
import { type SettingName, type SettingValues } from '../../../shared/settings.ts';
import { bridge, useView } from '../../bridge.ts';
import { useAnnounce } from '../../ui/announce.ts';
import { type Stored, useTellChange } from './saved.tsx';

export interface Setting<V> {
  readonly stored: V;
  /** What the control shows: what was refused stays in it. */
  readonly value: V;
  /** What is wrong with it; null when it is what is stored. */
  readonly fault: FormFault | null;
  /** `before`: what undoing brings back. */
  readonly store: (value: V, before: V) => Promise<Stored>;
}

function storedIn<N extends SettingName>(view: DeskView, name: N): SettingValues[N] {
  const values: SettingValues = { ...view.choices, name: view.businessName ?? '' };
  return values[name];
}

async function put<N extends SettingName>(name: N, value: SettingValues[N]): Promise<Stored> {
  const answer =
    name === 'name' && typeof value === 'string'
      ? await bridge.settings.saveName({ name: value })
      : await bridge.settings.choose({ [name]: value });
  if (answer.ok) return { state: 'saved' };
  const { problem } = answer;
  return problem.code === 'choice' || problem.code === 'form'
    ? { state: 'refused' }
    : { state: 'failed', problem };
}

/** `label`: what it is called beside "Undo". */
export function useSetting<N extends SettingName>(name: N, label: string): Setting<SettingValues[N]> {
  const view = useView();
  const tell = useTellChange();
  const store = useCallback(
    async (value: SettingValues[N], before: SettingValues[N]) => {
      const ended = await put(name, value);
      tell({ ended, label, undo: () => put(name, before) });
      return ended;
    },
    [name, label, tell],
  );
  const stored = storedIn(view, name);
  const refused: { readonly value: SettingValues[N]; readonly why: FormFault } | undefined =
    view.refused[name];
  return {
    stored,
    value: refused === undefined ? stored : refused.value,
    fault: refused?.why ?? null,
    store,
  };
}

/** The same for what is picked and not typed: each change is whole, and said aloud. */
export function usePickedSetting<N extends SettingName>(
  name: N,
  label: string,
): { readonly value: SettingValues[N]; readonly pick: (value: SettingValues[N]) => void } {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { stored, store } = useSetting(name, label);
  // Until main has answered the control shows what was picked.
  const [picked, setPicked] = useState<{ readonly value: SettingValues[N] } | null>(null);
  const pick = (value: SettingValues[N]) => {
    setPicked({ value });
    void store(value, stored).then(({ state }) => {
      setPicked(null);
      if (state === 'saved') announce(t('settings.saved'));
    });
  };
  return { value: picked === null ? stored : picked.value, pick };
}
