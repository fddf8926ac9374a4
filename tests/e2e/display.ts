/**
 * @file A display for the window: the person's own, or a virtual one where there is none. It must never leave
 * the virtual one running.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export interface Display {
  /** What the program's environment needs. */
  readonly env: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Starts Xvfb on a free number if this is Linux without a display; rejects where Xvfb is missing. */
export async function openDisplay(env: NodeJS.ProcessEnv = process.env): Promise<Display> {
  if (process.platform !== 'linux' || env['DISPLAY'] || env['WAYLAND_DISPLAY'])
    return { env: {}, close: () => Promise.resolve() };
  const xvfb = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1440x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const failed = once(xvfb, 'error').then(([error]) => Promise.reject(error as Error));
  const exited = once(xvfb, 'exit');
  // It writes the number of its display when it is ready for clients.
  const number = once(createInterface(xvfb.stdout), 'line').then(([line]) => String(line));
  const ready = await Promise.race([
    number,
    failed,
    exited.then(() => Promise.reject(new Error('Xvfb ended'))),
  ]);
  return {
    env: { DISPLAY: `:${ready}` },
    close: async () => {
      xvfb.kill();
      await exited;
    },
  };
}
