#!/usr/bin/env node
/**
 * @file What electron-builder needs of fpm, over dpkg-deb and rpmbuild: a package from files at their places, the same to
 * the byte from the same files. fpm itself is a Ruby program that electron-builder downloads, and writes the time into
 * what it makes. Called by electron-builder (CUSTOM_FPM_PATH) with fpm's own options.
 */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { createHash } from 'node:crypto';

const { values, lists, files } = parse(process.argv.slice(2));
const type = values.get('t') ?? '';
const name = need('name');
const root = mkdtempSync(join(tmpdir(), 'package-root-'));
/** Every file is as old as the commit, whenever and wherever it was made. */
const epoch = process.env['SOURCE_DATE_EPOCH'] ?? '0';

try {
  for (const mapping of files) place(mapping);
  normalise(root);
  if (type === 'deb') makeDeb();
  else if (type === 'rpm') makeRpm();
  else throw new Error(`no packages of the type ${type} here`);
} catch (error) {
  // electron-builder shows it below the whole command, in which there are lines as well: package.mjs looks for this one.
  console.error(`fpm.mjs: ${error instanceof Error ? error.message.trim() : String(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(root, { recursive: true, force: true });
}

/** @param {string[]} args */
function parse(args) {
  /** @type {Map<string, string>} */
  const values = new Map();
  /** @type {Record<string, string[]>} */
  const lists = { d: [], 'deb-recommends': [] };
  /** @type {string[]} */
  const files = [];
  const FLAGS = new Set(['force', 'debug']);
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? '';
    const option = /^--?(.+)$/.exec(arg)?.[1];
    if (option === undefined) files.push(arg);
    else if (!FLAGS.has(option)) {
      at += 1;
      const value = args[at] ?? '';
      if (option in lists) lists[option]?.push(value);
      else values.set(option, value);
    }
  }
  return { values, lists, files };
}

/** @param {string} option */
function need(option) {
  const value = values.get(option);
  if (value === undefined) throw new Error(`--${option} is missing`);
  return value;
}

/** FROM=TO, where a FROM that ends in / is the content of a folder. @param {string} mapping */
function place(mapping) {
  const at = mapping.lastIndexOf('=/');
  const [from, to] = [mapping.slice(0, at), join(root, mapping.slice(at + 1))];
  mkdirSync(dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, verbatimSymlinks: true });
}

/** Rights that say nothing of the machine; dpkg-deb and rpmbuild make all times the commit's. @param {string} folder */
function normalise(folder) {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    if (entry.isDirectory()) chmodSync(path, 0o755);
    else if (entry.isFile()) chmodSync(path, statSync(path).mode & 0o111 ? 0o755 : 0o644);
  }
}

/** @param {string} program @param {string[]} args */
function run(program, args) {
  const done = spawnSync(program, args, {
    encoding: 'utf8',
    env: { ...process.env, SOURCE_DATE_EPOCH: epoch },
  });
  if (done.status !== 0) throw new Error(`${program}: ${done.stderr || done.error?.message || 'failed'}`);
  return done.stdout;
}

/** What is below the root, by its path: the folders or the rest. @param {{ folders: boolean }} which */
function below({ folders }) {
  return readdirSync(root, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isDirectory() === folders)
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
    .sort();
}

/** @param {string} option @param {string} to */
function script(option, to) {
  const from = values.get(option);
  if (from === undefined) return;
  writeFileSync(to, readFileSync(from));
  chmodSync(to, 0o755);
}

function makeDeb() {
  const sums = below({ folders: false }).map(
    (path) =>
      `${createHash('md5')
        .update(readFileSync(join(root, path)))
        .digest('hex')}  ${path}\n`,
  );
  const size = Number(run('du', ['-sk', '--apparent-size', root]).split('\t')[0]);
  const control = join(root, 'DEBIAN');
  mkdirSync(control);
  const [summary = '', ...more] = need('description')
    .split('\n')
    .map((line) => line.trim());
  const fields = [
    ['Package', name],
    ['Version', need('version')],
    ['Architecture', need('architecture')],
    ['Maintainer', need('maintainer')],
    ['Installed-Size', String(size)],
    ['Depends', lists['d']?.join(', ') ?? ''],
    ['Recommends', lists['deb-recommends']?.join(', ') ?? ''],
    ['Section', values.get('category') ?? 'misc'],
    ['Priority', values.get('deb-priority') ?? 'optional'],
    ['Homepage', need('url')],
    ['Description', [summary, ...more.filter((line) => line !== '')].join('\n ')],
  ];
  const given = fields.filter(([, value]) => value !== '');
  writeFileSync(join(control, 'control'), given.map(([field, value]) => `${field}: ${value}\n`).join(''));
  writeFileSync(join(control, 'md5sums'), sums.join(''));
  script('after-install', join(control, 'postinst'));
  script('after-remove', join(control, 'postrm'));
  normalise(control);
  const level = process.env['PACKAGE_COMPRESSION'] ?? '6';
  run('dpkg-deb', ['--root-owner-group', '-Zxz', `-z${level}`, '--build', root, need('package')]);
}

function makeRpm() {
  const work = mkdtempSync(join(tmpdir(), 'rpm-'));
  const body = (/** @type {string} */ option) =>
    existsSync(values.get(option) ?? '') ? readFileSync(need(option), 'utf8') : '';
  // rpm would run it by sh, whatever it is written for.
  const shellOf = (/** @type {string} */ option) => {
    const shell = /^#!(\S+)/.exec(body(option))?.[1];
    return shell === undefined ? '' : `-p ${shell}`;
  };
  const quoted = (/** @type {string} */ path) => (path.includes(' ') ? `"${path}"` : path);
  // Its own folders are removed with it; the others are the system's.
  const own = below({ folders: true }).filter((path) => /^(opt|usr\/share\/doc)\/./.test(path));
  const files = below({ folders: false }).map((path) => quoted(`/${path}`));
  const level = process.env['PACKAGE_COMPRESSION'] ?? '6';
  // Macros would be expanded in scripts, too.
  const plain = (/** @type {string} */ text) => text.replaceAll('%', '%%');
  const spec = `
%define _build_id_links none
%define _binary_payload w${level}.xzdio
%define _buildhost countersign
%define use_source_date_epoch_as_buildtime 1
%define clamp_mtime_to_source_date_epoch 1
%define __os_install_post %{nil}
Name: ${name}
Version: ${need('version')}
Release: 1
Summary: ${values.get('rpm-summary') ?? name}
License: ${values.get('license') ?? 'MIT'}
URL: ${need('url')}
Vendor: ${values.get('vendor') ?? need('maintainer')}
Packager: ${need('maintainer')}
AutoReqProv: no
${(lists['d'] ?? []).map((needed) => `Requires: ${needed}`).join('\n')}
%description
${need('description')}
%post ${shellOf('after-install')}
${plain(body('after-install'))}
%postun ${shellOf('after-remove')}
# An upgrade runs it when the newer version is in place already.
[ "$1" -eq 0 ] || exit 0
${plain(body('after-remove'))}
%files
%defattr(-,root,root)
${own.map((path) => `%dir ${quoted(`/${path}`)}`).join('\n')}
${files.join('\n')}
`;
  writeFileSync(join(work, 'package.spec'), spec.trimStart());
  const architecture = need('architecture') === 'amd64' ? 'x86_64' : need('architecture');
  run('rpmbuild', [
    ...['-bb', '--quiet', `--target=${architecture}`, `--buildroot=${root}`],
    ...[`--define=_topdir ${work}`, `--define=_rpmdir ${work}/made`, join(work, 'package.spec')],
  ]);
  const made = readdirSync(join(work, 'made', architecture)).map((file) =>
    join(work, 'made', architecture, file),
  );
  cpSync(made[0] ?? '', need('package'));
  rmSync(work, { recursive: true, force: true });
}
