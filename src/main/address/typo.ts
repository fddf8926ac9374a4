/**
 * @file Guesses which well-known domain was meant by one that looks like a slip of it. It answers with a
 * suggestion or with nothing; it never says that a domain is wrong.
 */
import {
  comEndings,
  isKnownDomain,
  missedEndings,
  properNames,
  services,
  soundsLike,
  typedDaily,
} from './known-domains.ts';

export interface Slip {
  /** The domain that was probably meant. */
  readonly meant: string;
  /**
   * True when nothing else can be meant, even where DNS knows the domain: the ending does not exist, or the slip is one that squatters
   * take mail at (Szurdi and Christin, "Email Typosquatting", IMC 2017). Otherwise the domain is most likely a person's
   * own, and a slip only if no mail is taken there.
   */
  readonly sure: boolean;
}

/** "de", "cmo", "co.uk": what looks like an ending, and not like the rest of a host name. */
const ENDING = /^(?:[a-z]{2,4}|com?\.[a-z]{2})$/;

/** Null when there is no reason to think of another domain. */
export function slipOf(domain: string): Slip | null {
  if (isKnownDomain(domain)) return null;
  if (domain.startsWith('www.') && isKnownDomain(domain.slice(4)))
    return { meant: domain.slice(4), sure: true };
  const dot = domain.indexOf('.');
  const name = domain.slice(0, dot);
  const ending = domain.slice(dot + 1);
  const slip = services.has(name) ? slipInEnding(name, ending) : slipInName(name, ending);
  return slip ?? slipInLast(domain);
}

/** The name is right: "gmail.con", "gmail.co", "gmx.dw". */
function slipInEnding(name: string, ending: string): Slip | null {
  const endings = services.get(name) ?? [];
  // Google has these two names under no other ending.
  if ((name === 'gmail' || name === 'googlemail') && ENDING.test(ending))
    return { meant: `${name}.com`, sure: true };
  const dead = missedEndings.get(ending);
  if (dead !== undefined) return endings.includes(dead) ? { meant: `${name}.${dead}`, sure: true } : null;
  if (comEndings.has(ending) && endings.includes('com'))
    return { meant: `${name}.com`, sure: properNames.has(name) };
  const near = endings.find((one) => slips(one, ending) === 1);
  return near === undefined || !ENDING.test(ending) ? null : { meant: `${name}.${near}`, sure: false };
}

/** The name has a slip: "gmial.com", "hotnail.con", "yah00.fr". */
function slipInName(name: string, ending: string): Slip | null {
  const dead = missedEndings.get(ending);
  const wanted = [dead ?? ending, ...(comEndings.has(ending) ? ['com'] : [])];
  let nearest: { readonly service: string; readonly end: string; readonly distance: number } | null = null;
  for (const [service, endings] of services) {
    const end = wanted.find((one) => endings.includes(one));
    if (end === undefined) continue;
    const distance = distanceTo(service, name);
    if (distance !== null && (nearest === null || distance < nearest.distance))
      nearest = { service, end, distance };
  }
  if (nearest === null) return null;
  const { service, end } = nearest;
  return { meant: `${service}.${end}`, sure: typedDaily.has(service) && isDailySlip(name, service) };
}

/** Any domain whose ending does not exist: "example.con", "example.couk". */
function slipInLast(domain: string): Slip | null {
  const dot = domain.lastIndexOf('.');
  const meant = missedEndings.get(domain.slice(dot + 1));
  return meant === undefined ? null : { meant: `${domain.slice(0, dot)}.${meant}`, sure: true };
}

/** How many slips a name of that many letters may have. */
const slipsAllowed = (length: number): number => (length < 3 ? 0 : length < 8 ? 1 : 2);

/** How far a name is from a service's; null when it is too far to be a slip of it. */
function distanceTo(service: string, name: string): number | null {
  if (soundsLike.get(name) === service || asItLooks(name) === service) return 1;
  const allowed = slipsAllowed(service.length);
  if (Math.abs(service.length - name.length) > allowed) return null;
  const distance = slips(name, service);
  if (distance > allowed) return null;
  // Two slips are believed only when both begin alike, and one in three letters only when they are the same letters.
  if (distance === 2 && name[0] !== service[0]) return null;
  const few = service.length === 3 && !isSwapped(name, service) && name[0] !== service[0];
  return few ? null : distance;
}

/** Letters that pass for others on a screen: "grnail", "vvindows", "yah00", "outl00k". */
const asItLooks = (name: string): string =>
  name.replaceAll('rn', 'm').replaceAll('vv', 'w').replaceAll('0', 'o').replaceAll('1', 'l');

/** Domain labels are ASCII. */
const lettersOf = (name: string): string => Array.from(name).sort().join('');

const isSwapped = (name: string, service: string): boolean =>
  name.length === service.length && lettersOf(name) === lettersOf(service);

/** One slip of the hand in a name that everybody types: two letters swapped, one lost, doubled or hit beside its key. */
function isDailySlip(name: string, service: string): boolean {
  if (asItLooks(name) === service) return true;
  if (slips(name, service) !== 1) return false;
  if (isSwapped(name, service)) return true;
  // A different first letter makes another name: "cloud" is no "icloud", and "hmail" no "gmail".
  const at = Array.from(service).findIndex((letter, index) => letter !== name[index]);
  if (at === 0) return false;
  if (name.length > service.length) {
    const added = at < 0 ? service.length : at;
    return name[added] === name[added - 1];
  }
  // "gail" is a name.
  if (name.length < service.length) return name !== 'gail';
  return areNeighbours(name.charAt(at), service.charAt(at));
}

/** Left to right and top to bottom; each row stands a little further to the right. */
const KEYS: readonly (readonly [row: string, shift: number])[] = [
  ['1234567890', 0],
  ['qwertyuiop', 0.5],
  ['asdfghjkl', 0.75],
  ['zxcvbnm', 1.25],
];

function areNeighbours(one: string, other: string): boolean {
  const [a, b] = [placeOf(one), placeOf(other)];
  return a !== null && b !== null && Math.hypot(a.x - b.x, a.y - b.y) < 1.3;
}

function placeOf(letter: string): { readonly x: number; readonly y: number } | null {
  for (const [y, [row, shift]] of KEYS.entries()) {
    const x = row.indexOf(letter);
    if (x >= 0) return { x: x + shift, y };
  }
  return null;
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
