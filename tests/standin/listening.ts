/** @file Electron's `on`, `once` and `off` over Node's emitter. */
import type { EventEmitter } from 'node:events';

type Names = 'on' | 'once' | 'off';
type Listener = (...args: unknown[]) => void;

/** The three methods as the Electron class `T` declares them. They return nothing: the program does not chain. */
export function listening<T extends Record<Names, unknown>>(events: EventEmitter): Pick<T, Names> {
  const methods: Record<Names, (event: string, listener: Listener) => void> = {
    on: (event, listener) => void events.on(event, listener),
    once: (event, listener) => void events.once(event, listener),
    off: (event, listener) => void events.off(event, listener),
  };
  // Electron has an overload an event; main is compiled against those, so one loose method serves them all.
  return methods;
}

export interface Preventable {
  readonly preventDefault: () => void;
  readonly defaultPrevented: boolean;
}

/** An event that a listener can forbid. */
export function preventable<T extends object>(details: T): T & Preventable {
  let prevented = false;
  return Object.defineProperties(
    { ...details, preventDefault: () => void (prevented = true) },
    { defaultPrevented: { get: () => prevented } },
    // Spread and defineProperties both lose the getter's type.
  ) as T & Preventable;
}
