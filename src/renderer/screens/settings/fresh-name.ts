/** @file Names for what is new in a list. */
import { nameFault } from '../../../shared/purposes.ts';

/** A name that nothing beside it has: "New purpose", "New purpose 2". It is there to be typed over. */
export function freshName(name: string, others: readonly string[]): string {
  const tried = [name, ...others.map((_, index) => `${name} ${index + 2}`)];
  return tried.find((one) => nameFault(one, others) === null) ?? name;
}
