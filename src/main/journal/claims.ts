/**
 * @file What an entry says, in the claims of its token: the part that is signed in clear, and the part of which only
 * salted digests are signed. docs/receipt-format.md describes them for other programs.
 */
import * as z from 'zod/mini';
import type { PublicKey } from '../ports/journal.ts';
import { parseJson } from './encoding.ts';
import { PublicKeyItem } from './key.ts';

/** Of the format. A checker that knows only earlier ones says so. */
export const FORMAT = 1;

/** The types in the tokens' headers. Practice has its own, so that a program which checks the type takes none for real. */
export const TYPES = { desk: 'countersign+sd-jwt', practice: 'countersign-practice+sd-jwt' } as const;

/** A journal is named by the thumbprint of its first key (RFC 9278), so that no other key can begin one of that name. */
export const ISSUER_PREFIX = 'urn:ietf:params:oauth:jwk-thumbprint:sha-256:';

/** The name as people are told it. */
export const journalName = (iss: string): string => iss.slice(ISSUER_PREFIX.length);

export const RESULTS = ['verified', 'expired', 'locked', 'cancelled'] as const;
export type VerificationResult = (typeof RESULTS)[number];

/** Of a verification's last message. */
export const DELIVERIES = ['sending', 'accepted', 'refused', 'unknown', 'interrupted', 'returned'] as const;

/** What an entry is about. */
export type Event =
  | {
      readonly event: 'verification-ended';
      /** RFC 3339 with the desk's offset from UTC: "2026-11-25T17:38:08+01:00". */
      readonly ended: string;
      readonly reference: string;
      readonly result: VerificationResult;
      readonly purpose: string;
      /** How many codes were judged. */
      readonly guesses: number;
      /** How many messages went out, or may have. */
      readonly sends: number;
      readonly delivery: (typeof DELIVERIES)[number];
      /** As it was when the verification was opened. */
      readonly policy: SignedPolicy;
    }
  /** The first entry. Its key is the journal's name. */
  | { readonly event: 'journal-begun' | 'account-changed' | 'operators-changed' }
  | { readonly event: 'policy-changed'; readonly policy: SignedPolicy }
  /** The next entry is signed by `key`, and none after it by the key of this one. */
  | { readonly event: 'key-changed'; readonly key: PublicKey }
  | { readonly event: 'address-erased'; readonly references: readonly string[] }
  /** The desk found that its own journal had lost these entries, the first and the last one included. */
  | { readonly event: 'entries-lost'; readonly from: number; readonly to: number };

/** The owner's numbers by their names: whole numbers, of which a later version may have more. */
export type SignedPolicy = Readonly<Record<string, number>>;

interface Every {
  readonly ver: typeof FORMAT;
  readonly iss: string;
  /** 1, 2, 3 … */
  readonly n: number;
  /** {@link digestOf} the entry before, as signed; null in the first. */
  readonly prev: string | null;
  /** When it was written, in seconds; never less than in the entry before. */
  readonly iat: number;
  /** "Countersign 0.1.0". */
  readonly app: string;
  readonly _sd_alg: 'sha-256';
  /** Digests of what can be shown, and of what is not there, in an order that tells nothing. */
  readonly _sd: readonly string[];
}
export type Claims = Every & Event;

/** What only salted digests are signed of. */
export interface Hidden {
  /** The mailbox that was verified. */
  readonly address?: string;
  readonly details?: readonly { readonly name: string; readonly value: string }[];
  /** The desk's own ticket number and text. */
  readonly case?: { readonly ticket: string; readonly note: string };
  /** Who was at the desk. */
  readonly operator?: string;
  /** The account that the mail was sent from. */
  readonly account?: string;
}
export type HiddenName = keyof Hidden;

const line = z.string().check(z.minLength(1));
const count = z.int().check(z.minimum(0));
const ordinal = z.int().check(z.minimum(1));
const digest = z.string().check(z.regex(/^[\w-]{43}$/));
const policy = z.record(z.string(), count);

const HIDDEN = {
  address: line,
  details: z.array(z.strictObject({ name: z.string(), value: z.string() })),
  case: z.strictObject({ ticket: z.string(), note: z.string() }),
  operator: line,
  account: line,
} as const satisfies { readonly [N in HiddenName]-?: z.ZodMiniType<NonNullable<Hidden[N]>> };

/** In the order of the text. */
export const HIDDEN_NAMES = Object.keys(HIDDEN) as readonly HiddenName[];

/** `value` under `name` if this is what is hidden under it; null otherwise. */
export function readHidden(name: unknown, value: unknown): Hidden | null {
  const known = HIDDEN_NAMES.find((hidden) => hidden === name);
  if (known === undefined) return null;
  const read = HIDDEN[known].safeParse(value);
  return read.success ? { [known]: read.data } : null;
}

/** The end of the year 9999. */
const LATEST = 253_402_300_799;

const every = {
  ver: z.literal(FORMAT),
  iss: z.string().check(z.regex(new RegExp(`^${ISSUER_PREFIX}[\\w-]{43}$`))),
  n: ordinal,
  prev: z.nullable(digest),
  iat: z.int().check(z.minimum(0), z.maximum(LATEST)),
  app: line,
  _sd_alg: z.literal('sha-256'),
  // RFC 9901 section 7.1: none may be there twice.
  _sd: z.array(digest).check(z.refine((digests) => new Set(digests).size === digests.length)),
};

const OFFSET_TIME = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T\d\d:\d\d:\d\d[+-]\d\d:\d\d$/;

const ClaimsItem: z.ZodMiniType<Claims> = z.discriminatedUnion('event', [
  z.object({
    ...every,
    event: z.literal('verification-ended'),
    ended: z.string().check(z.regex(OFFSET_TIME)),
    reference: line,
    result: z.enum(RESULTS),
    purpose: line,
    guesses: count,
    sends: count,
    delivery: z.enum(DELIVERIES),
    policy,
  }),
  z.object({ ...every, event: z.enum(['journal-begun', 'account-changed', 'operators-changed']) }),
  z.object({ ...every, event: z.literal('policy-changed'), policy }),
  z.object({ ...every, event: z.literal('key-changed'), key: PublicKeyItem }),
  z.object({ ...every, event: z.literal('address-erased'), references: z.array(line) }),
  z.object({ ...every, event: z.literal('entries-lost'), from: ordinal, to: ordinal }),
]);

const Versioned = z.object({ ver: count });

/** What a signed payload says. `later`: a later version of the format; `unknown`: none that we know. */
export function readClaims(payload: string): Claims | 'later' | 'unknown' {
  const item = parseJson(payload);
  const versioned = Versioned.safeParse(item);
  if (versioned.success && versioned.data.ver > FORMAT) return 'later';
  const read = ClaimsItem.safeParse(item);
  // The first entry, and no other, has none before it.
  return read.success && (read.data.n === 1) === (read.data.prev === null) ? read.data : 'unknown';
}
