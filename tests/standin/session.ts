/**
 * @file session, protocol and what a request of the page must pass. The program's own handlers decide; the
 * stand-in asks them for every request that Chromium makes and does what they say.
 */
import { EventEmitter } from 'node:events';
import type { BrowserContext, Request as PageRequest, Route } from 'playwright-core';
import type { OnBeforeRequestListenerDetails, Protocol, Session, WebRequest } from 'electron';
import { policyToChromium, registerScheme, toElectron } from './addresses.ts';
import { listening, preventable } from './listening.ts';
import type { StandInContents } from './contents.ts';

type Serve = Parameters<Protocol['handle']>[1];
type BeforeRequest = NonNullable<Parameters<WebRequest['onBeforeRequest']>[0]>;
type PermissionRequest = NonNullable<Parameters<Session['setPermissionRequestHandler']>[0]>;
type PermissionCheck = NonNullable<Parameters<Session['setPermissionCheckHandler']>[0]>;

const servers = new Map<string, Serve>();
let spellChecked = true;
let touched = false;

/**
 * Electron looks for a spelling dictionary as soon as the session is there, and fetches it from a Google host, out of
 * sight of webRequest, unless it is told in the same turn to check no language.
 */
function touch(): void {
  if (touched) return;
  touched = true;
  setImmediate(() => {
    if (spellChecked) process.stderr.write('spell checker: fetching a dictionary from redirector.gvt1.com\n');
  });
}
const events = new EventEmitter();
let beforeRequest: BeforeRequest | null = null;
let requestPermission: PermissionRequest | null = null;
let checkPermission: PermissionCheck | null = null;

export const protocol: Pick<Protocol, 'registerSchemesAsPrivileged' | 'handle'> = {
  registerSchemesAsPrivileged: (list) => {
    for (const { scheme, privileges } of list) {
      // Any other kind would have no origin, and the stand-in shows none of that.
      if (privileges?.standard !== true || privileges.secure !== true)
        throw new Error(`the stand-in serves standard and secure schemes only, not ${scheme}:`);
      registerScheme(scheme);
    }
  },
  handle: (scheme, handler) => {
    // `protocol` is the default session's.
    touch();
    servers.set(scheme, handler);
  },
};

const webRequest = {
  onBeforeRequest: (...args: unknown[]) => {
    // Electron also takes a filter first; the program has none, and a filter would let requests pass unseen.
    if (args.length !== 1) throw new Error('the stand-in knows no request filter');
    // The overload without a filter: its one argument is the listener.
    beforeRequest = args[0] as BeforeRequest | null;
  },
} satisfies Pick<WebRequest, 'onBeforeRequest'>;

type Part = 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler';
type Spelling = 'setSpellCheckerLanguages' | 'setSpellCheckerEnabled';
const defaultSession: Pick<Session, Part | Spelling | 'on' | 'once' | 'off'> & {
  webRequest: typeof webRequest;
} = {
  ...listening<Session>(events),
  setPermissionRequestHandler: (handler) => void (requestPermission = handler),
  setPermissionCheckHandler: (handler) => void (checkPermission = handler),
  // No device API of Chromium is reached by the page: they all start with a permission.
  setDevicePermissionHandler: () => undefined,
  setSpellCheckerLanguages: (languages) => void (spellChecked = languages.length > 0),
  setSpellCheckerEnabled: (enabled) => void (spellChecked = enabled),
  webRequest,
};
export const session = {
  get defaultSession() {
    touch();
    return defaultSession;
  },
};

/** Chromium's names of what a page may ask for, with Electron's. */
const PERMISSIONS = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['microphone', 'media'],
  ['camera', 'media'],
  ['midi', 'midi'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-write', 'clipboard-sanitized-write'],
  ['idle-detection', 'idle-detection'],
  ['storage-access', 'storage-access'],
  ['window-management', 'window-management'],
  ['local-fonts', 'unknown'],
] as const;

/** The answer to each permission. Chromium is told beforehand, because it asks a person and not a program. */
export function decidePermissions(contents: StandInContents, origin: string): Map<string, boolean> {
  // Electron hands its own class to the handlers; the program's never look at it.
  const asked = contents as unknown as Parameters<PermissionRequest>[0];
  const granted = new Map<string, boolean>();
  for (const [chromium, electron] of PERMISSIONS) {
    const answer = { granted: true };
    const details = { requestingUrl: `${origin}/`, isMainFrame: true };
    requestPermission?.(asked, electron, (yes) => (answer.granted = yes), details);
    const checked = checkPermission?.(asked, electron, origin, { ...details, securityOrigin: origin });
    granted.set(chromium, answer.granted && checked !== false);
  }
  return granted;
}

/** Puts every request of every page under the program's handlers. */
export async function interceptRequests(context: BrowserContext, contents: StandInContents): Promise<void> {
  await context.route('**/*', async (route, request) => {
    const address = toElectron(request.url());
    // Electron asks for what a page begins by itself, and never for about: and its like, which make no request.
    if (request.isNavigationRequest() && !allowsNavigation(request, address, contents)) {
      // Chromium takes an aborted navigation for one that was called off, and stays where it is.
      await route.abort('aborted');
      return;
    }
    if (await isCancelled(address, request)) await route.abort('blockedbyclient');
    else await serve(route, request, address);
  });
}

function allowsNavigation(request: PageRequest, address: string, contents: StandInContents): boolean {
  return contents.mayNavigate(address, request.frame().parentFrame() === null);
}

function isCancelled(address: string, request: PageRequest): Promise<boolean> {
  const listener = beforeRequest;
  if (listener === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const details = { url: address, method: request.method(), resourceType: request.resourceType() };
    // The rest of the details are ids that a program without a filter does not look at.
    listener(details as unknown as OnBeforeRequestListenerDetails, ({ cancel }) => resolve(cancel === true));
  });
}

async function serve(route: Route, request: PageRequest, address: string): Promise<void> {
  const server = servers.get(URL.parse(address)?.protocol.slice(0, -1) ?? '');
  if (server === undefined) return route.continue();
  const answer = await server(new Request(address, { method: request.method(), headers: request.headers() }));
  const policy = answer.headers.get('Content-Security-Policy');
  if (policy !== null) answer.headers.set('Content-Security-Policy', policyToChromium(policy));
  await route.fulfill({
    status: answer.status,
    headers: Object.fromEntries(answer.headers),
    body: Buffer.from(await answer.arrayBuffer()),
  });
}

/** Whether the program lets a download go on. */
export function allowsDownload(url: string): boolean {
  const event = preventable({});
  events.emit('will-download', event, { getURL: () => toElectron(url) }, null);
  return !event.defaultPrevented;
}
