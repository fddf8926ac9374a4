/**
 * @file What a translation has to have: every key of the English texts, with words of its own. Types only.
 */

/** The endings that i18next counts by. A language uses those that its grammar has (CLDR, "Language Plural Rules"). */
type PluralEnding = 'zero' | 'one' | 'two' | 'few' | 'many' | 'other';
type Counted<Key> = Key extends `${infer Stem}_other` ? Stem : never;

/** A wrong or a missing key does not compile; where English counts, a language may have more plurals than English. */
export type Texts<T> = {
  readonly [K in keyof T]: T[K] extends string ? string : Texts<T[K]>;
} & { readonly [K in `${Counted<keyof T>}_${PluralEnding}`]?: string };
