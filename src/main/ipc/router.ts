/**
 * @file Puts the route behind every channel of the contract. It must never answer a channel that the contract
 * does not name, nor decide anything itself.
 */
import { ipcMain, type IpcMainInvokeEvent, type WebContents } from 'electron';
import { channels } from '../../shared/contract.ts';
import { createRoute, type Caller, type RouteParts } from './route.ts';

/** Call once, before the window opens. `owns` tells our window's contents from any other. */
export function registerRouter(
  parts: RouteParts & { readonly owns: (sender: WebContents) => boolean },
): void {
  const route = createRoute(parts);
  for (const channel of channels) {
    ipcMain.handle(channel, (event, ...args: unknown[]) => route(channel, callerOf(event, parts.owns), args));
  }
}

function callerOf(event: IpcMainInvokeEvent, owns: (sender: WebContents) => boolean): Caller {
  const fromOurWindow = owns(event.sender);
  try {
    const frame = event.senderFrame;
    return {
      frame: frame && { origin: frame.origin, url: frame.url, parent: frame.parent },
      fromOurWindow,
    };
  } catch {
    // Electron throws when a frame is asked about after it was disposed of.
    return { frame: null, fromOurWindow };
  }
}
