/**
 * @file A packed program without Electron: its archive is read as Electron reads it, through fs and the module loader,
 * each file against the hash that stands for it in the archive's head. A changed file ends the program. Electron itself
 * checks on macOS and Windows only.
 */
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
import { registerHooks, syncBuiltinESMExports } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

interface FileEntry {
  readonly size: number;
  /** Counted from the end of the head; absent for a file beside the archive. */
  readonly offset?: string;
  readonly unpacked?: boolean;
  readonly integrity: { readonly algorithm: 'SHA256'; readonly hash: string };
}
interface FolderEntry {
  readonly files: Readonly<Record<string, Entry>>;
}
type Entry = FileEntry | FolderEntry;

/** The paths of node:fs before they were changed below. */
const { readFileSync, readdirSync, existsSync, openSync, readSync } = fs;
const { readFile } = fsPromises;

export interface Archive {
  readonly path: string;
  /** Text of a file inside, by its path from the archive's root. */
  readonly read: (inside: string) => Buffer;
}

/** Makes everything below `path` readable to this process, and to the modules it loads. */
export function mountArchive(path: string): Archive {
  const handle = openSync(path, 'r');
  const at = (offset: number, size: number): Buffer => {
    const bytes = Buffer.alloc(size);
    readSync(handle, bytes, 0, size, offset);
    return bytes;
  };
  // Chromium's Pickle: a size, then the head as a pickle of its own, with the length of its JSON at byte 12.
  const headSize = at(4, 4).readUInt32LE();
  const head = JSON.parse(at(16, at(12, 4).readUInt32LE()).toString()) as FolderEntry;
  const inside = `${path}${sep}`;

  const entryAt = (full: string): Entry | null => {
    if (full === path) return head;
    if (!full.startsWith(inside)) return null;
    let entry: Entry | undefined = head;
    for (const name of full.slice(inside.length).split(sep))
      entry = entry !== undefined && 'files' in entry ? entry.files[name] : undefined;
    return entry ?? null;
  };
  const packedAs = (full: string): string =>
    full.startsWith(`${path}.unpacked${sep}`) ? path + full.slice(`${path}.unpacked`.length) : full;
  const unpacked = (full: string): string => `${path}.unpacked${full.slice(path.length)}`;
  const bytesOf = (full: string, entry: FileEntry): Buffer => {
    const bytes =
      entry.offset === undefined
        ? readFileSync(unpacked(full))
        : at(8 + headSize + Number(entry.offset), entry.size);
    if (createHash('sha256').update(bytes).digest('hex') !== entry.integrity.hash) {
      process.stderr.write(`${full} is not as it was packed\n`);
      process.exit(1);
    }
    return bytes;
  };
  const isFile = (entry: Entry | null): entry is FileEntry => entry !== null && !('files' in entry);
  const read = (full: string): Buffer => {
    const entry = entryAt(full);
    if (!isFile(entry))
      throw Object.assign(new Error(`ENOENT: no such file, open '${full}'`), { code: 'ENOENT' });
    return bytesOf(full, entry);
  };
  const mounted = (file: unknown): file is string => typeof file === 'string' && entryAt(file) !== null;

  const encodingOf = (options: unknown): BufferEncoding | null =>
    typeof options === 'string'
      ? (options as BufferEncoding)
      : ((options as { encoding?: BufferEncoding } | null | undefined)?.encoding ?? null);
  const given = (file: string, options: unknown): Buffer | string => {
    const encoding = encodingOf(options);
    return encoding === null ? read(file) : read(file).toString(encoding);
  };
  const entriesOf = (folder: string) =>
    Object.entries((entryAt(folder) as FolderEntry).files).map(([name, entry]) => ({
      name,
      parentPath: folder,
      isFile: () => isFile(entry),
      isDirectory: () => !isFile(entry),
    }));
  // The overloads of node:fs that main and its packages use; the rest stays Node's.
  Object.assign(fs, {
    readFileSync: (file: fs.PathOrFileDescriptor, options?: unknown) =>
      mounted(file) ? given(file, options) : readFileSync(file, options as null),
    existsSync: (file: fs.PathLike) => mounted(file) || existsSync(file),
    readdirSync: (folder: fs.PathLike, options?: { withFileTypes?: boolean }) => {
      if (!mounted(folder)) return readdirSync(folder, options as unknown as null);
      const entries = entriesOf(folder);
      return options?.withFileTypes === true ? entries : entries.map(({ name }) => name);
    },
  });
  Object.assign(fsPromises, {
    readFile: (file: fs.PathLike, options?: unknown) =>
      mounted(file) ? Promise.resolve(given(file, options)) : readFile(file, options as null),
  });
  syncBuiltinESMExports();

  registerHooks({
    resolve: (specifier, context, next) => {
      const from = context.parentURL?.startsWith('file:') ? fileURLToPath(context.parentURL) : null;
      const target = specifier.startsWith('file:') ? fileURLToPath(specifier) : specifier;
      const candidates = target.startsWith('.') && from !== null ? [join(dirname(from), target)] : [target];
      if (from?.startsWith(inside) === true && !target.startsWith('.')) {
        const folder = join(path, 'node_modules', target);
        const manifest = join(folder, 'package.json');
        if (isFile(entryAt(manifest))) {
          const { main = 'index.js' } = JSON.parse(read(manifest).toString()) as { main?: string };
          candidates.push(join(folder, main));
        }
      }
      const found = candidates.map(packedAs).find((candidate) => isFile(entryAt(candidate)));
      const entry = found === undefined ? null : entryAt(found);
      if (found === undefined || !isFile(entry)) return next(specifier, context);
      if (entry.offset !== undefined) return { url: pathToFileURL(found).href, shortCircuit: true };
      // A package with a shared library lies beside the archive, and is checked all the same.
      bytesOf(found, entry);
      return { url: pathToFileURL(unpacked(found)).href, shortCircuit: true };
    },
    load: (url, context, next) => {
      const file = url.startsWith('file:') ? fileURLToPath(url) : '';
      if (!isFile(entryAt(file))) return next(url, context);
      const ours = !file.startsWith(join(path, 'node_modules'));
      const format = file.endsWith('.json') ? 'json' : ours && !file.endsWith('.cjs') ? 'module' : 'commonjs';
      return { format, source: read(file), shortCircuit: true };
    },
  });
  return { path, read: (name) => read(join(path, name)) };
}
