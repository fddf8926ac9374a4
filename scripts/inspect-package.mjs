/**
 * @file Looks into a packaged program: what its archive holds, what lies beside it and how its fuses are set. It reads
 * the package itself and never the configuration it was made from.
 */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import asar from '@electron/asar';
import fuses from '@electron/fuses';

/** Everything the archive may hold outside the production packages. */
const OURS = /^(package\.json|out\/(main|preload|renderer)\/.+)$/;
/** keytar is the one package that is not built in; only its script, its licence and its binary go along. */
const KEYTAR = /^node_modules\/keytar\/(package\.json|LICENSE\.md|lib\/.+\.js|prebuilds\/.+\.node)$/;
const MOST_BYTES = 7_000_000;
/** What lies beside the archive, to be read and copied by people. */
const NEEDED_BESIDE = [
  'LICENSE.countersign.txt',
  'licences.json',
  'verifier/countersign-checker.html',
  'verifier/countersign-check.mjs',
];
/** What the program is useless without. */
const NEEDED = [
  'package.json',
  'out/main/index.js',
  'out/main/schema.sql',
  'out/main/release.json',
  'out/preload/index.cjs',
  'out/renderer/index.html',
];

/** How a fuse is written in the binary: the digit itself. */
const OFF = '0'.charCodeAt(0);
const ON = '1'.charCodeAt(0);

/** The fuses that the program's safety rests on; electron-builder.ts says why. */
const FUSES = {
  RunAsNode: OFF,
  EnableNodeOptionsEnvironmentVariable: OFF,
  EnableNodeCliInspectArguments: OFF,
  EnableEmbeddedAsarIntegrityValidation: ON,
  OnlyLoadAppFromAsar: ON,
  GrantFileProtocolExtraPrivileges: OFF,
};

/**
 * What is wrong with it, in words; empty when nothing is.
 * @param {{ executable: string, resources: string, platform: string, arch: string }} package_ `resources`: the folder of app.asar
 * @returns {Promise<string[]>}
 */
export async function faultsOf({ executable, resources, platform, arch }) {
  const archive = join(resources, 'app.asar');
  const entries = asar
    .listPackage(archive, { isPack: false })
    .map((path) => path.split(sep).slice(1).join('/'));
  const files = entries.filter((path) => !('files' in asar.statFile(archive, path.split('/').join(sep))));
  const faults = [
    ...NEEDED.filter((path) => !files.includes(path)).map((path) => `lacks ${path}`),
    ...files
      .filter((path) => (!OURS.test(path) && !KEYTAR.test(path)) || path.endsWith('.map'))
      .map((path) => `holds ${path}`),
  ];
  const size = statSync(archive).size;
  if (size > MOST_BYTES) faults.push(`is ${size} bytes in its archive, more than ${MOST_BYTES}`);
  for (const name of NEEDED_BESIDE)
    if (!existsSync(join(resources, name))) faults.push(`lacks ${name} beside the archive`);

  const beside = readdirSync(`${archive}.unpacked`, { recursive: true, encoding: 'utf8' });
  const binaries = beside.filter((path) => path.endsWith('.node')).map((path) => path.split(sep).join('/'));
  const wanted = `node_modules/keytar/prebuilds/${platform}-${arch}/keytar.node`;
  if (!binaries.includes(wanted)) faults.push(`lacks ${wanted} beside the archive`);
  faults.push(
    ...binaries.filter((path) => path !== wanted).map((path) => `holds ${path} beside the archive`),
  );

  const wire = await fuses.getCurrentFuseWire(executable);
  for (const [name, state] of Object.entries(FUSES)) {
    const index = fuses.FuseV1Options[/** @type {keyof typeof FUSES} */ (name)];
    if (wire[index] !== state) faults.push(`has the fuse ${name} the wrong way`);
  }
  return faults;
}

/**
 * Where electron-builder leaves the unpacked program of this machine's system.
 * @param {string} dist
 * @param {{ arch?: string, preview?: boolean }} [which]
 */
export function unpackedIn(dist, { arch = process.arch, preview = false } = {}) {
  const { platform } = process;
  const suffix = arch === 'x64' ? '' : `-${arch}`;
  if (platform === 'darwin') {
    const contents = join(dist, `mac${suffix}`, 'Countersign.app', 'Contents');
    return {
      ...{ platform, arch, folder: join(dist, `mac${suffix}`, 'Countersign.app') },
      resources: join(contents, 'Resources'),
      executable: join(contents, 'MacOS', 'Countersign'),
    };
  }
  const [folder, name] =
    platform === 'win32'
      ? [join(dist, `win${suffix}-unpacked`), 'Countersign.exe']
      : [join(dist, `linux${suffix}-unpacked`), preview ? 'countersign-preview' : 'countersign'];
  return { platform, arch, folder, resources: join(folder, 'resources'), executable: join(folder, name) };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const unpacked = unpackedIn(process.argv[2] ?? 'dist');
  const faults = await faultsOf(unpacked);
  for (const fault of faults) console.error(`the package ${fault}`);
  console.log(
    `${unpacked.executable}: ${faults.length === 0 ? 'as it should be' : `${faults.length} faults`}`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}
