/**
 * @file Every English text of the page, and the shape other languages must have. No text is written anywhere
 * else in the renderer.
 */
import { access } from './en/access.ts';
import { causes } from './en/causes.ts';
import { address, announced, code, ended, practiceMails, refused } from './en/desk.ts';
import { frame } from './en/frame.ts';
import { addressFaults, addressProblems, codeProblems, formFaults, problems } from './en/problems.ts';
import { settings } from './en/settings.ts';
import { setup, welcome } from './en/setup.ts';

export const en = {
  frame,
  access,
  welcome,
  setup,
  address,
  code,
  refused,
  ended,
  announced,
  practiceMails,
  settings,
  causes,
  addressProblems,
  addressFaults,
  codeProblems,
  formFaults,
  problems,
} as const;
