/**
 * @file Where the window stood last, as far as that place is still there: a screen may have gone, or be smaller.
 */

import type { Rectangle, WindowPlace } from '../ports/settings.ts';

/** The least that a window can be made: one column on a narrow screen. */
export const LEAST = { width: 360, height: 560 } as const;
const USUAL = { width: 1180, height: 800 } as const;

/** So much of the window must be on a screen that it can be taken hold of. */
const HOLD = { width: 120, height: 40 } as const;

/** Where to open it: without `x` and `y` the system finds a place. `screens`: their areas without task bars. */
export function placeOn(
  last: WindowPlace | null,
  screens: readonly Rectangle[],
): { readonly x?: number; readonly y?: number; readonly width: number; readonly height: number } {
  if (last === null) return USUAL;
  const screen = screens.find((area) => canBeHeld(last, area));
  if (screen === undefined) return USUAL;
  const width = clamp(last.width, LEAST.width, screen.width);
  const height = clamp(last.height, LEAST.height, screen.height);
  return {
    width,
    height,
    // As far as it was, and no further out than its size allows.
    x: clamp(last.x, screen.x + HOLD.width - width, screen.x + screen.width - HOLD.width),
    y: clamp(last.y, screen.y, screen.y + screen.height - HOLD.height),
  };
}

/** Whether enough of its title bar is on this screen. */
function canBeHeld(window: Rectangle, screen: Rectangle): boolean {
  const across = Math.min(window.x + window.width, screen.x + screen.width) - Math.max(window.x, screen.x);
  const top = window.y >= screen.y - HOLD.height && window.y <= screen.y + screen.height - HOLD.height;
  return across >= HOLD.width && top;
}

/** A screen smaller than the least window gets the least window. */
const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));
