/**
 * @file Searches files for what must not be in them, in every shape it could hide in.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The shapes a text can take in a file: as it is, base64 at each of its three offsets, hex, UTF-16, reversed. */
export function formsOf(text: string): readonly string[] {
  const bytes = Buffer.from(text);
  const inside = [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    // Drop what depends on the neighbours: the characters touched by the padding before and after.
    return shifted.slice(Math.ceil((offset * 4) / 3), -4);
  });
  return [
    text,
    // A shorter piece would be found by chance.
    ...inside.filter((piece) => piece.length >= 6),
    bytes.toString('hex'),
    Buffer.from(text, 'utf16le').toString('latin1'),
    quotedPrintable(bytes),
    Buffer.from(bytes).reverse().toString('latin1'),
  ];
}

/** Every byte as =XX: what a mail encoder makes of a text it may not show. */
const quotedPrintable = (bytes: Buffer): string =>
  [...bytes].map((byte) => `=${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');

/** The files under `folder` in which one of the forms stands. */
export function filesHolding(folder: string, forms: readonly string[]): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => {
      const bytes = readFileSync(file);
      return forms.some((form) => bytes.includes(Buffer.from(form, 'latin1')) || bytes.includes(form));
    });
}
