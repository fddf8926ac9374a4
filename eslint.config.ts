/**
 * @file Lint rules. The rules between the rooms of src/ (ARCHITECTURE.md, "The house") are errors here, so
 * that they hold without anybody having to remember them.
 */
import js from '@eslint/js';
import type { Linter } from 'eslint';
import { defineConfig } from 'eslint/config';
import importX from 'eslint-plugin-import-x';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';

/** Packages that only one room may name, and that room. */
const OWNED = {
  nodemailer: {
    packages: ['nodemailer', 'nodemailer/*', 'imapflow', 'smtp-server', 'mailparser', 'selfsigned'],
    rooms: ['src/main/mail/**'],
  },
  keytar: { packages: ['keytar'], rooms: ['src/main/vault/**'] },
  sqlite: { packages: ['node:sqlite', 'sqlite'], rooms: ['src/main/store/**'] },
  jose: { packages: ['jose'], rooms: ['src/main/journal/**'] },
  electron: {
    packages: ['electron', 'electron/*'],
    rooms: ['src/main/index.ts', 'src/main/shell/**', 'src/main/ipc/router.ts', 'src/preload/**'],
  },
  // Where something comes in from outside: calls of the page, and what was kept by an earlier run or another version.
  zod: {
    packages: ['zod', 'zod/*'],
    rooms: [
      'src/main/ipc/schemas.ts',
      'src/main/choices/**',
      'src/main/store/**',
      'src/main/journal/**',
      'src/main/releases/releases.ts',
      'src/verifier/no-eval.ts',
      'src/main/ledger/{anchor,keyring,particulars,stored}.ts',
      'src/main/verification/signing-key.ts',
      'src/main/access/item.ts',
    ],
  },
} as const;

/** Which rooms of src/main each may import, beside itself and shared. index.ts alone sees them all. */
const MAY_IMPORT = {
  ports: [],
  address: [],
  journal: ['ports'],
  ledger: ['ports'],
  verification: ['ledger', 'journal', 'ports', 'address'],
  choices: [],
  access: ['ledger', 'ports'],
  desk: ['verification', 'ledger', 'journal', 'access', 'choices', 'ports', 'address'],
  mail: ['ports', 'address'],
  vault: ['ports'],
  store: ['ports', 'choices'],
  releases: ['ports', 'system'],
  log: [],
  page: ['ports'],
  system: ['ports'],
  ipc: ['log', 'system'],
  shell: ['page', 'ports'],
} as const satisfies Record<string, readonly string[]>;

/** The same for src/renderer. app.tsx and main.tsx see them all. */
const PAGE_MAY_IMPORT = {
  i18n: [],
  ui: ['i18n'],
  frame: ['ui', 'i18n', 'bridge.ts'],
  screens: ['frame', 'ui', 'i18n', 'bridge.ts'],
} as const satisfies Record<string, readonly string[]>;

type Owned = keyof typeof OWNED;

const ROOMS = [...new Set(Object.values(OWNED).flatMap(({ rooms }) => rooms))];
const ownedBy = (room: (typeof ROOMS)[number]): Owned[] =>
  (Object.keys(OWNED) as Owned[]).filter((name) => OWNED[name].rooms.some((owner) => owner === room));

/** The `no-restricted-imports` setting that forbids every owned package but the ones named. */
const forbidAllBut = (...allowed: Owned[]): Linter.RuleEntry => {
  const groups = (Object.keys(OWNED) as Owned[]).filter((name) => !allowed.includes(name));
  return [
    'error',
    {
      patterns: groups.map((name) => ({
        group: [...OWNED[name].packages],
        message: `Only ${OWNED[name].rooms.join(', ')} may import this (ARCHITECTURE.md, "The house").`,
      })),
    },
  ];
};

/** One zone a room: everything beside it but the rooms it may import is forbidden. */
const zonesOf = (house: string, mayImport: Readonly<Record<string, readonly string[]>>) =>
  Object.entries(mayImport).map(([room, rooms]) => ({
    target: `${house}/${room}`,
    from: house,
    except: [room, ...rooms].map((name) => `./${name}`),
    message: `${room} may import ${['shared', ...rooms].join(', ')} (ARCHITECTURE.md, "The house").`,
  }));

export default defineConfig(
  { ignores: ['out/', 'dist/', 'node_modules/', 'coverage/', 'test-results/'] },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: { allowDefaultProject: [] }, tsconfigRootDir: import.meta.dirname },
    },
    plugins: { 'import-x': importX },
    // By default the plugin follows imports into .js files only, and would find no cycle here.
    settings: { 'import-x/extensions': ['.ts', '.tsx'] },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      // A default would take a new case in silence: every union's switch names all of them.
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      // No package leads back into this program, and the resolver for packages is not installed.
      'import-x/no-cycle': ['error', { ignoreExternal: true }],
      'import-x/no-restricted-paths': [
        'error',
        {
          basePath: import.meta.dirname,
          zones: [
            {
              target: './src/shared',
              from: './src',
              except: ['./shared'],
              message: 'shared imports nothing.',
            },
            {
              target: './src/renderer',
              from: './src',
              except: ['./renderer', './shared'],
              message: 'The page imports only shared.',
            },
            {
              target: './src/preload',
              from: './src',
              except: ['./preload', './shared'],
              message: 'The preload imports only shared.',
            },
            {
              target: './src/main',
              from: ['./src/renderer', './src/preload'],
              message: 'main never imports the page.',
            },
            {
              target: './src/verifier',
              from: './src',
              except: ['./verifier', './shared', './main/journal'],
              message: "The checker imports only the journal's pure files and shared.",
            },
            {
              target: ['./src/main', './src/renderer', './src/preload'],
              from: './src/verifier',
              message: 'The checker is a program of its own.',
            },
            ...zonesOf('./src/main', MAY_IMPORT),
            ...zonesOf('./src/renderer', PAGE_MAY_IMPORT),
            {
              target: './src',
              from: ['./tests', './bench', './scripts'],
              message: 'The product imports no test.',
            },
          ],
        },
      ],
    },
  },
  { files: ['src/**/*.{ts,tsx}'], rules: { 'no-restricted-imports': forbidAllBut(), 'no-console': 'error' } },
  ...ROOMS.map((room) => ({
    files: [room],
    rules: { 'no-restricted-imports': forbidAllBut(...ownedBy(room)) },
  })),
  {
    // Pure rooms take time and randomness as parameters: a rule that reads the clock cannot be tested.
    files: ['src/main/{verification,ledger,journal,access,address,desk}/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', 'setTimeout', 'setInterval', 'performance', 'process'],
      'no-restricted-syntax': [
        'error',
        {
          selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
          message: 'Use the Clock port.',
        },
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'Use the Clock port.' },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: 'Use the Random port.',
        },
      ],
    },
  },
  { files: ['src/renderer/**/*.{ts,tsx}'], ...reactHooks.configs.flat['recommended-latest'] },
  {
    files: ['**/*.mjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      globals: {
        process: 'readonly',
        console: 'readonly',
        URL: 'readonly',
        setTimeout: 'readonly',
        Buffer: 'readonly',
        clearTimeout: 'readonly',
      },
    },
  },
  {
    // Loaded by Electron before the program, which takes CommonJS only.
    files: ['**/*.cjs'],
    ...tseslint.configs.disableTypeChecked,
    languageOptions: {
      sourceType: 'commonjs',
      globals: { process: 'readonly', Buffer: 'readonly', require: 'readonly' },
    },
    rules: { ...tseslint.configs.disableTypeChecked.rules, '@typescript-eslint/no-require-imports': 'off' },
  },
);
