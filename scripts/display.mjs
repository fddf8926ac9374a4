/** @file A screen for programs that need one, where there is none: an Xvfb of our own that ends with us. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Whether a window could be seen. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);

/**
 * The environment with a screen in it, and the way to let it go again.
 * @returns {Promise<{ env: NodeJS.ProcessEnv, stop: () => Promise<void> }>}
 */
export async function openDisplay() {
  if (hasDisplay()) return { env: process.env, stop: () => Promise.resolve() };
  // -displayfd: Xvfb finds a free number by itself and tells it there, once it is ready.
  const xvfb = spawn(
    'Xvfb',
    ['-displayfd', '3', '-screen', '0', '1600x1200x24', '-nolisten', 'tcp', '-noreset'],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  );
  const ended = new Promise((resolve) => {
    xvfb.on('error', resolve);
    xvfb.on('exit', resolve);
  });
  const number = /** @type {import('node:stream').Readable} */ (xvfb.stdio[3]);
  const told = await Promise.race([once(number, 'data'), ended]);
  if (!Array.isArray(told)) throw new Error('no display, and Xvfb does not start');
  return {
    env: { ...process.env, DISPLAY: `:${String(told[0]).trim()}` },
    stop: async () => {
      xvfb.kill();
      await ended;
    },
  };
}
