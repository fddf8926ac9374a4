/**
 * @file A deb of an earlier version of the program, to be upgraded from: the source as it was when the schema or the
 * packages were last changed, built and packed as today's is. Every version must open what that one wrote.
 */
import { spawnSync } from 'node:child_process';
import { cpSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nodePath, ROOT } from '../bootstrap.mjs';
import { tool } from '../tool.mjs';
import { makeStandInRuntime } from './stand-in-runtime.mjs';

const TAKEN = [
  'package.json',
  'electron.vite.config.ts',
  'scripts',
  'build',
  'LICENSE',
  'electron-builder.ts',
  'electron-builder.preview.ts',
];
export const EARLIER = '0.0.9';

/** @param {string} program @param {string[]} args @param {import('node:child_process').SpawnSyncOptions} options */
function run(program, args, options) {
  const done = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28, ...options });
  if (done.status !== 0) throw new Error(`${program} ${args.join(' ')}:\n${done.stdout}${done.stderr}`);
  return String(done.stdout);
}

/**
 * Builds it below `folder`, a preview or around Electron's runtime, as what it is to be upgraded to; answers the path of the
 * deb.
 * @param {string} folder @param {{ preview: boolean }} which
 */
export function buildEarlier(folder, { preview }) {
  for (const name of TAKEN) cpSync(join(ROOT, name), join(folder, name), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const since = ['src/main/store/schema.sql', 'package-lock.json'];
  const commit = run('git', ['log', '-1', '--format=%H', '--', ...since], { cwd: ROOT }).trim();
  const archive = run('sh', ['-c', `git archive ${commit} src | tar -x -C '${folder}'`], { cwd: ROOT });
  if (archive !== '') throw new Error(archive);
  run(nodePath(), [tool('electron-vite'), 'build'], { cwd: folder });
  writeFileSync(join(folder, 'out', 'changelog.gz'), '');
  const runtime = preview ? join(folder, 'runtime') : join(ROOT, 'node_modules', 'electron', 'dist');
  if (preview) makeStandInRuntime(runtime);
  run(
    nodePath(),
    [
      ...[tool('electron-builder'), '--config', `electron-builder${preview ? '.preview' : ''}.ts`],
      ...['--linux', 'deb', `-c.electronDist=${runtime}`, `-c.extraMetadata.version=${EARLIER}`],
    ],
    {
      cwd: folder,
      env: {
        ...process.env,
        SOURCE_DATE_EPOCH: '0',
        CUSTOM_FPM_PATH: join(ROOT, 'scripts/packaging/fpm.mjs'),
        PACKAGE_COMPRESSION: '0',
      },
    },
  );
  const deb = readdirSync(join(folder, 'dist')).find((name) => name.endsWith('.deb'));
  if (deb === undefined) throw new Error('the earlier version made no deb');
  return join(folder, 'dist', deb);
}
