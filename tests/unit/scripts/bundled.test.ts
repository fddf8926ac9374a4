/** @file What is said of a package that is built in: the licence that it really brings. */
import { join } from 'node:path';
import { describe as about, expect, it } from 'vitest';
import { describe, packageFolder } from '../../../scripts/packaging/bundled.mjs';
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
});
