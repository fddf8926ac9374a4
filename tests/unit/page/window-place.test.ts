/** @file The window opens where it stood, as far as that place is still on a screen. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEAST, placeOn } from '../../../src/main/page/window-place.ts';
import type { WindowPlace } from '../../../src/main/ports/settings.ts';

const LAPTOP = { x: 0, y: 25, width: 1440, height: 850 };
/** To the right of it. */
const MONITOR = { x: 1440, y: 0, width: 2560, height: 1400 };
const at = (x: number, y: number, width = 1000, height = 700): WindowPlace => ({
  x,
  y,
  width,
  height,
  maximized: false,
});

describe('the window', () => {
  it('opens in its usual size where the system puts it, the first time', () => {
    expect(placeOn(null, [LAPTOP])).toEqual({ width: 1180, height: 800 });
  });

  it.each([
    ['in the middle of the screen', at(200, 100)],
    ['on the second screen', at(2000, 300)],
    ['across two screens', at(1000, 100)],
    ['partly beyond the edge', at(-400, 100)],
  ])('opens again %s', (_, place) => {
    const { x, y, width, height } = place;
    expect(placeOn(place, [LAPTOP, MONITOR])).toEqual({ x, y, width, height });
  });

  it('opens in its usual size when its screen has gone', () => {
    expect(placeOn(at(2000, 300), [LAPTOP])).toEqual({ width: 1180, height: 800 });
  });

  it('is made to fit a screen that is smaller now', () => {
    expect(placeOn(at(0, 25, 2400, 1300), [LAPTOP])).toEqual({ x: 0, y: 25, width: 1440, height: 850 });
  });

  it('comes back when only a sliver of it, or none of its title bar, was left on the screen', () => {
    for (const place of [at(1400, 100), at(-950, 100), at(200, -300), at(200, 900)])
      expect(placeOn(place, [LAPTOP])).toEqual({ width: 1180, height: 800 });
  });

  it('can always be taken hold of, whatever was kept', () => {
    const number = fc.integer({ min: -10_000, max: 10_000 });
    const size = fc.integer({ min: 1, max: 10_000 });
    fc.assert(
      fc.property(number, number, size, size, (x, y, width, height) => {
        const screens = [LAPTOP, MONITOR];
        const place = placeOn(at(x, y, width, height), screens);
        expect(place.width).toBeGreaterThanOrEqual(LEAST.width);
        expect(place.height).toBeGreaterThanOrEqual(LEAST.height);
        if (place.x === undefined || place.y === undefined) return;
        const { x: left, y: top, width: wide } = { x: place.x, y: place.y, width: place.width };
        const held = screens.some(
          (screen) =>
            Math.min(left + wide, screen.x + screen.width) - Math.max(left, screen.x) >= 120 &&
            top >= screen.y &&
            top < screen.y + screen.height,
        );
        expect(held).toBe(true);
      }),
    );
  });
});
