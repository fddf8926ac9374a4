/**
 * @file What a verification is for, with the details that make it this one. The program's own purposes have words in every
 * language; the owner's are their names, as they are typed.
 */

export const PURPOSES = ['registration', 'payment', 'password-reset', 'sign-in', 'other'] as const;
/** A purpose of the program's own. */
export type KnownPurpose = (typeof PURPOSES)[number];
/** One of {@link PURPOSES}, or the name of the owner's own. */
export type Purpose = string;

export const isKnownPurpose = (purpose: Purpose): purpose is KnownPurpose =>
  PURPOSES.some((known) => known === purpose);

/** The details that each of them asks for, in the order of the screen and the mail. */
export const DETAILS = {
  registration: [],
  /** `amount` as people write it, with its currency: "€49.90". */
  payment: ['amount', 'payee'],
  'password-reset': [],
  'sign-in': [],
  /** `what`: the desk's own words for the purpose. */
  other: ['what'],
} as const satisfies Record<KnownPurpose, readonly string[]>;
export type DetailName = (typeof DETAILS)[KnownPurpose][number];

export interface Detail {
  /** One of {@link DETAILS} with a purpose of the program's own; with the owner's it is their name for it. */
  readonly name: string;
  /** A single line without control characters, at most {@link DETAIL_LENGTH} characters. */
  readonly value: string;
}

/** Longest value of a detail, in UTF-16 code units. */
export const DETAIL_LENGTH = 80;

/** The code is bound to the purpose and to every name and value, in their order. */
export interface Request {
  readonly purpose: Purpose;
  readonly details: readonly Detail[];
}

/** A request with exactly these details; what is left out of `values` is empty. */
export const requestWith = (
  purpose: Purpose,
  names: readonly string[],
  values: Readonly<Record<string, string>> = {},
): Request => ({
  purpose,
  // Own members only: "constructor" is a name like any other.
  details: names.map((name) => ({ name, value: (Object.hasOwn(values, name) ? values[name] : null) ?? '' })),
});

/** A request for a purpose of the program's own. */
export const requestOf = (
  purpose: KnownPurpose,
  values: Readonly<Partial<Record<DetailName, string>>> = {},
): Request => requestWith(purpose, DETAILS[purpose], values);

/** The value of one detail; empty when the request has none of that name. */
export const detailOf = (request: Request, name: string): string =>
  request.details.find((detail) => detail.name === name)?.value ?? '';

/** Whether these are the details of this purpose, in their order. */
export const asksFor = ({ details }: Request, names: readonly string[]): boolean =>
  details.length === names.length && names.every((name, index) => details[index]?.name === name);

/** Everything the code is bound to, as one list. */
export const partsOf = ({ purpose, details }: Request): readonly string[] => [
  purpose,
  ...details.flatMap(({ name, value }) => [name, value]),
];
