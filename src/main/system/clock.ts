/** @file The machine's three clocks. */
import { uptime } from 'node:os';
import type { Clock } from '../ports/clock.ts';

export const systemClock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  uptime: () => uptime() * 1_000,
  offset: (at) => -new Date(at).getTimezoneOffset(),
} satisfies Clock;
