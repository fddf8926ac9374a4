/**
 * @file ipcMain: handlers by channel. It must hand a call over as it came; judging it is the program's business.
 */
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { decode, encode } from './clone.ts';

type Handler = Parameters<IpcMain['handle']>[1];
const handlers = new Map<string, Handler>();

export const ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'> = {
  handle: (channel, listener) => {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, listener);
  },
  removeHandler: (channel) => void handlers.delete(channel),
};

export type Reply = { readonly wire: string } | { readonly error: string };

/** Runs a call; what a handler rejects with loses everything but its words, as in Electron. */
export async function answer(channel: string, wire: string, event: IpcMainInvokeEvent): Promise<Reply> {
  const handler = handlers.get(channel);
  try {
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    const args = decode(wire) as unknown[];
    return { wire: encode(await handler(event, ...args)) };
  } catch (error) {
    return { error: `Error invoking remote method '${channel}': ${String(error)}` };
  }
}
