/** @file Finds the script behind a package's command, to be run with the Node of our choice on every system. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './bootstrap.mjs';

/**
 * The path of the script that `npx name` would run.
 * @param {string} name
 * @param {string} [command] if the package has several
 */
export function tool(name, command = name) {
  const folder = join(ROOT, 'node_modules', name);
  const { bin } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, typeof bin === 'string' ? bin : bin[command]);
}
