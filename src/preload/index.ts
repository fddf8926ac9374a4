/**
 * @file Hands the page its bridge, derived from the contract. It must never expose ipcRenderer itself, nor a
 * channel that the contract does not name.
 */
import { contextBridge, ipcRenderer } from 'electron';
import { channels, DESK_CHANGED, type Channel } from '../shared/contract.ts';
import type { BridgeProblem } from '../shared/problems.ts';
import type { DeskView } from '../shared/desk-view.ts';
import { fail } from '../shared/result.ts';

/** The router never rejects, so a rejection here means that the value could not be cloned and never left. */
const call = (channel: Channel) => (input: unknown) =>
  ipcRenderer.invoke(channel, input).catch(() => fail<BridgeProblem>({ code: 'invalid-input' }));

const bridge: Record<string, unknown> = Object.fromEntries(
  Object.entries(Object.groupBy(channels, (channel) => channel.split('.')[0] ?? '')).map(([room, names]) => [
    room,
    Object.fromEntries((names ?? []).map((channel) => [channel.slice(room.length + 1), call(channel)])),
  ]),
);
bridge['onDesk'] = (listener: (view: DeskView) => void) => {
  const deliver = (_event: unknown, view: DeskView) => listener(view);
  ipcRenderer.on(DESK_CHANGED, deliver);
  return () => void ipcRenderer.off(DESK_CHANGED, deliver);
};
contextBridge.exposeInMainWorld('countersign', bridge);
