/** @file Whether Chromium's sandbox can be set up by the person who starts it, as it is for a program from node_modules. */
import { spawnSync } from 'node:child_process';

/**
 * Why the sandbox cannot be had, or null. `root`: Chromium refuses it. `namespaces`: the system gives no user namespaces
 * to programs without a profile (Ubuntu 23.10 and later, through AppArmor), and the helper in node_modules is not setuid.
 * @returns {'root' | 'namespaces' | null}
 */
export function noSandboxBecause() {
  if (process.platform !== 'linux') return null;
  if (process.getuid?.() === 0) return 'root';
  // The same test as in electron-builder's AppRun.
  return spawnSync('unshare', ['-Ur', 'true'], { stdio: 'ignore' }).status === 0 ? null : 'namespaces';
}

/** The switches that a development run needs for it. */
export const sandboxSwitches = () => (noSandboxBecause() === null ? [] : ['--no-sandbox']);

/** What to tell the person, for `namespaces`. */
export const HOW_TO_SANDBOX = [
  'This system lets no program set up a sandbox that has no AppArmor profile, so this run is without it.',
  'The installed deb brings the profile. For runs from source, until the next restart:',
  '  sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0',
  'or for this copy alone:',
  '  sudo chown root node_modules/electron/dist/chrome-sandbox && sudo chmod 4755 node_modules/electron/dist/chrome-sandbox',
].join('\n');
