/**
 * @file Judges what the desk verifies for. What is stored always has the program's own purposes with their details, one that
 * is usual and offered, and names that can stand in a mail.
 */
import { z } from 'zod';
import type { FormFault } from '../../shared/problems.ts';
import {
  cleanName,
  MOST_DETAILS,
  MOST_OWN_PURPOSES,
  type Purposes,
  purposesFault,
} from '../../shared/purposes.ts';
import { DETAILS, isKnownPurpose, PURPOSES } from '../../shared/request.ts';

const outOfRange = { error: 'out-of-range' satisfies FormFault };
const offeredPurpose = z
  .strictObject({
    purpose: z.string(),
    details: z.array(z.string()).max(MOST_DETAILS, outOfRange).readonly(),
    offered: z.boolean(),
  })
  .transform(({ purpose, details, offered }) =>
    isKnownPurpose(purpose)
      ? { purpose, details: DETAILS[purpose], offered }
      : { purpose: cleanName(purpose), details: details.map(cleanName), offered },
  );

/** A purpose that this version has and the stored list has not is there, and not offered. */
function whole({ usual, list }: Purposes): Purposes {
  const missing = PURPOSES.filter((known) => !list.some(({ purpose }) => purpose === known));
  const added = missing.map((purpose) => ({ purpose, details: DETAILS[purpose], offered: false }));
  const own = list.find(({ purpose }) => purpose === usual) === undefined ? cleanName(usual) : usual;
  return { usual: own, list: [...list, ...added] };
}

function faultIn(purposes: Purposes): FormFault | null {
  const { usual, list } = purposes;
  const known = list.filter(({ purpose }) => isKnownPurpose(purpose));
  const fits = known.length === PURPOSES.length && list.length <= PURPOSES.length + MOST_OWN_PURPOSES;
  if (!fits) return 'out-of-range';
  const fault = purposesFault(purposes);
  if (fault !== null) return fault;
  return list.some(({ purpose, offered }) => offered && purpose === usual) ? null : 'out-of-range';
}

export const purposes = z
  .strictObject({ usual: z.string(), list: z.array(offeredPurpose).readonly() })
  .transform((chosen, context) => {
    const judged = whole(chosen);
    const fault = faultIn(judged);
    if (fault === null) return judged;
    context.addIssue({ code: 'custom', message: fault });
    return z.NEVER;
  });
