/**
 * @file Searches bytes for many texts at once, in every shape they could hide in: a day at the desk has a hundred
 * secrets, and a browser's profile tens of megabytes. It must find what is there, in any surroundings.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formsOf } from './traces.ts';

/** The texts, of those that were given, which stand in the bytes in one shape or another. */
export type Sieve = (bytes: Buffer) => readonly string[];

interface Shape {
  readonly text: string;
  readonly bytes: Buffer;
  readonly digitsOnly: boolean;
}

/** The shapes of traces.ts, and the two spellings that it leaves out: hex in capitals, and a URL's. */
const shapesOf = (text: string): readonly Shape[] => {
  const forms = new Set([...formsOf(text), Buffer.from(text).toString('hex').toUpperCase()]);
  forms.add(encodeURIComponent(text));
  // The texts are ASCII, and traces.ts writes its UTF-16 and reversed bytes as Latin-1.
  return [...forms].map((form) => ({
    text,
    bytes: Buffer.from(form, 'latin1'),
    digitsOnly: /^\d+$/.test(form),
  }));
};

const isDigit = (byte: number | undefined): boolean => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/**
 * `alone`: a text of digits counts only where no further digit touches it. Among a browser's time stamps of
 * seventeen digits, eight of them in a row are a code by chance once in ten runs.
 */
export function createSieve(texts: readonly string[], { alone }: { readonly alone: boolean }): Sieve {
  const byStart = new Map<number, Shape[]>();
  // Most places are passed over by their first two bytes; only the rest cost a look into the map.
  const begins = new Uint8Array(0x10000);
  for (const shape of texts.flatMap(shapesOf)) {
    const start = shape.bytes.readUInt32LE(0);
    begins[start & 0xffff] = 1;
    byStart.set(start, [...(byStart.get(start) ?? []), shape]);
  }
  const standsAt = (bytes: Buffer, at: number, shape: Shape): boolean => {
    const end = at + shape.bytes.length;
    if (bytes.compare(shape.bytes, 0, shape.bytes.length, at, Math.min(end, bytes.length)) !== 0)
      return false;
    return !(alone && shape.digitsOnly && (isDigit(bytes[at - 1]) || isDigit(bytes[end])));
  };
  return (bytes) => {
    const found = new Set<string>();
    for (let at = 0; at + 4 <= bytes.length; at += 1) {
      const start = bytes.readUInt32LE(at);
      if (begins[start & 0xffff] === 0) continue;
      for (const shape of byStart.get(start) ?? []) if (standsAt(bytes, at, shape)) found.add(shape.text);
    }
    return [...found];
  };
}

export interface Searched {
  readonly files: number;
  readonly bytes: number;
  /** "file: text", one line a find. */
  readonly finds: readonly string[];
}

/** Looks through every file below `folder` that `skip` does not name. */
export function searchFolder(
  folder: string,
  sieve: Sieve,
  skip: (path: string) => boolean = () => false,
): Searched {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !skip(path));
  let bytes = 0;
  const finds = paths.flatMap((path) => {
    let content: Buffer;
    try {
      content = readFileSync(path);
    } catch (error) {
      // A browser that runs removes files of its own between the listing and the reading.
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
    bytes += content.length;
    return sieve(content).map((text) => `${path}: ${text}`);
  });
  return { files: paths.length, bytes, finds };
}
