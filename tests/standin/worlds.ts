/**
 * @file The two scripts that every document of the window starts with: the preload's isolated world with its
 * `require('electron')`, and the main world's half of the context bridge. They are sent into the page as source,
 * so each function must use nothing from outside its own braces.
 *
 * The worlds share the DOM and nothing else. Events with a secret name cross between them at once, and Chromium
 * clones what they carry, which is how the real context bridge behaves.
 */
import { decode, encode } from './clone.ts';

/** The name of the isolated world, and of the binding that leads from it to Node. */
export const WORLD = 'Electron Isolated Context';
export const BINDING = '__standInSend';
/** What Node calls in the isolated world. */
export const RECEIVE = '__standInReceive';
/** Not a channel of the program's: the page was asked for a context menu. */
export const CONTEXT_MENU = '\u0000context-menu';
/** The same: what the system's theme is. */
export const THEME = '\u0000theme';

/** What stands for a value in the other world: itself, a function to call there, or the like. */
type Crossing =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'function'; readonly id: number }
  | { readonly kind: 'promise'; readonly id: number }
  | { readonly kind: 'throw'; readonly message: string }
  | { readonly kind: 'uncloneable' };

type Shape = { readonly [name: string]: Shape } | Crossing;

function mainWorld(secret: string): void {
  if (window.top !== window) return;
  const CustomEvent = window.CustomEvent;
  const dispatch = window.dispatchEvent.bind(window);
  const clone = window.structuredClone.bind(window);
  const callbacks = new Map<number, (...args: unknown[]) => unknown>();
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let returned: Crossing = { kind: 'value', value: undefined };

  const on = (name: string, listener: (detail: never) => void): void =>
    // What the other script sends under a name is what the listener of that name takes.
    window.addEventListener(secret + name, (event) => listener((event as CustomEvent<never>).detail));
  const send = (name: string, detail: unknown): void =>
    void dispatch(new CustomEvent(secret + name, { detail }));

  const isPlain = (value: object): boolean =>
    Object.prototype.toString.call(value) === '[object Object]' || Array.isArray(value);
  /** Throws at once, in the page, what Electron's bridge throws (PassValueToOtherContext). */
  const pass = (value: unknown, depth: number, passed: Map<object, unknown>): unknown => {
    if (depth >= 1000)
      throw new TypeError(
        'Electron contextBridge recursion depth exceeded.  Nested objects deeper than 1000 are not supported.',
      );
    if (typeof value !== 'object' || value === null) return value;
    const known = passed.get(value);
    if (known !== undefined) return known;
    // These cross as themselves or as proxies; ipcRenderer cannot clone them then.
    if (value instanceof Promise || value instanceof Element) return value;
    if (!isPlain(value)) return clone(value);
    const copy: Record<string, unknown> | unknown[] = Array.isArray(value) ? [] : {};
    passed.set(value, copy);
    for (const key of Object.keys(value)) {
      // A getter of the page's may throw here, and that is the page's to hear.
      const at = pass((value as Record<string, unknown>)[key], depth + 1, passed);
      Object.defineProperty(copy, key, { value: at, writable: true, enumerable: true, configurable: true });
    }
    return copy;
  };
  const outgoing = (given: unknown): Crossing => {
    if (typeof given === 'function') {
      const id = callbacks.size;
      callbacks.set(id, given as (...args: unknown[]) => unknown);
      return { kind: 'function', id };
    }
    const value = pass(given, 0, new Map());
    try {
      clone(value);
      return { kind: 'value', value };
    } catch {
      // Electron hands such a value to the preload as proxies, which ipcRenderer then cannot clone.
      return { kind: 'uncloneable' };
    }
  };
  const incoming = (crossing: Crossing): unknown => {
    switch (crossing.kind) {
      case 'value':
        return crossing.value;
      case 'function':
        return (...args: unknown[]) => call(crossing.id, args);
      case 'promise':
        return new Promise((resolve, reject) => waiting.set(crossing.id, { resolve, reject }));
      case 'throw':
        throw new Error(crossing.message);
      case 'uncloneable':
        throw new TypeError('An object could not be cloned.');
    }
  };
  function call(id: number, args: unknown[]): unknown {
    send('call', { id, args: args.map(outgoing) });
    return incoming(returned);
  }
  const build = (shape: Shape): unknown => {
    if ('kind' in shape && typeof shape.kind === 'string') return incoming(shape);
    return Object.freeze(
      Object.fromEntries(Object.entries(shape as Record<string, Shape>).map(([key, at]) => [key, build(at)])),
    );
  };
  on('return', (crossing: Crossing) => (returned = crossing));
  on('callback', ({ id, args }: { id: number; args: unknown[] }) => callbacks.get(id)?.(...args));
  on('settle', ({ id, crossing }: { id: number; crossing: Crossing }) => {
    const promise = waiting.get(id);
    waiting.delete(id);
    if (crossing.kind === 'throw') promise?.reject(new Error(crossing.message));
    else promise?.resolve(incoming(crossing));
  });
  on('expose', ({ name, shape }: { name: string; shape: Shape }) =>
    Object.defineProperty(window, name, { value: build(shape), enumerable: true }),
  );
}

function isolatedWorld(
  names: {
    readonly secret: string;
    readonly binding: string;
    readonly receive: string;
    readonly contextMenu: string;
    readonly theme: string;
  },
  clone: { readonly encode: (value: unknown) => string; readonly decode: (wire: string) => unknown },
  preload: (require: (name: string) => unknown, module: { exports: unknown }, exports: unknown) => void,
): void {
  if (window.top !== window) return;
  const world = window as unknown as Record<string, unknown>;
  const toNode = world[names.binding] as (payload: string) => void;

  const functions: ((...args: unknown[]) => unknown)[] = [];
  let promises = 0;
  const send = (name: string, detail: unknown): void =>
    void window.dispatchEvent(new CustomEvent(names.secret + name, { detail }));
  const outgoing = (value: unknown): Crossing => {
    if (typeof value === 'function')
      return { kind: 'function', id: functions.push(value as (...args: unknown[]) => unknown) - 1 };
    if (!(value instanceof Promise)) return { kind: 'value', value };
    const id = (promises += 1);
    value.then(
      (settled: unknown) => send('settle', { id, crossing: outgoing(settled) }),
      (error: unknown) => send('settle', { id, crossing: { kind: 'throw', message: String(error) } }),
    );
    return { kind: 'promise', id };
  };
  const incoming = (crossing: Crossing): unknown => {
    if (crossing.kind === 'value') return crossing.value;
    if (crossing.kind !== 'function') return () => undefined;
    return (...args: unknown[]) => send('callback', { id: crossing.id, args });
  };
  const shape = (value: unknown): Shape =>
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Promise)
      ? Object.fromEntries(Object.entries(value).map(([key, at]) => [key, shape(at)]))
      : outgoing(value);
  window.addEventListener(`${names.secret}call`, (event) => {
    const { id, args } = (event as CustomEvent<{ id: number; args: Crossing[] }>).detail;
    try {
      send('return', outgoing(functions[id]?.(...args.map(incoming))));
    } catch (error) {
      send('return', { kind: 'throw', message: String(error) });
    }
  });

  // Chromium's own menu and keys for zoom and reload are a browser's; Electron has none but the program's.
  window.addEventListener('contextmenu', (event) => {
    event.preventDefault();
    const field = event.composedPath()[0];
    const isField = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;
    const isEditable = isField && !field.readOnly && !field.disabled;
    const picked = isField
      ? field.value.slice(field.selectionStart ?? 0, field.selectionEnd ?? 0)
      : String(window.getSelection());
    const secret = isField && field.type === 'password';
    const editFlags = {
      canCut: isEditable && picked !== '' && !secret,
      canCopy: picked !== '' && !secret,
      canPaste: isEditable,
      canSelectAll: true,
    };
    const menu = { x: event.clientX, y: event.clientY, isEditable, selectionText: picked, editFlags };
    toNode(JSON.stringify({ id: 0, channel: names.contextMenu, wire: JSON.stringify(menu) }));
  });
  const dark = window.matchMedia('(prefers-color-scheme: dark)');
  const tell = (): void =>
    toNode(JSON.stringify({ id: 0, channel: names.theme, wire: JSON.stringify(dark.matches) }));
  dark.addEventListener('change', tell);
  tell();
  window.addEventListener(
    'keydown',
    (event) => {
      const zooms = (event.ctrlKey || event.metaKey) && ['+', '-', '=', '0', 'r'].includes(event.key);
      if (zooms || event.key === 'F5') event.preventDefault();
    },
    { capture: true },
  );

  const listeners = new Map<string, Set<(...args: unknown[]) => void>>();
  const answers = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  let invocations = 0;
  const ipcRenderer = {
    invoke: (channel: string, ...args: unknown[]) =>
      new Promise((resolve, reject) => {
        const wire = clone.encode(args);
        const id = (invocations += 1);
        answers.set(id, { resolve, reject });
        toNode(JSON.stringify({ id, channel, wire }));
      }),
    on: (channel: string, listener: (...args: unknown[]) => void) => {
      listeners.set(channel, (listeners.get(channel) ?? new Set()).add(listener));
      return ipcRenderer;
    },
    off: (channel: string, listener: (...args: unknown[]) => void) => {
      listeners.get(channel)?.delete(listener);
      return ipcRenderer;
    },
  };
  const contextBridge = {
    exposeInMainWorld: (name: string, api: unknown) => send('expose', { name, shape: shape(api) }),
  };
  world[names.receive] = (message: { id?: number; channel?: string; wire?: string; error?: string }) => {
    if (message.id !== undefined) {
      const answer = answers.get(message.id);
      answers.delete(message.id);
      if (message.error === undefined) answer?.resolve(clone.decode(message.wire ?? ''));
      else answer?.reject(new Error(message.error));
      return;
    }
    const args = clone.decode(message.wire ?? '') as unknown[];
    for (const listener of [...(listeners.get(message.channel ?? '') ?? [])]) listener({}, ...args);
  };
  const require = (name: string): unknown => {
    if (!/^electron(\/renderer|\/common)?$/.test(name)) throw new Error(`module not found: ${name}`);
    return { contextBridge, ipcRenderer };
  };
  const module = { exports: {} };
  preload(require, module, module.exports);
}

/** The main world's script; it has to be registered before the other. */
export const mainWorldSource = (secret: string): string =>
  `(${mainWorld.toString()})(${JSON.stringify(secret)});`;

/** The isolated world's script, with the built preload inside. */
export const isolatedWorldSource = (secret: string, preload: string): string =>
  `(${isolatedWorld.toString()})(${JSON.stringify({ secret, binding: BINDING, receive: RECEIVE, contextMenu: CONTEXT_MENU, theme: THEME })}, ` +
  `{ encode: ${encode.toString()}, decode: ${decode.toString()} }, ` +
  `function (require, module, exports) {${preload}\n});`;
