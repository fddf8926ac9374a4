/**
 * @file BrowserWindow: one real window of Chromium. What Chromium cannot do is left undone and not pretended:
 * it cannot start hidden, and it cannot be kept from closing.
 */
import { EventEmitter } from 'node:events';
import type { BrowserWindow, BrowserWindowConstructorOptions } from 'electron';
import type { CDPSession, Page } from 'playwright-core';
import { toChromium, toElectron } from './addresses.ts';
import { openChromium, type OpenChromium } from './chromium.ts';
import { createContents, type StandInContents } from './contents.ts';
import { listening, preventable } from './listening.ts';
import { allowsDownload, decidePermissions, interceptRequests } from './session.ts';
import { start } from './start.ts';

type State = 'normal' | 'minimized' | 'maximized' | 'fullscreen';
type Used =
  'loadURL' | 'show' | 'focus' | 'restore' | 'minimize' | 'isMinimized' | 'isDestroyed' | 'setTitle';
type AlsoUsed = 'getTitle' | 'close' | 'destroy' | 'on' | 'once' | 'off';

const open = new Set<StandInWindow>();
/** What the app listens to: windows that come and go. */
export const windows = new EventEmitter();

export class StandInWindow implements Pick<BrowserWindow, Used | AlsoUsed> {
  static readonly getAllWindows = (): StandInWindow[] => [...open];

  readonly webContents: StandInContents = createContents(() => this.#revive());
  readonly on: BrowserWindow['on'];
  readonly once: BrowserWindow['once'];
  readonly off: BrowserWindow['off'];
  readonly #events = new EventEmitter();
  readonly #options: BrowserWindowConstructorOptions;
  #title: string;
  #state: State = 'normal';
  /** A page takes the place of one whose process has died: no window comes or goes. */
  #reviving = false;
  #chromium: Promise<{
    readonly browser: OpenChromium;
    readonly page: Page;
    readonly cdp: CDPSession;
  }> | null = null;

  constructor(options: BrowserWindowConstructorOptions = {}) {
    if (open.size > 0) throw new Error('the stand-in has one window');
    ({ on: this.on, once: this.once, off: this.off } = listening<BrowserWindow>(this.#events));
    this.#options = options;
    this.#title = options.title ?? start.name;
    open.add(this);
    windows.emit('created', this);
  }

  async loadURL(address: string): Promise<void> {
    this.#chromium ??= this.#open(address);
    await this.#chromium;
    await this.webContents.load(address);
    this.#events.emit('ready-to-show');
  }

  async #open(address: string) {
    const { width = 800, height = 600, webPreferences } = this.#options;
    const browser = await openChromium({
      address: toChromium(address),
      width,
      height,
      language: start.language,
      debuggingPort: start.debuggingPort,
      peerPolicy: this.webContents.peerPolicy(),
    });
    const { context } = browser;
    const page = context.pages()[0] ?? (await context.newPage());
    const cdp = await context.newCDPSession(page);
    page.on('close', () => this.#closed());
    page.on('download', (download) => {
      if (!allowsDownload(download.url())) void download.cancel();
    });
    context.on('page', (another) => void this.#opened(another));
    await interceptRequests(context, this.webContents);
    await this.#decide(address, cdp);
    await this.webContents.attach(page, webPreferences?.preload ?? null);
    // Chromium's title bar shows the document's title; Electron's shows it too, unless the program forbids.
    page.on('domcontentloaded', () => void this.#retitle(page));
    return { browser, page, cdp };
  }

  async #revive(): Promise<void> {
    const chromium = await this.#chromium;
    if (chromium === null) return;
    const { browser, page: dead } = chromium;
    const address = this.webContents.getURL();
    this.#reviving = true;
    const page = await browser.context.newPage();
    const cdp = await browser.context.newCDPSession(page);
    this.#chromium = Promise.resolve({ browser, page, cdp });
    page.on('close', () => this.#closed());
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
    void this.#chromium?.then(async ({ cdp }) => {
      const { windowId } = await cdp.send('Browser.getWindowForTarget');
      await cdp.send('Browser.setWindowBounds', { windowId, bounds: { windowState } });
    });
  }

  show(): void {
    this.focus();
  }
  focus(): void {
    void this.#chromium?.then(({ page }) => page.bringToFront());
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
  isDestroyed(): boolean {
    return !open.has(this);
  }
  getTitle(): string {
    return this.#title;
  }
  setTitle(title: string): void {
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

  /** Ends Chromium; for the app, when it quits. */
  async endBrowser(): Promise<void> {
    const chromium = await this.#chromium?.catch(() => null);
    await chromium?.browser.close();
  }
}
