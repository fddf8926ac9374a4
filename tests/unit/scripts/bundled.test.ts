/** @file What is said of a package that is built in: the licence that it really brings. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe as about, expect, it } from 'vitest';
import { bundledPackages, describe, packageFolder } from '../../../scripts/packaging/bundled.mjs';
import { ROOT } from '../../../scripts/bootstrap.mjs';

const of = (name: string) => describe(join(ROOT, 'node_modules', name));

about('a package that is built in', () => {
  it('is told with its version and the text of its licence', () => {
    expect(of('react')).toMatchObject({ name: 'react', licence: 'MIT' });
    expect(of('react').text).toMatch(/^MIT License\n\nCopyright \(c\) Meta/);
  });

  it('that leaves the choice is told with the first licence that it names', () => {
    expect(of('@zone-eu/mailsplit')).toMatchObject({ licence: '(MIT OR EUPL-1.1+)' });
    expect(of('@zone-eu/mailsplit').text).toContain('Permission is hereby granted, free of charge');
  });

  it.each([
    ['/here/node_modules/react/index.js', '/here/node_modules/react'],
    ['/here/node_modules/@github/keytar/lib/keytar.js', '/here/node_modules/@github/keytar'],
    ['/here/node_modules/a/node_modules/b/index.js', '/here/node_modules/a/node_modules/b'],
    ['\0/here/node_modules/react/index.js?commonjs', '/here/node_modules/react'],
    ['/here/src/main/index.ts', null],
  ])('is found by the module %j', (id, folder) => {
    expect(packageFolder(id)).toBe(folder);
  });

  it('is listed in each version that is there', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bundled-'));
    const modules = ['node_modules/a', 'node_modules/b/node_modules/a'].map((path, at) => {
      mkdirSync(join(folder, path), { recursive: true });
      writeFileSync(join(folder, path, 'package.json'), `{ "name": "a", "version": "${at + 1}.0.0" }`);
      return [join(folder, path, 'index.js'), { renderedLength: 1 }];
    });
    const { generateBundle } = bundledPackages(folder).plugin({ last: true });
    // The part of the bundler's result that is looked at.
    const bundle = { main: { type: 'chunk', code: '', modules: Object.fromEntries(modules) as unknown } };
    await Reflect.apply(generateBundle as () => void, null, [null, bundle]);
    const listed = JSON.parse(readFileSync(join(folder, 'bundled.json'), 'utf8')) as {
      readonly name: string;
      readonly version: string;
    }[];
    rmSync(folder, { recursive: true });
    const found = listed.filter(({ name }) => name === 'a').map(({ version }) => version);
    expect(found).toEqual(['1.0.0', '2.0.0']);
  });
});
