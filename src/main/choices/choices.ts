/**
 * @file Judges the owner's choices by one schema: what is typed is taken or refused, what is stored is taken or reads as
 * its default. Nothing out of range ever comes into force, and nothing that comes out of here can become a header, a
 * second line of the mail or another site's name.
 */
import { z } from 'zod';
import { type ChoiceProblem, FORM_FAULTS, type FormFault } from '../../shared/problems.ts';
import {
  accountSendsLimit,
  type Choices,
  defaultChoices,
  LOCK_MINUTES,
  RANGES,
  SENTENCE_LENGTH,
  TEXT_SIZES,
  THEMES,
} from '../../shared/choices.ts';
import { NEWER_VERSIONS } from '../../shared/newer-version.ts';
import { LIKE_A_PLACEHOLDER } from '../../shared/purposes.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { purposes } from './purposes.ts';
import type { AccountKind } from '../../shared/words.ts';

const because = (why: FormFault) => ({ error: why });

const within = ({ min, max }: { readonly min: number; readonly max: number }) =>
  z.int(because('out-of-range')).min(min, because('out-of-range')).max(max, because('out-of-range'));

/** RFC 1035 section 2.3.4, with the scheme and a port around it. */
const ORIGIN_LENGTH = 270;
const ONE_LINE = /^[^\p{Cc}\p{Zl}\p{Zp}]*$/u;
/** What `URL` leaves of a host that is one: anything else could end the quoted string it is put into. */
const HOST = /^[a-z0-9.-]+(?::\d+)?$/;

/** The origin (RFC 6454 section 6.2) that was typed; null for a page, a user, another scheme or no name at all. */
function originOf(typed: string): string | null {
  const url = typed.length > ORIGIN_LENGTH ? null : URL.parse(typed);
  if (url === null || url.protocol !== 'https:' || !HOST.test(url.host) || !url.hostname.includes('.'))
    return null;
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return bare && url.password === '' ? url.origin : null;
}

const origin = z
  .string()
  .trim()
  .transform((typed, context) => {
    const found = typed === '' ? '' : originOf(typed);
    if (found !== null) return found;
    context.addIssue({ code: 'custom', message: 'not-an-origin' satisfies FormFault });
    return z.NEVER;
  });

/** A line of the message. */
const line = z
  .string()
  .trim()
  .regex(ONE_LINE, because('control-character'))
  .max(SENTENCE_LENGTH, because('too-long'))
  .refine((typed) => !LIKE_A_PLACEHOLDER.test(typed), because('like-a-placeholder'));

/** One row a choice. A choice without one does not compile. */
const SCHEMAS = {
  codeLength: within(RANGES.codeLength),
  lifetimeMinutes: within(RANGES.lifetimeMinutes),
  guesses: within(RANGES.guesses),
  addressGuesses: within(RANGES.addressGuesses),
  addressSends: within(RANGES.addressSends),
  accountSends: within(RANGES.accountSends),
  deskOneIn: within(RANGES.deskOneIn),
  lockMinutes: within(LOCK_MINUTES),
  codeInSubject: z.boolean(),
  sentence: line,
  contact: line,
  origin,
  purposes,
  theme: z.enum(THEMES, because('out-of-range')),
  textSize: z.literal([...TEXT_SIZES], because('out-of-range')),
  keepDays: within(RANGES.keepDays),
  newerVersions: z.enum(NEWER_VERSIONS, because('out-of-range')),
} satisfies { readonly [K in keyof Choices]: z.ZodType<Choices[K]> };

/** The names of all choices. */
export const CHOICE_NAMES = Object.keys(SCHEMAS) as readonly (keyof Choices)[];

/** One choice, cleaned; or why it is none. `value` may be anything. */
function judge(name: keyof Choices, value: unknown): Result<Choices[keyof Choices], FormFault> {
  const judged = SCHEMAS[name].safeParse(value);
  if (judged.success) return ok(judged.data);
  const message = judged.error.issues[0]?.message;
  // What a person can type wrongly has its fault above; another type cannot be typed.
  return fail(FORM_FAULTS.find((fault) => fault === message) ?? 'out-of-range');
}

/** The change with its texts cleaned, or the first choice that is wrong for an account of this kind. */
export function checkChoices(
  change: Readonly<Partial<Choices>>,
  kind: AccountKind | null,
): Result<Partial<Choices>, ChoiceProblem> {
  const checked: [string, unknown][] = [];
  for (const name of CHOICE_NAMES.filter((known) => Object.hasOwn(change, known))) {
    const judged = judge(name, change[name]);
    if (!judged.ok) return fail({ code: 'choice', field: name, why: judged.problem });
    if (name === 'accountSends' && Number(judged.value) > accountSendsLimit(kind))
      return fail({ code: 'choice', field: name, why: 'out-of-range' });
    checked.push([name, judged.value]);
  }
  // Each was judged by the schema of its name.
  return ok(Object.fromEntries(checked) as Partial<Choices>);
}

/** A stored choice, if it is one: it is judged by the widest range, because a smaller account is no tampering. */
export function readChoice(name: keyof Choices, stored: unknown): Result<Partial<Choices>, null> {
  const judged = judge(name, stored);
  return judged.ok ? ok({ [name]: judged.value }) : fail(null);
}

/** All choices of an account of this kind, from what its owner chose. */
export function choicesFor(kind: AccountKind | null, chosen: Readonly<Partial<Choices>>): Choices {
  const all = { ...defaultChoices(kind), ...chosen };
  return { ...all, accountSends: Math.min(all.accountSends, accountSendsLimit(kind)) };
}
