/**
 * @file Pushes to the page, at most one a frame: the newest of those that come meanwhile takes the place of the others. A
 * page gone bad, or a mail with many stages, would otherwise have every one of them made, copied and drawn.
 */
import type { Clock, Timers } from '../ports/clock.ts';

/** At sixty frames a second. */
export const FRAME_MS = 16;

/** The first is sent at once, so that a single change does not wait. */
export function onceAFrame<T>(
  send: (value: T) => void,
  { clock, timers }: { readonly clock: Pick<Clock, 'monotonic'>; readonly timers: Timers },
): (value: T) => void {
  let sentAt = -Infinity;
  let waiting: { value: T } | null = null;

  function sendNow(value: T): void {
    sentAt = clock.monotonic();
    send(value);
  }

  return (value) => {
    if (waiting !== null) {
      waiting.value = value;
      return;
    }
    const ms = sentAt + FRAME_MS - clock.monotonic();
    if (ms <= 0) {
      sendNow(value);
      return;
    }
    const held = { value };
    waiting = held;
    timers.after(ms, () => {
      waiting = null;
      sendNow(held.value);
    });
  };
}
