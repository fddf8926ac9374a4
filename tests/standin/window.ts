/**
 * @file BrowserWindow: one real window of Chromium. What Chromium cannot do is left undone and not pretended:
 * it cannot start hidden, and it cannot be kept from closing.
 */
import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { CDPSession, Page } from 'playwright-core';
import { toChromium, toElectron } from './addresses.ts';
import { NOWHERE, type RunningChromium } from './chromium.ts';
import { createContents, type StandInContents } from './contents.ts';
import { listening, preventable } from './listening.ts';
import { allowsDownload, decidePermissions, interceptRequests } from './session.ts';
import { start } from './start.ts';

type State = 'normal' | 'minimized' | 'maximized' | 'fullscreen';
type Used =
  | 'loadURL'
  | 'show'
  | 'focus'
  | 'restore'
  | 'minimize'
  | 'isMinimized'
  | 'isFocused'
  | 'isDestroyed'
  | 'setTitle';
type AlsoUsed = 'getTitle' | 'close' | 'destroy' | 'on' | 'once' | 'off';

const open = new Set<StandInWindow>();
/** What the app listens to: windows that come and go. */
export const windows = new EventEmitter();

/** A package around the stand-in is for trying out, and its window says so. */
const previewed = (title: string): string => (start.packaged ? `${title} (preview)` : title);

export class StandInWindow implements Pick<BrowserWindow, Used | AlsoUsed> {
  static readonly getAllWindows = (): StandInWindow[] => [...open];
  /** Set before the program is ready, as Electron's browser process is there by then. */
  static chromium: RunningChromium | null = null;

  readonly webContents: StandInContents;
  readonly on: BrowserWindow['on'];
  readonly once: BrowserWindow['once'];
  readonly off: BrowserWindow['off'];
  readonly #events = new EventEmitter();
  readonly #options: BrowserWindowConstructorOptions;
  #title: string;
  #state: State = 'normal';
  /** A page takes the place of one whose process has died: no window comes or goes. */
  #reviving = false;
  #attached: Promise<{ readonly page: Page; readonly cdp: CDPSession }> | null = null;
  /** Where it will be once it is shown. */
  #shown = false;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    if (open.size > 0) throw new Error('the stand-in has one window');
    if (StandInWindow.chromium === null) throw new Error('Cannot create BrowserWindow before app is ready');
    ({ on: this.on, once: this.once, off: this.off } = listening<BrowserWindow>(this.#events));
    this.#options = options;
    this.webContents = createContents(() => this.#revive(), options.webPreferences);
    this.#title = previewed(options.title ?? start.name);
    open.add(this);
    windows.emit('created', this);
    if (options.show !== false) this.show();
  }

  async loadURL(address: string): Promise<void> {
    this.#attached ??= this.#open(address);
    const { page } = await this.#attached;
    const painted = firstPaint(page);
    await this.webContents.load(address);
    await painted;
    this.#events.emit('ready-to-show');
  }

  async #open(address: string) {
    const chromium = StandInWindow.chromium;
    if (chromium === null) throw new Error('there is no Chromium');
    const { webPreferences } = this.#options;
    const { context } = chromium;
    const page = await chromium.openWindow(toChromium(address));
    const cdp = await context.newCDPSession(page);
    page.on('close', () => this.#closed());
    page.on('download', (download) => {
      if (!allowsDownload(download.url())) void download.cancel();
    });
    context.on('page', (another) => void this.#opened(another));
    await this.#place(cdp);
    await interceptRequests(context, this.webContents);
    await this.#decide(address, cdp);
    await this.webContents.attach(page, webPreferences?.preload ?? null);
    // Chromium's title bar shows the document's title; Electron's shows it too, unless the program forbids.
    page.on('domcontentloaded', () => void this.#retitle(page));
    return { page, cdp };
  }

  /** Chromium has no hidden windows: one that is not shown lies outside of the screen. */
  async #place(cdp: CDPSession): Promise<void> {
    const { windowId } = await cdp.send('Browser.getWindowForTarget');
    const { width = 800, height = 600, x = 0, y = 0 } = this.#options;
    const place = this.#shown ? { left: x, top: y } : { left: NOWHERE, top: 0 };
    await cdp.send('Browser.setWindowBounds', { windowId, bounds: { ...place, width, height } });
  }

  async #revive(): Promise<void> {
    const attached = await this.#attached;
    if (attached === null) return;
    const { page: dead } = attached;
    const context = dead.context();
    const address = this.webContents.getURL();
    this.#reviving = true;
    const page = await context.newPage();
    const cdp = await context.newCDPSession(page);
    this.#attached = Promise.resolve({ page, cdp });
    page.on('close', () => this.#closed());
    await this.#place(cdp);
    await dead.close();
    this.#reviving = false;
    await this.webContents.attach(page, this.#options.webPreferences?.preload ?? null);
    page.on('domcontentloaded', () => void this.#retitle(page));
    await this.webContents.load(address);
  }

  async #decide(address: string, cdp: CDPSession): Promise<void> {
    const origin = new URL(toChromium(address)).origin;
    for (const [name, granted] of decidePermissions(this.webContents, new URL(address).origin)) {
      const setting = granted ? 'granted' : 'denied';
      await cdp.send('Browser.setPermission', { permission: { name }, setting, origin });
    }
  }

  async #opened(another: Page): Promise<void> {
    if (this.#reviving) return;
    if (this.webContents.mayOpen(toElectron(another.url()))) throw new Error('the stand-in has one window');
    await another.close();
  }

  async #retitle(page: Page): Promise<void> {
    const event = preventable({});
    this.#events.emit('page-title-updated', event, await page.title(), true);
    if (event.defaultPrevented) await this.webContents.title(this.#title);
  }

  #closed(): void {
    if (this.#reviving) return;
    if (!open.delete(this)) return;
    this.webContents.destroy();
    this.#events.emit('closed');
    windows.emit('closed', this);
  }

  #setState(windowState: State): void {
    this.#state = windowState;
    void this.#attached?.then(async ({ cdp }) => {
      const { windowId } = await cdp.send('Browser.getWindowForTarget');
      await cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
    });
  }

  show(): void {
    this.#shown = true;
    void this.#attached?.then(({ cdp }) => this.#place(cdp));
    this.focus();
  }
  focus(): void {
    void this.#attached?.then(({ page }) => page.bringToFront());
  }
  minimize(): void {
    this.#setState('minimized');
  }
  restore(): void {
    this.#setState('normal');
  }
  isMinimized(): boolean {
    return this.#state === 'minimized';
  }
  /** It has one window and no others to be behind. */
  isFocused(): boolean {
    return true;
  }
  isDestroyed(): boolean {
    return !open.has(this);
  }
  getTitle(): string {
    return this.#title;
  }
  setTitle(given: string): void {
    const title = previewed(given);
    if (title === this.#title) return;
    this.#title = title;
    void this.webContents.title(title);
  }
  close(): void {
    this.destroy();
  }
  destroy(): void {
    this.#closed();
  }
}

/** Resolves when the page's next document has drawn something. */
async function firstPaint(page: Page): Promise<void> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('Page.enable');
  await cdp.send('Page.setLifecycleEventsEnabled', { enabled: true });
  await new Promise<void>((resolve) => {
    cdp.on('Page.lifecycleEvent', ({ name }) => {
      if (name === 'firstPaint') resolve();
    });
    page.once('close', () => resolve());
  });
  await cdp.detach().catch(() => undefined);
}
