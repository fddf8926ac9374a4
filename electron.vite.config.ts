/**
 * @file How the three programs (main, preload, page) are built into out/.
 * It must never let a build setting weaken what src/main/shell enforces at run time.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';
import type { Plugin } from 'vite';
import { buildVerifier } from './scripts/build-verifier.mjs';
import { bundledPackages } from './scripts/packaging/bundled.mjs';
import { pageOutput } from './scripts/page-chunks.mjs';

/**
 * Puts files beside the bundle that reads them: the schema, which is SQL so that it can be read as such, and where the
 * program asks for newer versions.
 */
const beside: Plugin = {
  name: 'beside',
  generateBundle() {
    const put = (fileName: string, from: string) =>
      this.emitFile({ type: 'asset', fileName, source: readFileSync(from) });
    put('schema.sql', 'src/main/store/schema.sql');
    put('release.json', 'build/release.json');
  },
};

/** Builds the receipt's checker into out/verifier/, which is no part of the program but is delivered with it. */
const verifier: Plugin = { name: 'verifier', apply: 'build', closeBundle: () => buildVerifier() };

/** Main, preload and page are built in this order. */
const bundled = bundledPackages();

export default defineConfig({
  main: {
    plugins: [beside, verifier, bundled.plugin({ last: false })],
    build: { rolldownOptions: { input: 'src/main/index.ts' }, sourcemap: true },
  },
  preload: {
    // A sandboxed preload must be one CommonJS file: it can require nothing but Electron's own modules.
    build: {
      externalizeDeps: false,
      rolldownOptions: {
        input: 'src/preload/index.ts',
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  },
  renderer: {
    root: 'src/renderer',
    plugins: [react(), bundled.plugin({ last: true })],
    build: {
      rolldownOptions: { input: join(import.meta.dirname, 'src/renderer/index.html'), output: pageOutput },
      // Less to read at every start. The map stays out of the packages (electron-builder.ts), and no script names it.
      minify: true,
      sourcemap: 'hidden',
      // Everything the page may load is a file of ours: a data: URI would need a hole in the CSP.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  },
});
