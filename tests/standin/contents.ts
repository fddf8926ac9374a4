/**
 * @file webContents: one document in Chromium with its two worlds. It carries calls, answers and events between
 * the page and ipcMain, and asks the program's handlers before the page may go anywhere.
 */
import { randomBytes } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { CDPSession, Page } from 'playwright-core';
import type { IpcMainInvokeEvent, WebContents, WebFrameMain, WebPreferences } from 'electron';
import { originToElectron, toChromium, toElectron } from './addresses.ts';
import { encode } from './clone.ts';
import { answer, type Reply } from './ipc.ts';
import { listening, preventable } from './listening.ts';
import { nativeTheme, themeIs, themes } from './system.ts';
import {
  BINDING,
  CONTEXT_MENU,
  isolatedWorldSource,
  mainWorldSource,
  RECEIVE,
  THEME,
  WORLD,
} from './worlds.ts';

type Frame = Pick<WebFrameMain, 'url' | 'origin'> & { readonly parent: Frame | null };
type OpenHandler = Parameters<WebContents['setWindowOpenHandler']>[0];
type Used =
  | 'send'
  | 'reload'
  | 'loadURL'
  | 'printToPDF'
  | 'print'
  | 'isDestroyed'
  | 'getURL'
  | 'setWindowOpenHandler'
  | 'setWebRTCIPHandlingPolicy'
  | 'getZoomFactor'
  | 'setZoomFactor'
  | 'on'
  | 'once'
  | 'off';

export type StandInContents = Pick<WebContents, Used> & {
  /** Puts the worlds into the page; before its first real document. */
  readonly attach: (page: Page, preload: string | null) => Promise<void>;
  /** Goes where the program says, which no handler is asked about. */
  readonly load: (address: string) => Promise<void>;
  /** Whether the page may go there by itself. */
  readonly mayNavigate: (address: string, mainFrame: boolean) => boolean;
  readonly mayOpen: (address: string) => boolean;
  /** Sets the title that the window system shows. */
  readonly title: (title: string) => Promise<void>;
  /** What Chromium is to be started with (--webrtc-ip-handling-policy). */
  readonly peerPolicy: () => string;
  /** Not in Electron's types, though its own tests use it: what the window was made with. */
  readonly getLastWebPreferences: () => WebPreferences;
  readonly destroy: () => void;
};

/** What Electron makes a window with where the program does not say (WebContentsPreferences::Clear). */
const DEFAULTS: WebPreferences = {
  nodeIntegration: false,
  nodeIntegrationInSubFrames: false,
  nodeIntegrationInWorker: false,
  contextIsolation: true,
  sandbox: true,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
};

/** Chromium's words for the end of a page's process (base::TerminationStatus), with Electron's. */
const GONE: Readonly<Record<string, string>> = {
  killed: 'killed',
  crashed: 'crashed',
  oom: 'oom',
  'launch failed': 'launch-failed',
  'integrity failure': 'integrity-failure',
  'abnormal exit': 'abnormal-exit',
};

/** `revive` attaches a page of a new process and loads it: Chromium's own has died for good. */
export function createContents(
  revive: () => Promise<void>,
  preferences: WebPreferences = {},
): StandInContents {
  const events = new EventEmitter();
  const frames = new Map<string, { url: string; origin: string; parentId: string | undefined }>();
  /** Isolated worlds that are alive, with the frame each belongs to. */
  const worlds = new Map<number, string>();
  let attached: { readonly page: Page; readonly cdp: CDPSession } | null = null;
  let destroyed = false;
  let crashed = false;
  let peerPolicy = 'default';
  let sentTo = '';
  let zoom = 1;
  let openHandler: OpenHandler = () => ({ action: 'allow' });

  /** As in Electron: null when the frame is gone, and one that goes later throws when it is looked at. */
  const frameOf = (id: string | undefined): Frame | null => {
    if (id === undefined || !frames.has(id)) return null;
    const alive = () => {
      const frame = frames.get(id);
      if (frame === undefined)
        throw new Error('Render frame was disposed before WebFrameMain could be accessed');
      return frame;
    };
    return {
      get url() {
        return alive().url;
      },
      get origin() {
        return alive().origin;
      },
      get parent() {
        return frameOf(alive().parentId);
      },
    };
  };

  const post = async (world: number, message: Reply & { id?: number; channel?: string }): Promise<void> => {
    const expression = `${RECEIVE}(${JSON.stringify(message)})`;
    // A document that has gone meanwhile hears nothing, as in Electron.
    await attached?.cdp.send('Runtime.evaluate', { contextId: world, expression }).catch(() => undefined);
  };

  const called = async (world: number, payload: string): Promise<void> => {
    const { id, channel, wire } = JSON.parse(payload) as { id: number; channel: string; wire: string };
    if (channel === THEME) {
      themeIs(wire === 'true');
      return;
    }
    if (channel === CONTEXT_MENU) {
      events.emit('context-menu', {}, JSON.parse(wire));
      return;
    }
    const event = { type: 'frame', sender: contents, senderFrame: frameOf(worlds.get(world)) };
    // The router looks at the sender and its frame; the rest of Electron's event is process numbers.
    await post(world, { id, ...(await answer(channel, wire, event as unknown as IpcMainInvokeEvent)) });
  };

  const contents: StandInContents = {
    ...listening<WebContents>(events),
    isDestroyed: () => destroyed,
    getLastWebPreferences: () => ({ ...DEFAULTS, ...preferences }),
    getURL: () => (attached === null ? '' : toElectron(attached.page.url())),
    printToPDF: async ({ preferCSSPageSize = false, printBackground = false }) => {
      if (attached === null) throw new Error('there is no page to print');
      const options = { preferCSSPageSize, printBackground } as const;
      const { data } = await attached.cdp.send('Page.printToPDF', options);
      return Buffer.from(data, 'base64');
    },
    // The system's dialog and a person at it are missing here.
    print: (_options, callback) => callback?.(false, 'Print job canceled'),
    setWindowOpenHandler: (handler) => void (openHandler = handler),
    setWebRTCIPHandlingPolicy: (policy) => void (peerPolicy = policy),
    peerPolicy: () => peerPolicy,
    getZoomFactor: () => zoom,
    setZoomFactor: (factor) => {
      zoom = factor;
      if (attached !== null) void zoomed(attached.cdp, attached.page, zoom);
    },
    send: (channel, ...args: unknown[]) => {
      const wire = encode(args);
      for (const world of worlds.keys()) void post(world, { channel, wire });
    },
    reload: () => {
      if (crashed) void revive();
      else void attached?.page.reload();
    },
    loadURL: (address) => contents.load(address),
    load: async (address) => {
      sentTo = toChromium(address);
      await attached?.page.goto(sentTo, { waitUntil: 'domcontentloaded' });
    },
    mayNavigate: (address, mainFrame) => {
      if (mainFrame && toChromium(address) === sentTo && attached?.page.url() !== sentTo) return true;
      const details = { url: address, isMainFrame: mainFrame, isSameDocument: false };
      const navigation = preventable(details);
      if (mainFrame) events.emit('will-navigate', navigation);
      events.emit('will-frame-navigate', navigation);
      return !navigation.defaultPrevented;
    },
    mayOpen: (address) => {
      // The program's handler looks at the address at most.
      const details = { url: address } as Parameters<OpenHandler>[0];
      return openHandler(details).action === 'allow';
    },
    title: async (title) => {
      const expression = `document.title = ${JSON.stringify(title)}`;
      for (const contextId of worlds.keys())
        await attached?.cdp.send('Runtime.evaluate', { contextId, expression }).catch(() => undefined);
    },
    destroy: () => {
      destroyed = true;
      events.emit('destroyed');
    },
    attach: async (page, preload) => {
      const cdp = await page.context().newCDPSession(page);
      attached = { page, cdp };
      cdp.on('Page.frameNavigated', ({ frame }) => {
        const origin = originToElectron(frame.securityOrigin);
        frames.set(frame.id, { url: toElectron(frame.url), origin, parentId: frame.parentId });
        // An error page is no navigation that has been made (WebContents::DidFinishNavigation).
        if (frame.parentId === undefined && sentTo !== '' && frame.unreachableUrl === undefined)
          events.emit('did-navigate', {}, toElectron(frame.url), 200, 'OK');
      });
      cdp.on('Page.frameDetached', ({ frameId }) => frames.delete(frameId));
      cdp.on('Runtime.executionContextCreated', ({ context }) => {
        const frameId = String((context.auxData as { frameId?: string } | undefined)?.frameId);
        if (context.name === WORLD && frameOf(frameId)?.parent === null) worlds.set(context.id, frameId);
      });
      cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) =>
        worlds.delete(executionContextId),
      );
      cdp.on('Runtime.executionContextsCleared', () => worlds.clear());
      cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
        if (name === BINDING) void called(executionContextId, payload);
      });
      await cdp.send('Page.enable');
      const { frameTree } = await cdp.send('Page.getFrameTree');
      frames.set(frameTree.frame.id, { url: frameTree.frame.url, origin: 'null', parentId: undefined });
      await cdp.send('Runtime.enable');
      await cdp.send('Runtime.addBinding', { name: BINDING, executionContextName: WORLD });
      const secret = randomBytes(16).toString('hex');
      await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorldSource(secret) });
      const source = isolatedWorldSource(secret, preload === null ? '' : readFileSync(preload, 'utf8'));
      await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source, worldName: WORLD });
      crashed = false;
      page.on('crash', () => {
        crashed = true;
        worlds.clear();
        frames.clear();
      });
      cdp.on('Target.targetCrashed', ({ status, errorCode }) => {
        events.emit('render-process-gone', {}, { reason: GONE[status] ?? 'crashed', exitCode: errorCode });
      });
      if (zoom !== 1) await zoomed(cdp, page, zoom);
      await follow(page);
      themes.on('chosen', () => void follow(page));
      await cdp.send('Target.setDiscoverTargets', { discover: true });
      page.on('domcontentloaded', () => events.emit('dom-ready'));
      page.on('load', () => events.emit('did-finish-load'));
    },
  };

  return contents;
}

/** What zooming does: fewer and larger pixels of the page's on the same window. */
async function zoomed(cdp: CDPSession, page: Page, factor: number): Promise<void> {
  if (factor === 1) {
    await cdp.send('Emulation.clearDeviceMetricsOverride').catch(() => undefined);
    return;
  }
  const { width, height } = await page.evaluate(() => ({
    width: window.outerWidth,
    height: window.outerHeight,
  }));
  await cdp
    .send('Emulation.setDeviceMetricsOverride', {
      width: Math.round(width / factor),
      height: Math.round(height / factor),
      deviceScaleFactor: factor,
      mobile: false,
    })
    .catch(() => undefined);
}

/** The page's media query follows the program's choice; `system` leaves it to the system. */
async function follow(page: Page): Promise<void> {
  const { themeSource } = nativeTheme;
  if (themeSource === 'system' && !followed.has(page)) return;
  followed.add(page);
  await page
    .emulateMedia({ colorScheme: themeSource === 'system' ? null : themeSource })
    .catch(() => undefined);
}
const followed = new WeakSet<Page>();
