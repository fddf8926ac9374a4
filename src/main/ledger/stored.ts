/**
 * @file How texts are read that an earlier run or another version wrote: vault items and what is sealed into rows. Each is
 * an object with a version. Fields that are not known are ignored, so that a later version may add some.
 */
import { z } from 'zod';
import { fail, ok, type Result } from '../../shared/result.ts';

/** What may be counted or is a time: a whole number from 0 on. */
export const count = z.int().nonnegative();

const Versioned = z.object({ version: count });

/** The object in `text` as `schema` has it; null when there is none, or it is damaged. `later`: a later version wrote it. */
export function readStored<T>(
  text: string | null,
  version: number,
  schema: z.ZodType<T>,
): Result<T | null, 'later'> {
  const item = parse(text);
  const versioned = Versioned.safeParse(item);
  if (!versioned.success) return ok(null);
  if (versioned.data.version > version) return fail('later');
  const read = schema.safeParse(item);
  return ok(read.success ? read.data : null);
}

function parse(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch {
    return null;
  }
}
