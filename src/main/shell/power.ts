/** @file Tells when the machine sleeps and wakes, so that connections and clocks are looked at afresh. */
import { powerMonitor } from 'electron';

/** Call once the program is ready. */
export function onPower(listeners: { readonly sleep: () => void; readonly wake: () => void }): void {
  powerMonitor.on('suspend', () => listeners.sleep());
  powerMonitor.on('resume', () => listeners.wake());
}
