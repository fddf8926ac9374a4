/** @file The English texts of the desk's own screens, which every start reads. */
import { access } from './access.ts';
import { causes } from './causes.ts';
import { address, announced, code, ended, refused } from './desk.ts';
import { frame } from './frame.ts';
import { setup } from './setup.ts';
import { addressFaults, addressProblems, codeProblems, problems } from './problems.ts';

export const first = {
  frame,
  access,
  address,
  code,
  refused,
  // The desk says after it what set-up has stored.
  setup,
  ended,
  announced,
  causes,
  addressProblems,
  addressFaults,
  codeProblems,
  problems,
} as const;
