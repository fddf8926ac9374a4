/**
 * @file `node bench/main-start.mjs MAIN PROFILE`: evaluates a built main on this Node, with an Electron that only answers, and
 * prints as JSON when main was evaluated and when it asked for its window, in milliseconds from its first line; how many
 * modules it read, and what it takes of memory. It draws nothing and starts no Chromium.
 */
import { readFileSync, writeSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { performance } from 'node:perf_hooks';
import { pathToFileURL } from 'node:url';

const [main = '', profile = ''] = process.argv.slice(2);
/** What it takes from Electron. */
const [, names = ''] = /import \{([^}]*)\} from ["']electron["']/.exec(readFileSync(main, 'utf8')) ?? [];
const NAMES = names.split(',').map((name) => name.trim());
let modules = 0;
const source = NAMES.map((name) => `export const ${name} = globalThis.electron.${name};`).join('\n');
registerHooks({
  resolve: (specifier, context, next) => {
    if (specifier === 'electron')
      return { url: `data:text/javascript,${encodeURIComponent(source)}`, shortCircuit: true };
    return next(specifier, context);
  },
  load: (url, context, next) => {
    if (url.startsWith('file:')) modules += 1;
    return next(url, context);
  },
});

/** Answers everything with itself, and is an empty list where one is gone through. @type {any} */
const anything = new Proxy(function () {}, {
  get: (_target, name) => {
    if (name === Symbol.iterator) return () => [][Symbol.iterator]();
    if (name === Symbol.toPrimitive) return () => 0;
    return name === 'then' ? undefined : anything;
  },
  apply: () => anything,
  construct: () => anything,
});
/** @param {Record<string, unknown>} own */
const partly = (own) => new Proxy(own, { get: (target, name) => target[String(name)] ?? anything });

/** @type {Promise<number>} */
const windowAsked = new Promise((resolve) => {
  const electron = {
    ...Object.fromEntries(NAMES.map((name) => [name, anything])),
    app: partly({
      isPackaged: false,
      getPath: () => profile,
      getVersion: () => '0.0.0',
      getName: () => 'Countersign',
      requestSingleInstanceLock: () => true,
      whenReady: () => Promise.resolve(),
      commandLine: partly({ hasSwitch: () => false }),
    }),
    BrowserWindow: function () {
      resolve(performance.now());
      return anything;
    },
  };
  Object.assign(globalThis, { electron });
});

const cpu = process.cpuUsage();
const began = performance.now();
await import(pathToFileURL(main).href);
const evaluated = performance.now();
const asked = await windowAsked;
const { user, system } = process.cpuUsage(cpu);
writeSync(
  1,
  JSON.stringify({
    evaluatedMs: evaluated - began,
    windowAskedMs: asked - began,
    // What another program on the same core does not lengthen.
    processorMs: (user + system) / 1_000,
    modules,
    memoryMB: process.memoryUsage.rss() / 2 ** 20,
  }),
);
// A call to a keychain that hangs would keep the process from ending.
process.kill(process.pid, 'SIGKILL');
