/**
 * @file What a verification is for, with the details that make it this one. A purpose with other details is a row of
 * {@link DETAILS} and its words; nothing else knows which details a purpose has.
 */

export const PURPOSES = ['registration', 'payment', 'password-reset', 'sign-in', 'other'] as const;
export type Purpose = (typeof PURPOSES)[number];

/** The details that each purpose asks for, in the order of the screen and the mail. */
export const DETAILS = {
  registration: [],
  /** `amount` as people write it, with its currency: "€49.90". */
  payment: ['amount', 'payee'],
  'password-reset': [],
  'sign-in': [],
  /** `what`: the desk's own words for the purpose. */
  other: ['what'],
} as const satisfies Record<Purpose, readonly string[]>;
export type DetailName = (typeof DETAILS)[Purpose][number];

export interface Detail {
  /** One of {@link DETAILS}, which have words on the screen and in the mail; any other name stands for itself. */
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

/** A request with exactly the details of its purpose; what is left out of `values` is empty. */
export const requestOf = (
  purpose: Purpose,
  values: Readonly<Partial<Record<DetailName, string>>> = {},
): Request => ({
  purpose,
  details: DETAILS[purpose].map((name) => ({ name, value: values[name] ?? '' })),
});

/** The value of one detail; empty when the request has none of that name. */
export const detailOf = (request: Request, name: DetailName): string =>
  request.details.find((detail) => detail.name === name)?.value ?? '';

/** Whether these are the details of this purpose, in their order. */
export const hasItsDetails = ({ purpose, details }: Request): boolean =>
  details.length === DETAILS[purpose].length &&
  DETAILS[purpose].every((name, index) => details[index]?.name === name);

/** Everything the code is bound to, as one list. */
export const partsOf = ({ purpose, details }: Request): readonly string[] => [
  purpose,
  ...details.flatMap(({ name, value }) => [name, value]),
];
