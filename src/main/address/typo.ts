/**
 * @file Guesses which well-known domain was meant by one that looks like a slip of it. It answers with a
 * suggestion or with nothing; it never says that a domain is wrong.
 */
import { comEndings, isKnownDomain, missedEndings, services, slipTargets } from './known-domains.ts';

/** How many slips a name of that many letters may have; two are believed only when both begin alike. */
const slipsAllowed = (length: number): number => (length < 8 ? 1 : 2);
/** "de", "cmo", "co.uk": what looks like an ending, and not like the rest of somebody's host name. */
const ENDING = /^(?:[a-z]{2,4}|com?\.[a-z]{2})$/;

/** The domain that was probably meant; null when there is no reason to think of another. */
export function suggestDomain(domain: string): string | null {
  if (isKnownDomain(domain)) return null;
  const dot = domain.indexOf('.');
  const name = domain.slice(0, dot);
  const ending = domain.slice(dot + 1);
  const suggestion = services.has(name) ? withEndingOf(name, ending) : withNearestName(name, ending);
  return suggestion ?? withRealEnding(domain);
}

/** The name is right: "gmail.con", "gmail.co", "hotmail.co". */
function withEndingOf(name: string, ending: string): string | null {
  const endings = services.get(name) ?? [];
  const meant = missedEndings.get(ending) ?? (comEndings.has(ending) ? 'com' : null);
  if (meant !== null && endings.includes(meant)) return `${name}.${meant}`;
  // Google has these two names under no other ending.
  return (name === 'gmail' || name === 'googlemail') && ENDING.test(ending) ? `${name}.com` : null;
}

/** The name has a slip: "gmial.com", "hotnail.con". */
function withNearestName(name: string, ending: string): string | null {
  const meant = missedEndings.get(ending) ?? ending;
  let nearest: { readonly name: string; readonly distance: number } | null = null;
  for (const service of slipTargets) {
    const endings = services.get(service) ?? [];
    const allowed = slipsAllowed(service.length);
    if (Math.abs(service.length - name.length) > allowed) continue;
    const ends = [meant, comEndings.has(ending) ? 'com' : meant].find((end) => endings.includes(end));
    if (ends === undefined) continue;
    const distance = slips(name, service);
    if (distance > allowed || (distance === 2 && name[0] !== service[0])) continue;
    if (nearest === null || distance < nearest.distance) nearest = { name: `${service}.${ends}`, distance };
  }
  return nearest?.name ?? null;
}

/** Any domain whose ending does not exist: "example.con". */
function withRealEnding(domain: string): string | null {
  const dot = domain.lastIndexOf('.');
  const meant = missedEndings.get(domain.slice(dot + 1));
  return meant === undefined ? null : `${domain.slice(0, dot)}.${meant}`;
}

/**
 * Damerau-Levenshtein distance, optimal string alignment: letters missed, added, mistaken, or swapped with the next
 * one (F. J. Damerau, CACM 7(3), 1964). Both names are domain labels, at most 63 letters.
 */
export function slips(a: string, b: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const mistaken = at(last, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && i > 1 && j > 1
          ? at(beforeLast, j - 2) + 1
          : Infinity;
      row.push(Math.min(mistaken, swapped, at(last, j) + 1, at(row, j - 1) + 1));
    }
    beforeLast = last;
    last = row;
  }
  return at(last, b.length);
}

/** A cell of the table; one that was never filled is never the least. */
const at = (row: readonly number[], index: number): number => row[index] ?? Infinity;
