/**
 * @file A program of nothing but the shell and the router, for the stand-in's own test: each call is answered
 * with itself. It must never grow a feature.
 */
import { join } from 'node:path';
import { app, ipcMain, session } from 'electron';
import { registerRouter } from '../../../src/main/ipc/router.ts';
import { pageSource } from '../../../src/main/page/source.ts';
import { installMenu } from '../../../src/main/shell/menu.ts';
import { installProtocol, registerScheme } from '../../../src/main/shell/protocol.ts';
import { hardenApp, hardenSession } from '../../../src/main/shell/security.ts';
import { claimSingleInstance } from '../../../src/main/shell/single-instance.ts';
import { setSwitches } from '../../../src/main/shell/switches.ts';
import { TEXTS } from '../../../src/main/texts.ts';
import { openWindow, type DeskWindow } from '../../../src/main/shell/window.ts';
import { channels, DESK_CHANGED, type Handlers } from '../../../src/shared/contract.ts';
import { ok } from '../../../src/shared/result.ts';

/** The folder that the test built: `preload/index.cjs` and `renderer/`. */
const built = process.env['SAMPLE_OUT'] ?? '';
const page = pageSource({ packaged: app.isPackaged, devServer: undefined });
const say = (what: string) => process.stdout.write(`sample: ${what}\n`);

setSwitches(page);
registerScheme();
hardenApp(page);
let window: DeskWindow | null = null;
app.on('will-quit', () => say('will quit'));
if (claimSingleInstance(() => say('second start'))) void app.whenReady().then(run);
else app.quit();

async function run(): Promise<void> {
  hardenSession(session.defaultSession, page);
  installProtocol(join(built, 'renderer'), page, () => null);
  installMenu({ texts: TEXTS.en.menu, press: () => undefined, resize: () => undefined });
  const echo = channels.map((channel) => [channel, (input: unknown) => Promise.resolve(ok(input))]);
  registerRouter({
    // Answers of the wrong type, on purpose: what comes back is what arrived.
    refusal: () => null,
    handlers: Object.fromEntries(echo) as Handlers,
    origin: page.origin,
    logException: (reference, where) => say(`exception ${reference} ${where}`),
    logRefusal: (channel, refusal) => say(`${channel} ${refusal}`),
    owns: (sender) => window?.owns(sender) ?? false,
  });
  // Past the router, to see what the bridge itself does to a value.
  ipcMain.handle('raw.echo', (event, ...args: unknown[]) => {
    event.sender.send(DESK_CHANGED, args[0]);
    return args[0];
  });
  ipcMain.handle('raw.describe', (_event, value: unknown) => describe(value));
  window = openWindow({
    title: 'Sample – Practice',
    url: page.url,
    preload: join(built, 'preload/index.cjs'),
    place: null,
    onPlace: () => undefined,
    onPageGone: (_reason, reload) => reload(),
  });
  window.onClosed(() => say('closed'));
  await Promise.resolve();
  app.on('window-all-closed', () => app.quit());
}

/** What structured clone made of a value, in words. */
function describe(value: unknown): string {
  if (value instanceof Map) return `Map ${String(value.size)} ${String(value.get('self') === value)}`;
  if (value instanceof Uint8Array) return `Uint8Array ${value.join()}`;
  if (value instanceof Date) return `Date ${value.toISOString()}`;
  if (typeof value === 'object' && value !== null)
    return `${Object.getOwnPropertyNames(value).join()} ${String(Object.getPrototypeOf(value) === Object.prototype)}`;
  return typeof value === 'number' && Object.is(value, -0) ? '-0' : String(value);
}
