/** @file The machine's three clocks. */
import { openSync, readSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Clock } from '../ports/clock.ts';

const UPTIME_FILE = '/proc/uptime';
const LONGEST_LINE = 64;

/**
 * Seconds since the machine was started. On Linux they are read from one file that stays open: `os.uptime` opens it at every
 * look, which is most of what a look costs.
 */
function uptimeReader(): () => number {
  if (process.platform !== 'linux') return uptime;
  try {
    const file = openSync(UPTIME_FILE, 'r');
    const line = Buffer.alloc(LONGEST_LINE);
    return () => parseFloat(line.toString('latin1', 0, readSync(file, line, 0, LONGEST_LINE, 0)));
  } catch {
    // A system without /proc.
    return uptime;
  }
}

const seconds = uptimeReader();

export const systemClock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
  uptime: () => seconds() * 1_000,
  offset: (at) => -new Date(at).getTimezoneOffset(),
} satisfies Clock;
