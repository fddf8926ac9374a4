/**
 * @file Builds the receipt's checker into out/verifier/: one page that works from a USB stick, one command. What they are
 * made from stands in src/verifier/ and in the pure files of src/main/journal/; the same sources give the same bytes.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { ROOT } from './bootstrap.mjs';
import { describe, packageFolder } from './packaging/bundled.mjs';

export const PAGE = 'countersign-checker.html';
export const COMMAND = 'countersign-check.mjs';

/** @param {string} path */
const source = (path) => readFileSync(join(ROOT, 'src', path), 'utf8');

/**
 * One file with everything in it.
 * @param {string} entry
 * @param {'iife' | 'es'} format
 */
async function bundle(entry, format) {
  const result = await build({
    configFile: false,
    root: ROOT,
    logLevel: 'warn',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Only what is imported from Node itself stays outside.
    ssr: { noExternal: true },
    build: {
      ssr: format === 'es',
      write: false,
      target: 'es2023',
      modulePreload: false,
      rolldownOptions: { input: join(ROOT, 'src/verifier', entry), output: { format, codeSplitting: false } },
    },
  });
  const built = Array.isArray(result) ? result[0] : result;
  const [chunk, ...more] = built && 'output' in built ? built.output : [];
  if (chunk?.type !== 'chunk' || more.length > 0) throw new Error(`${entry} was not built into one file`);
  return withLicences(chunk.code, chunk.modules);
}

/**
 * The code with the licences of the packages that are in it: it is handed on alone.
 * @param {string} code
 * @param {Record<string, { renderedLength: number }>} modules
 */
function withLicences(code, modules) {
  const folders = Object.entries(modules).map(
    ([id, { renderedLength }]) => renderedLength > 0 && packageFolder(id),
  );
  const packages = [...new Set(folders)]
    .filter((folder) => typeof folder === 'string')
    .sort()
    .map(describe);
  const texts = packages.map(({ name, version, text }) => `${name} ${version}\n\n${text}`);
  const comment = `/*\nIn this file:\n\n${texts.join('\n\n')}\n*/\n`;
  const [shebang = '', rest = code] = code.startsWith('#!')
    ? [`${code.split('\n', 1)[0]}\n`, code.slice(code.indexOf('\n') + 1)]
    : [];
  return shebang + comment + rest;
}

/** As a policy names what it allows (CSP Level 3, section 2.3.1). @param {string} text */
const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** @param {string} script @param {string} style */
function pageOf(script, style) {
  // Nothing may be loaded and nothing sent, by this page or by what is pasted into it.
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(script)}`,
    `style-src ${hashOf(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const parts = {
    POLICY: `<meta http-equiv="Content-Security-Policy" content="${policy}" />`,
    STYLE: `<style>${style}</style>`,
    SCRIPT: `<script>${script}</script>`,
  };
  return Object.entries(parts).reduce((page, [name, part]) => {
    const [before, after, ...more] = page.split(`<!-- ${name} -->`);
    if (after === undefined || more.length > 0) throw new Error(`the page must have one place for ${name}`);
    return before + part + after;
  }, source('verifier/page.html'));
}

/**
 * Writes both files into `folder`.
 * @param {string} [folder]
 */
export async function buildVerifier(folder = join(ROOT, 'out', 'verifier')) {
  // A "</script" in it would end the element that it stands in.
  const script = (await bundle('page.ts', 'iife')).replaceAll('</script', '<\\/script');
  const style = source('renderer/ui/tokens.css') + source('verifier/page.css');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, PAGE), pageOf(script, style));
  writeFileSync(join(folder, COMMAND), await bundle('command.ts', 'es'), { mode: 0o755 });
}
