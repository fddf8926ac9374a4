/**
 * @file The contrast of every text on every surface it stands on, computed from the tokens (WCAG 2.2, 1.4.6 and
 * 1.4.11).
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const css = readFileSync(new URL('../../../src/renderer/ui/tokens.css', import.meta.url), 'utf8');

/** The colours of one theme: the first block is light, the one in the media query is dark. */
function tokens(block: string): ReadonlyMap<string, string> {
  return new Map(
    [...block.matchAll(/--([a-z-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  );
}
const [light = '', afterLight = ''] = css.split('@media screen and (prefers-color-scheme: dark)');
const [dark = ''] = afterLight.split('@media');
const themes = { light: tokens(light), dark: tokens(dark) };

function luminance(colour: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
function contrast(theme: ReadonlyMap<string, string>, one: string, other: string): number {
  const of = (name: string) => {
    const colour = theme.get(name);
    if (colour === undefined) throw new Error(`there is no token --${name}`);
    return luminance(colour);
  };
  const [low = 0, high = 0] = [of(one), of(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

const TEXTS: readonly (readonly [text: string, surfaces: readonly string[]])[] = [
  ['ink', ['paper', 'card', 'well', 'seal-wash', 'yes-wash', 'wait-wash', 'no-wash']],
  ['soft', ['paper', 'card', 'well', 'wait-wash']],
  ['seal', ['paper', 'card', 'well']],
  ['yes', ['paper', 'card', 'yes-wash']],
  ['wait', ['paper', 'card', 'wait-wash']],
  ['no', ['paper', 'card', 'no-wash']],
  ['seal-ink', ['seal', 'seal-press']],
];

describe.each(Object.entries(themes))('in %s', (_, theme) => {
  it.each(TEXTS.flatMap(([text, surfaces]) => surfaces.map((surface) => [text, surface] as const)))(
    '%s on %s has at least 7:1',
    (text, surface) => {
      expect(contrast(theme, text, surface)).toBeGreaterThanOrEqual(7);
    },
  );

  it.each(['paper', 'card', 'well'])('the edge of a control shows on %s with at least 3:1', (surface) => {
    expect(contrast(theme, 'edge', surface)).toBeGreaterThanOrEqual(3);
  });
});
