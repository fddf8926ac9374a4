/**
 * @file ipcMain: handlers by channel, and the record of everything that crosses. It must hand a call over as it
 * came; judging it is the program's business.
 */
import { appendFileSync } from 'node:fs';
import type { IpcMain, IpcMainInvokeEvent } from 'electron';
import { decode, encode } from './clone.ts';
import { start } from './start.ts';

type Handler = Parameters<IpcMain['handle']>[1];
const handlers = new Map<string, Handler>();

export const ipcMain: Pick<IpcMain, 'handle' | 'removeHandler'> = {
  handle: (channel, listener) => {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, listener);
  },
  removeHandler: (channel) => void handlers.delete(channel),
};

/** `to-main`: a call; `answer`: what it got; `event`: what main pushed. */
export type Way = 'to-main' | 'answer' | 'event';

/** Adds a line to the record, if one was asked for. */
export function record(way: Way, channel: string, text: string): void {
  if (start.traceFile !== null)
    appendFileSync(start.traceFile, `${JSON.stringify({ way, channel, text })}\n`);
}

export type Reply = { readonly wire: string } | { readonly error: string };

/** Runs a call; what a handler rejects with loses everything but its words, as in Electron. */
export async function answer(channel: string, wire: string, event: IpcMainInvokeEvent): Promise<Reply> {
  record('to-main', channel, wire);
  const handler = handlers.get(channel);
  try {
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    const args = decode(wire) as unknown[];
    const reply = encode(await handler(event, ...args));
    record('answer', channel, reply);
    return { wire: reply };
  } catch (error) {
    record('answer', channel, String(error));
    return { error: `Error invoking remote method '${channel}': ${String(error)}` };
  }
}
