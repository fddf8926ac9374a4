/**
 * @file How the three programs (main, preload, page) are built into out/.
 * It must never let a build setting weaken what src/main/shell enforces at run time.
 */
import react from '@vitejs/plugin-react';
import { defineConfig } from 'electron-vite';

export default defineConfig({
  main: {
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
    plugins: [react()],
    build: {
      rolldownOptions: { input: 'src/renderer/index.html' },
      // Everything the page may load is a file of ours: a data: URI would need a hole in the CSP.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  },
});
