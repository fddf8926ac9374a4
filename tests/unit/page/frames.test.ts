/** @file The page is pushed the newest view, at most once a frame, and never an older one last. */
import { expect, it } from 'vitest';
import { FRAME_MS, onceAFrame } from '../../../src/main/page/frames.ts';
import { createFakeClock } from '../../fakes/clock.ts';

function paced() {
  const clock = createFakeClock();
  const sent: number[] = [];
  const push = onceAFrame<number>((value) => sent.push(value), { clock, timers: clock.timers });
  return { clock, sent, push };
}

it('sends a single change at once', () => {
  const { clock, sent, push } = paced();
  push(1);
  expect(sent).toEqual([1]);
  clock.pass(FRAME_MS);
  push(2);
  expect(sent).toEqual([1, 2]);
});

it('sends of twenty thousand changes in one frame the first and the last [T-pushes-frame]', () => {
  const { clock, sent, push } = paced();
  for (let n = 0; n < 20_000; n += 1) push(n);
  expect(sent).toEqual([0]);
  clock.pass(FRAME_MS);
  expect(sent).toEqual([0, 19_999]);
  clock.pass(1_000);
  expect(sent).toEqual([0, 19_999]);
});

it('sends one a frame while changes go on, each the newest of its frame', () => {
  const { clock, sent, push } = paced();
  for (let ms = 0; ms < 160; ms += 1) {
    push(ms);
    clock.pass(1);
  }
  clock.pass(FRAME_MS);
  expect(sent.length).toBeLessThanOrEqual(160 / FRAME_MS + 1);
  expect(sent.at(-1)).toBe(159);
  expect(sent).toEqual(sent.toSorted((a, b) => a - b));
});
