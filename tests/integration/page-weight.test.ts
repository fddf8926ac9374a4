/** @file What the window has to read before the address can be typed, in the built files. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, expect, it } from 'vitest';
import { ROOT } from '../../scripts/bootstrap.mjs';
import { ensureBuilt } from '../../scripts/build.mjs';

const RENDERER = join(ROOT, 'out/renderer');
const read = (path: string): string => readFileSync(join(RENDERER, path), 'utf8');
beforeAll(() => ensureBuilt());

/** The scripts that index.html names, and what these import before they run. */
function firstScripts(): string[] {
  const found = new Set<string>();
  const follow = (path: string): void => {
    if (found.has(path)) return;
    found.add(path);
    for (const [, name = ''] of read(path).matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
      follow(`assets/${name}`);
  };
  for (const [, path = ''] of read('index.html').matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g))
    follow(path);
  return [...found];
}

it('is at most 115 kB of script, compressed', () => {
  const scripts = firstScripts();
  const bytes = scripts.map((path) => gzipSync(read(path), { level: 9 }).length);
  expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(115_000);
});

it('is without the screens that are read when they are opened', () => {
  const first = firstScripts();
  const all = readdirSync(join(RENDERER, 'assets')).filter((name) => name.endsWith('.js'));
  for (const screen of [
    'about',
    'setup',
    'settings',
    'practice-mails',
    'history',
    'welcome',
    'verification',
  ]) {
    const [script = ''] = all.filter((name) => name.startsWith(`${screen}-`));
    expect(script, `${screen} is a script of its own`).not.toBe('');
    expect(first).not.toContain(`assets/${script}`);
  }
});

it('asks for no text of those screens', () => {
  for (const path of firstScripts())
    expect(read(path)).not.toMatch(
      /["'`](?:about|formFaults|history|settings|setup|welcome|practiceMails)\.[a-z$]/i,
    );
});

it('is minified, and names no source map', () => {
  for (const path of firstScripts()) {
    const lines = read(path).split('\n').length;
    expect(lines, path).toBeLessThan(1_000);
    expect(read(path)).not.toContain('sourceMappingURL');
  }
});
