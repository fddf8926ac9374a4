/**
 * @file Notes which packages the bundler really put into the program, and their licences, into out/bundled.json: what
 * package.json says would miss some and name others that are left out.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const LICENCE = /^(licen[cs]e|copying)([.-].*)?$/i;

/** @typedef {{ name: string, version: string, licence: string, text: string }} BundledPackage */

/** The folder of the package that a module belongs to; null for one of ours. @param {string} id */
export function packageFolder(id) {
  const path = id.replace(/^\0/, '').split('?')[0] ?? '';
  const at = path.lastIndexOf('/node_modules/');
  if (at < 0) return null;
  const [scope = '', name = ''] = path.slice(at + '/node_modules/'.length).split('/');
  return join(path.slice(0, at), 'node_modules', scope.startsWith('@') ? `${scope}/${name}` : scope);
}

/** @param {string} folder @returns {BundledPackage} */
export function describe(folder) {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const files = readdirSync(folder).filter((entry) => LICENCE.test(entry));
  // Where one may choose, the first that is named is chosen.
  const [chosen = ''] = /[\w.-]+/.exec(String(license)) ?? [];
  const file = files.find((entry) => entry.endsWith(`.${chosen}`)) ?? files[0];
  // A few packages name their licence and bring no text of it; the licence's own is in `docs` of theirs.
  const text =
    file === undefined ? `${name} is licensed under ${license}.` : readFileSync(join(folder, file), 'utf8');
  return { name, version, licence: String(license), text: text.trim() };
}

/** Where the page asks for the list; the bundler puts it there when it knows it. */
export const PLACEHOLDER = '"__BUNDLED_PACKAGES__"';
const VIRTUAL = 'virtual:bundled-packages';

/** What the page finds under that name: `packages` is an expression. @param {string} packages */
const moduleOf = (packages) => {
  const own = readFileSync(join(ROOT, 'LICENSE'), 'utf8').trim();
  return `export const packages = ${packages};\nexport const own = ${JSON.stringify(own)};`;
};

/** For a page that is built without the rest of the program: it shows these. @param {readonly string[]} names */
export const samplePackages = (names) => ({
  name: 'sample-packages',
  resolveId: (/** @type {string} */ id) => (id === VIRTUAL ? `\0${VIRTUAL}` : null),
  load: (/** @type {string} */ id) =>
    id === `\0${VIRTUAL}`
      ? moduleOf(JSON.stringify(names.map((name) => describe(join(ROOT, 'node_modules', name)))))
      : null,
});

/** One plugin for each of the three programs; `last` is the one that is built last, and writes the list. @param {string} [out] */
export function bundledPackages(out = join(ROOT, 'out')) {
  /** @type {Map<string, BundledPackage>} */
  const found = new Map();
  /** A package may be there in two versions. @param {BundledPackage} described */
  const note = (described) => void found.set(`${described.name} ${described.version}`, described);
  // Not built in: its binary lies beside the archive.
  const keytar = describe(join(ROOT, 'node_modules', 'keytar'));
  note(keytar);
  /** In development nothing is bundled, and there is no more to list than what is known now. */
  let served = false;
  const list = () =>
    [...found].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, described]) => described);
  return {
    /** @param {{ last: boolean }} options @returns {import('vite').Plugin} */
    plugin: ({ last }) => ({
      name: 'bundled-packages',
      configResolved: ({ command }) => void (served = command === 'serve'),
      resolveId: (/** @type {string} */ id) => (id === VIRTUAL ? `\0${VIRTUAL}` : null),
      load: (/** @type {string} */ id) =>
        id === `\0${VIRTUAL}`
          ? moduleOf(served ? JSON.stringify(list()) : `JSON.parse(${PLACEHOLDER})`)
          : null,
      generateBundle(_options, bundle) {
        for (const chunk of Object.values(bundle)) {
          if (chunk.type !== 'chunk') continue;
          for (const [id, { renderedLength }] of Object.entries(chunk.modules)) {
            const folder = renderedLength > 0 ? packageFolder(id) : null;
            if (folder === null || !existsSync(join(folder, 'package.json'))) continue;
            note(describe(folder));
          }
        }
        if (!last) return;
        const json = JSON.stringify(list());
        for (const chunk of Object.values(bundle))
          if (chunk.type === 'chunk')
            chunk.code = chunk.code.replace(/["'`]__BUNDLED_PACKAGES__["'`]/, () => JSON.stringify(json));
        mkdirSync(out, { recursive: true });
        writeFileSync(join(out, 'bundled.json'), `${JSON.stringify(list(), null, 1)}\n`);
      },
    }),
  };
}
