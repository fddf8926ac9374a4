/** @file The product's preload, and beside it a way past the router for the stand-in's own test. */
import '../../../src/preload/index.ts';
import { contextBridge, ipcRenderer } from 'electron';

contextBridge.exposeInMainWorld('raw', {
  answer: 42,
  echo: (value: unknown): Promise<unknown> => ipcRenderer.invoke('raw.echo', value),
  describe: (value: unknown): Promise<unknown> => ipcRenderer.invoke('raw.describe', value),
  missing: (): Promise<unknown> => ipcRenderer.invoke('raw.missing'),
  throwing: () => {
    throw new Error('thrown in the preload');
  },
  later: (callback: (value: number) => void) => {
    callback(1);
    return () => callback(2);
  },
});
