/**
 * @file Every English text of the page, and the shape other languages must have. No text is written anywhere
 * else in the renderer.
 */
import { first } from './en/first.ts';
import { later } from './en/later.ts';

export const en = { ...first, ...later } as const;
