/** @file The English texts of the desk's own screens, which every start reads. */
import { access } from './access.ts';
import { causes } from './causes.ts';
import { address, announced, code, ended, refused } from './desk.ts';
import { frame } from './frame.ts';
import { addressFaults, addressProblems, codeProblems, formFaults, problems } from './problems.ts';

export const first = {
  frame,
  access,
  address,
  code,
  refused,
  ended,
  announced,
  causes,
  addressProblems,
  addressFaults,
  codeProblems,
  formFaults,
  problems,
} as const;
