/**
 * @file The keys of the desk: what they do, as they are printed on keyboards and as assistive technology wants them. All
 * have a modifier where a code or an address can be typed (WCAG 2.1.4).
 */
import { bridge } from '../bridge.ts';

/** Where the desk is already, nothing changes and nothing takes the focus by itself. */
export const focusScreen = (): void =>
  (
    document.querySelector<HTMLElement>('main form input') ?? document.querySelector<HTMLElement>('main h1')
  )?.focus();

export const nextPerson = async (): Promise<void> => {
  await bridge.desk.go({ to: 'address' });
  focusScreen();
};

export const mac = navigator.userAgent.includes('Mac');

const withModifier = (key: string, printed = key) =>
  mac ? { aria: `Meta+${key}`, shown: `⌘ ${printed}` } : { aria: `Control+${key}`, shown: `Ctrl ${printed}` };

export const KEYS = {
  next: withModifier('N'),
} as const;
