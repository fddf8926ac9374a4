/** @file A fresh clone: the files of this tree and its packages, in a folder whose name has a space. */
import { cpSync, mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ROOT } from '../../scripts/bootstrap.mjs';

/** What is made here, and is in no clone; the last is the build's own, and gone in a moment. */
const MADE = /^(\.git|dist|node_modules|out|test-results|electron\.vite\.config\.\d+\.mjs)$/;

/** Nothing in it is built, unless `built` asks for what was built here. */
export function freshClone(folder: string, { built = false } = {}): string {
  const clone = join(folder, 'a fresh clone');
  mkdirSync(clone);
  const filter = (from: string): boolean => !MADE.test(relative(ROOT, from));
  cpSync(ROOT, clone, { recursive: true, preserveTimestamps: true, filter });
  if (built) cpSync(join(ROOT, 'out'), join(clone, 'out'), { recursive: true, preserveTimestamps: true });
  symlinkSync(join(ROOT, 'node_modules'), join(clone, 'node_modules'));
  return clone;
}
