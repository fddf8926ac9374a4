/** @file The machine's two clocks. */
import type { Clock } from '../ports/clock.ts';

export const systemClock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
} satisfies Clock;
