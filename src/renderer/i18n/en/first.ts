/** @file The English texts of the desk's own screens, which every start reads. */
import { access } from './access.ts';
import { accountSaved } from './account-saved.ts';
import { causes } from './causes.ts';
import { address, announced, code, ended, refused } from './desk.ts';
import { frame } from './frame.ts';
import { addressFaults, addressProblems, codeProblems, problems } from './problems.ts';

export const first = {
  frame,
  access,
  address,
  code,
  refused,
  accountSaved,
  ended,
  announced,
  causes,
  addressProblems,
  addressFaults,
  codeProblems,
  problems,
} as const;
