/**
 * @file Draws every icon from build/icon.svg: `node scripts/icons.mjs`, with rsvg-convert (librsvg2-bin). The results are
 * kept in the repository, because a build machine need not have it.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './bootstrap.mjs';

const BUILD = join(ROOT, 'build');
/** The sizes that hicolor's index knows (freedesktop.org). */
const LINUX = [16, 22, 24, 32, 48, 64, 96, 128, 256, 512];
const WINDOWS = [16, 24, 32, 48, 64, 128, 256];
/** Apple's names for PNG images by their size in pixels. */
const APPLE = { ic11: 32, ic12: 64, ic07: 128, ic13: 256, ic08: 256, ic14: 512, ic09: 512, ic10: 1024 };

/** @param {number} size */
function draw(size) {
  const args = ['-w', String(size), '-h', String(size), join(BUILD, 'icon.svg')];
  const drawn = spawnSync('rsvg-convert', args, { maxBuffer: 2 ** 24 });
  if (drawn.status !== 0) throw new Error('rsvg-convert is needed: apt-get install librsvg2-bin');
  return drawn.stdout;
}

mkdirSync(join(BUILD, 'icons'), { recursive: true });
for (const size of LINUX) writeFileSync(join(BUILD, 'icons', `${size}x${size}.png`), draw(size));
writeFileSync(join(BUILD, 'icon.png'), draw(1024));

// ICO: a head, one entry of 16 bytes an image, then the images, which may be PNG.
const images = WINDOWS.map((size) => ({ size, bytes: draw(size) }));
const head = Buffer.alloc(6 + 16 * images.length);
head.writeUInt16LE(1, 2);
head.writeUInt16LE(images.length, 4);
let offset = head.length;
images.forEach(({ size, bytes }, index) => {
  const at = 6 + 16 * index;
  head[at] = size % 256;
  head[at + 1] = size % 256;
  head.writeUInt16LE(1, at + 4);
  head.writeUInt16LE(32, at + 6);
  head.writeUInt32LE(bytes.length, at + 8);
  head.writeUInt32LE(offset, at + 12);
  offset += bytes.length;
});
writeFileSync(join(BUILD, 'icon.ico'), Buffer.concat([head, ...images.map(({ bytes }) => bytes)]));

// ICNS: every image with its type and length before it, and the whole likewise.
/** @param {string} type @param {Uint8Array} bytes */
function part(type, bytes) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length + 8);
  return Buffer.concat([Buffer.from(type), length, bytes]);
}
const parts = Object.entries(APPLE).map(([type, size]) => part(type, draw(size)));
writeFileSync(join(BUILD, 'icon.icns'), part('icns', Buffer.concat(parts)));
console.log(`icons drawn: ${readFileSync(join(BUILD, 'icon.icns')).length} bytes for macOS`);
