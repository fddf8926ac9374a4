/** @file Runs a program in the foreground, for as long as we run: what is asked to end here ends it. */
import { spawn } from 'node:child_process';
import { ROOT } from './bootstrap.mjs';

/**
 * Answers its exit code, 1 if it was ended by a signal.
 * @param {string} program
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<number>}
 */
export const foreground = (program, args, env) =>
  new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: ROOT, env, stdio: 'inherit' });
    // Ctrl+C reaches both of us; a signal to our number alone would leave the window open.
    for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
      process.on(signal, () => child.kill(signal));
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
