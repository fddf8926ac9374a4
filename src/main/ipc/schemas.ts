/**
 * @file What each channel may be given, checked at the door against the contract's types. It judges shape and
 * size only: what a person can type wrongly is answered by the domain, in its own words.
 */
import { z } from 'zod';
import { type Choices, defaultChoices } from '../../shared/choices.ts';
import { DESTINATIONS, PAGES, type Channel, type InputOf } from '../../shared/contract.ts';
import { EXPORTS, RESULTS, SHOWABLE } from '../../shared/history.ts';
import { MOST_DETAILS } from '../../shared/purposes.ts';
import { asksFor, DETAIL_LENGTH, DETAILS, isKnownPurpose } from '../../shared/request.ts';
import { SETTINGS_PAGES } from '../../shared/settings.ts';
import { ACCOUNT_KINDS, KEEPINGS, SECURITY, TYPED_LENGTH } from '../../shared/words.ts';

const NAME = 200;

const typed = z.string().max(TYPED_LENGTH);
/** The page's fields allow no more, and no line break. */
const detail = z
  .string()
  .max(DETAIL_LENGTH)
  .regex(/^\P{Cc}*$/u);
const name = z.string().max(NAME);
/** Any number at all: NaN is an emptied field, and the domain has words for that. */
const number = z.custom<number>((value) => typeof value === 'number');
const nothing = z.undefined();
const time = z.int().nullable();
const isSet = (names: readonly string[]): boolean => new Set(names).size === names.length;

const request = z
  .strictObject({
    purpose: name,
    details: z
      .array(z.strictObject({ name, value: detail }))
      .max(MOST_DETAILS)
      .readonly(),
  })
  // Whether an own one is offered is for the desk to say.
  .refine((asked) => !isKnownPurpose(asked.purpose) || asksFor(asked, DETAILS[asked.purpose]));

const caseNote = z.strictObject({ ticket: typed, text: typed });
const draft = z.strictObject({ address: typed, request, caseNote: caseNote.exactOptional() });
const verification = z.strictObject({ id: name });
const pinChange = z.union([
  z.strictObject({ change: z.enum(['keep', 'none']) }),
  z.strictObject({ change: z.literal('set'), pin: typed }),
]);

const form = z.strictObject({
  kind: z.enum(ACCOUNT_KINDS),
  address: typed,
  name: typed,
  signInAs: typed.exactOptional(),
  authorities: z
    .array(z.strictObject({ name, fingerprint: name }))
    .max(8)
    .readonly()
    .exactOptional(),
  server: z
    .strictObject({ host: typed, port: number, security: z.enum(SECURITY), user: typed })
    .exactOptional(),
  mailbox: z
    .strictObject({
      watch: z.boolean(),
      tidySent: z.boolean(),
      server: z.strictObject({ host: typed, port: number }).exactOptional(),
    })
    .exactOptional(),
});

/** The page has room for fewer. */
const MOST_PURPOSES = 32;
const purposes = z.strictObject({
  usual: typed,
  list: z
    .array(
      z.strictObject({ purpose: typed, details: z.array(typed).max(MOST_PURPOSES), offered: z.boolean() }),
    )
    .max(MOST_PURPOSES),
});

/** Known choices of the right type; what is out of range is told in words by main/choices. */
const choices = z.custom<Partial<Choices>>((value) => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const chosen: readonly (readonly [string, unknown])[] = Object.entries(value);
  return chosen.length > 0 && chosen.every(([key, choice]) => isOfItsType(key, choice));
});

const USUAL = new Map<string, unknown>(Object.entries(defaultChoices(null)));
const isOfItsType = (key: string, choice: unknown): boolean =>
  USUAL.has(key) &&
  (key !== 'purposes' || purposes.safeParse(choice).success) &&
  typeof choice === typeof USUAL.get(key) &&
  (typeof choice !== 'string' || choice.length <= TYPED_LENGTH);

/** One schema a channel; a missing one, or one that lets another type through, does not compile. */
const SCHEMAS = {
  'desk.view': nothing,
  'desk.go': z.union([
    z.strictObject({ to: z.enum(DESTINATIONS).exclude(['settings']) }),
    z.strictObject({ to: z.literal('settings'), page: z.enum(SETTINGS_PAGES).exactOptional() }),
  ]),
  'desk.show': verification,
  'desk.draft': draft,
  'desk.advise': z.strictObject({ address: typed }),
  'desk.dismiss': z.strictObject({ notice: name }),
  'desk.networkChanged': z.strictObject({ online: z.boolean() }),
  'setup.choose': z.strictObject({ kind: z.enum(ACCOUNT_KINDS) }),
  'setup.draft': z.strictObject({ form }),
  'setup.find': nothing,
  'setup.save': z.strictObject({
    form,
    password: typed,
    keep: z.enum(KEEPINGS),
    untested: z.boolean(),
    confirmed: z.array(typed).max(8).readonly(),
    endOpen: z.boolean(),
  }),
  'setup.cancel': nothing,
  'account.change': nothing,
  'account.remove': nothing,
  'practice.begin': nothing,
  'practice.leave': nothing,
  'verification.start': draft,
  'verification.check': z.strictObject({ id: name, code: typed }),
  'verification.resend': verification,
  'verification.changeAddress': verification,
  'verification.again': verification,
  'history.search': z.strictObject({
    query: z.strictObject({
      text: typed,
      from: time,
      to: time,
      purpose: name.nullable(),
      result: z.enum(RESULTS).nullable(),
      operator: typed.nullable(),
    }),
    after: z.strictObject({ openedAt: z.int(), id: name }).nullable(),
  }),
  'history.show': z.strictObject({ id: name.nullable() }),
  'history.note': z.strictObject({ id: name, note: caseNote }),
  'history.copy': verification,
  'history.saveReceipt': z.strictObject({
    id: name,
    show: z.array(z.enum(SHOWABLE)).max(SHOWABLE.length).refine(isSet).readonly(),
  }),
  'history.savePdf': verification,
  'history.print': verification,
  'history.export': z.strictObject({ format: z.enum(EXPORTS), from: time, to: time }),
  'history.cancelExport': nothing,
  'history.erase': z.strictObject({ address: typed }),
  'journal.changeKey': nothing,
  'settings.choose': choices,
  'settings.saveName': z.strictObject({ name: typed }),
  'settings.removeAll': nothing,
  'access.sit': z.strictObject({ id: name, pin: typed }),
  'access.lock': nothing,
  'access.enterOwner': z.strictObject({ pin: typed }),
  'access.leaveOwner': nothing,
  'access.active': nothing,
  'access.setOwner': z.strictObject({ name: typed, pin: typed, current: typed }),
  'access.recover': z.strictObject({ code: typed, pin: typed }),
  'access.turnOff': nothing,
  'access.addOperator': z.strictObject({ name: typed, pin: pinChange }),
  'access.changeOperator': z.strictObject({ id: name, name: typed, pin: pinChange }),
  'access.removeOperator': verification,
  'vault.retry': nothing,
  'vault.useSession': nothing,
  'outside.open': z.strictObject({ page: z.enum(PAGES) }),
} satisfies { readonly [C in Channel]: z.ZodType<InputOf<C>> };

/** The channels whose schema takes less than the contract promises: the page could call them and be refused. */
type TooNarrow = {
  [C in Channel]: [InputOf<C>] extends [z.output<(typeof SCHEMAS)[C]>] ? never : C;
}[Channel];
// Does not compile, and names the channel, when there is one.
true satisfies [TooNarrow] extends [never] ? true : TooNarrow;

export const schemas: { readonly [C in Channel]: z.ZodType<InputOf<C>> } = SCHEMAS;
