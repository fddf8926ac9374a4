/**
 * @file What the desk verifies for: which purposes are offered, in which order, which is the usual one, and the owner's own
 * with the details they ask for. The page and main judge their names by the same rules.
 */
import type { FormFault } from './problems.ts';
import {
  asksFor,
  DETAILS,
  isKnownPurpose,
  type Purpose,
  PURPOSES,
  type Request,
  requestWith,
} from './request.ts';

export interface OfferedPurpose {
  readonly purpose: Purpose;
  /** The names of the details it asks for, in the order of the screen and the mail. */
  readonly details: readonly string[];
  readonly offered: boolean;
}

export interface Purposes {
  /** The one that the form begins with; it is offered. */
  readonly usual: Purpose;
  /** In the order of the form. The program's own are all among them. */
  readonly list: readonly OfferedPurpose[];
}

export const USUAL_PURPOSES: Purposes = {
  usual: 'registration',
  list: PURPOSES.map((purpose) => ({ purpose, details: DETAILS[purpose], offered: true })),
};

/** In UTF-16 code units: a purpose stands on a button, and a detail's name over its field. */
export const PURPOSE_LENGTH = 40;
export const MOST_OWN_PURPOSES = 8;
export const MOST_DETAILS = 4;

/** Also what turns a line around or can't be seen: the mail would show another name than it has. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
/** As many digits as a code has, whatever stands between them. */
const LIKE_A_CODE = /\p{Nd}(?:[^\p{L}\p{N}]{0,2}\p{Nd}){5}/u;
/** What a mail program makes a link of. */
const LIKE_A_LINK = /:\/\/|www\.|@|[\p{L}\p{N}]\.\p{L}{2}/iu;

/** "{name}", "%NAME%", "<<name>>": what other programs fill in. */
export const LIKE_A_PLACEHOLDER = /[{}]|%[a-z_]+%|<<|>>|\[\[/iu;

/** A name as it is kept. */
export const cleanName = (typed: string): string => typed.trim().normalize('NFC');

const folded = (name: string): string =>
  cleanName(name)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[\s-]+/gu, ' ');

/** What is wrong with the name of an own purpose or of a detail; null when nothing is. `others`: the names beside it. */
export function nameFault(typed: string, others: readonly string[]): FormFault | null {
  const name = cleanName(typed);
  if (name === '') return 'empty';
  if (UNSEEN.test(name)) return 'control-character';
  if (name.length > PURPOSE_LENGTH) return 'too-long';
  // What looks like one to a person looks like one here, in whichever alphabet's digits and dots.
  const seen = name.normalize('NFKC');
  if (LIKE_A_CODE.test(seen)) return 'like-a-code';
  if (LIKE_A_LINK.test(seen)) return 'like-a-link';
  if (LIKE_A_PLACEHOLDER.test(seen)) return 'like-a-placeholder';
  return others.some((other) => folded(other) === folded(name)) ? 'taken' : null;
}

const others = (names: readonly string[], index: number): readonly string[] =>
  names.filter((_, at) => at !== index);

/** What is wrong with the name of the own purpose at this place. */
export const purposeFault = ({ list }: Purposes, index: number): FormFault | null =>
  nameFault(
    list[index]?.purpose ?? '',
    others(
      list.map(({ purpose }) => purpose),
      index,
    ),
  );

export const detailFault = (details: readonly string[], index: number): FormFault | null =>
  nameFault(details[index] ?? '', others(details, index));

/** The first thing that is wrong, of what a person can have typed. */
export function purposesFault(purposes: Purposes): FormFault | null {
  for (const [index, { purpose, details }] of purposes.list.entries()) {
    if (isKnownPurpose(purpose)) continue;
    const wrong = [purposeFault(purposes, index), ...details.map((_, at) => detailFault(details, at))];
    const fault = wrong.find((why) => why !== null);
    if (fault !== undefined) return fault;
  }
  return null;
}

export const offeredOf = ({ list }: Purposes): readonly OfferedPurpose[] =>
  list.filter(({ offered }) => offered);

/** Whether this can be asked for: a purpose of the program's own, or one that the owner offers, with its details. */
export const isOffered = (request: Request, purposes: Purposes): boolean =>
  isKnownPurpose(request.purpose)
    ? asksFor(request, DETAILS[request.purpose])
    : offeredOf(purposes).some(
        ({ purpose, details }) => purpose === request.purpose && asksFor(request, details),
      );

/** What the form begins with. `payee`: who is usually paid at this desk. */
export function usualRequest({ usual, list }: Purposes, payee: string): Request {
  const details = list.find(({ purpose }) => purpose === usual)?.details ?? [];
  return requestWith(usual, details, isKnownPurpose(usual) ? { payee } : {});
}
