/** @file A packaged program: its own executable, in which nothing can be loaded before the program. */
import type { Runtime } from './runtime.ts';

export const packaged = (program: string): Runtime => ({
  name: 'packaged',
  command: (switches) => [program, ...switches],
  title: (page) => page.title(),
});
