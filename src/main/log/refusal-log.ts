/**
 * @file Writes down that calls were turned away, by channel and reason and never by what was in them. A page gone bad
 * can call as often as it likes, so it must never write more than one line a minute for each.
 */
import type { Channel } from '../../shared/contract.ts';

/** Why a call did not reach its handler. */
export type Refusal = 'refused-sender' | 'invalid-input';

/** Must not throw. */
export type LogRefusal = (channel: Channel, refusal: Refusal) => void;

const EVERY_MS = 60_000;

/** `monotonic`: milliseconds of a clock that cannot be set, so that a changed clock neither floods nor silences the log. */
export function createRefusalLog(write: (line: string) => void, monotonic: () => number): LogRefusal {
  /** Bounded by the contract: two reasons a channel. */
  const last = new Map<string, { readonly at: number; unwritten: number }>();
  return (channel, refusal) => {
    const what = `${channel} ${refusal}`;
    const now = monotonic();
    const earlier = last.get(what);
    if (earlier !== undefined && now - earlier.at < EVERY_MS) {
      earlier.unwritten += 1;
      return;
    }
    last.set(what, { at: now, unwritten: 0 });
    const unwritten = earlier?.unwritten ?? 0;
    write(unwritten === 0 ? what : `${what}, and ${unwritten} more since the last line`);
  };
}
