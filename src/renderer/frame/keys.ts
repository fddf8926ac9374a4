/**
 * @file The keys of the desk as they are printed on keyboards, as assistive technology wants them, and what they do on
 * every screen.
 */
import { useLayoutEffect } from 'react';
import { type Screen } from '../../shared/desk-view.ts';
import { KEYS, ROW_KEYS, type Key } from '../../shared/keys.ts';
import { bridge, useView } from '../bridge.ts';

const mac = navigator.userAgent.includes('Mac');

const PRINTED: Readonly<Record<string, string>> = { Enter: mac ? '↩' : 'Enter', Escape: 'Esc' };

/** "Ctrl N", "⌘ N". */
export function printed({ key, modified }: Key): string {
  const name = PRINTED[key] ?? key.toUpperCase();
  if (!modified) return name;
  return mac ? `⌘ ${name}` : `Ctrl ${name}`;
}

/** The value of aria-keyshortcuts. */
export const ariaOf = ({ key, modified }: Key): string => {
  const name = key.length === 1 ? key.toUpperCase() : key;
  return modified ? `${mac ? 'Meta' : 'Control'}+${name}` : name;
};

function isPressed(event: KeyboardEvent, { key, modified }: Key): boolean {
  const pressed = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  const modifier = mac ? event.metaKey : event.ctrlKey;
  const other = (mac ? event.ctrlKey : event.metaKey) || event.altKey || event.shiftKey;
  return pressed === key && modifier === modified && !other;
}

/** Where the desk is already, nothing changes and nothing takes the focus by itself. */
export const focusScreen = (): void =>
  (
    document.querySelector<HTMLElement>('main form input') ?? document.querySelector<HTMLElement>('main h1')
  )?.focus();

export const newVerification = async (): Promise<void> => {
  await bridge.desk.go({ to: 'address' });
  focusScreen();
};

/** Where something is looked for; there already, its field takes the focus. */
const openHistory = async (): Promise<void> => {
  await bridge.desk.go({ to: 'history' });
  document.querySelector<HTMLElement>('main [role="search"] input')?.focus();
};

/** One step back: to the desk from wherever one is beside it. Where there is nothing behind, it does nothing. */
function goBack(screen: Screen): void {
  switch (screen.at) {
    case 'settings':
    case 'verification':
      void newVerification();
      return;
    case 'history':
      // From the slip to the list, and from there to the desk.
      if (screen.record === null) void newVerification();
      else void bridge.history.show({ id: null });
      return;
    case 'setup':
      void bridge.setup.cancel();
      return;
    case 'locked':
    case 'welcome':
    case 'address':
  }
}

/** Presses the button that says it has this key, if one is on the screen. */
const pressButtonOf = (key: Key): void =>
  document.querySelector<HTMLElement>(`main button[aria-keyshortcuts="${ariaOf(key)}"]`)?.click();

const isTyped = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select') !== null;

/** Answers the keys of the desk, wherever the focus is. `showKeys` opens the list of them, `showAbout` what the program is. */
export function useKeys(showKeys: () => void, showAbout: () => void): void {
  const { screen } = useView();
  // With the screen as it is drawn: later, a key could still answer for the one before.
  useLayoutEffect(() => {
    const wayIn = screen.at === 'welcome' || screen.at === 'setup' || screen.at === 'locked';
    // Where a code or an address can be typed no character is a key.
    const charactersAreText = screen.at === 'address' || (screen.at === 'verification' && isOpen(screen));
    const answer = (event: KeyboardEvent): (() => void) | null => {
      if (isPressed(event, KEYS.keys)) return showKeys;
      if (isPressed(event, KEYS.about)) return showAbout;
      if (event.key === '?' && !charactersAreText && !isTyped(event.target)) return showKeys;
      if (isPressed(event, KEYS.back)) return () => goBack(screen);
      if (isPressed(event, KEYS.lock)) return () => void bridge.access.lock();
      if (wayIn) return null;
      if (isPressed(event, KEYS.next)) return () => void newVerification();
      if (isPressed(event, KEYS.find)) return () => void openHistory();
      if (isPressed(event, KEYS.settings)) return () => void bridge.desk.go({ to: 'settings' });
      if (isPressed(event, KEYS.send)) return () => pressButtonOf(KEYS.send);
      const row = ROW_KEYS.findIndex((key) => isPressed(event, { key, modified: true }));
      return row < 0 ? null : () => document.querySelectorAll<HTMLElement>('.rail-list .row')[row]?.click();
    };
    const onKey = (event: KeyboardEvent) => {
      // An input method has its own use for keys, and so has a dialog.
      if (event.repeat || event.isComposing || document.querySelector('dialog[open]') !== null) return;
      const act = answer(event);
      if (act === null) return;
      event.preventDefault();
      act();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [screen, showKeys, showAbout]);
}

const isOpen = (screen: Extract<Screen, { at: 'verification' }>): boolean =>
  screen.verification.state === 'open';
