/**
 * @file What is inside the program, for machines: a CycloneDX list of the packages that the bundler took, keytar and
 * Electron. It names what is there and nothing of the machine or the moment of the build.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../bootstrap.mjs';

/** @typedef {import('./bundled.mjs').BundledPackage} BundledPackage */
/** @param {string} path */
const readJson = (path) => JSON.parse(readFileSync(join(ROOT, path), 'utf8'));

/** Expressions and single ids have places of their own. @param {string} licence */
const licencesOf = (licence) =>
  / (OR|AND) /.test(licence) ? [{ expression: licence }] : [{ license: { id: licence } }];

/**
 * A package may be installed in several versions, each in a place of its own.
 * @param {Record<string, { name?: string, version?: string, integrity?: string }>} locked @param {string} name @param {string} version
 */
function integrityOf(locked, name, version) {
  const found = Object.entries(locked).find(
    ([path, entry]) =>
      (entry.name ?? path.replace(/^.*node_modules\//, '')) === name && entry.version === version,
  );
  return found?.[1].integrity ?? '';
}

/** @param {string} runtime 'electron' or 'stand-in' */
export function billOfMaterials(runtime) {
  const own = readJson('package.json');
  const electron = readJson('node_modules/electron/package.json');
  /** @type {BundledPackage[]} */
  const bundled = readJson('out/bundled.json');
  const { packages: locked } = readJson('package-lock.json');
  const component = (
    /** @type {Pick<BundledPackage, 'name' | 'version' | 'licence'>} */ { name, version, licence },
  ) => {
    const hash = /^sha512-(.+)$/.exec(integrityOf(locked, name, version))?.[1];
    return {
      type: 'library',
      name,
      version,
      purl: `pkg:npm/${name.replace('@', '%40')}@${version}`,
      licenses: licencesOf(licence),
      ...(hash && { hashes: [{ alg: 'SHA-512', content: Buffer.from(hash, 'base64').toString('hex') }] }),
    };
  };
  const framework = { name: 'electron', version: electron.version, licence: electron.license };
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      component: {
        type: 'application',
        name: own.name,
        version: own.version,
        licenses: licencesOf(own.license),
      },
    },
    components: [
      ...bundled.map(component),
      ...(runtime === 'electron' ? [{ ...component(framework), type: 'framework' }] : []),
    ],
  };
}
