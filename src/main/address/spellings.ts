/**
 * @file What mail services say about the spellings of one mailbox: one table, each rule with its source. A rule without a
 * source is left out, and what a service does not tell can't be known (docs/threat-model.md).
 */

/** A service whose mailboxes are reached by several spellings. */
export interface Family {
  /** The names of the service; each reaches the same mailboxes. */
  readonly domains: readonly string[];
  /** Signs that it overlooks before the `@`. */
  readonly overlooked?: RegExp;
  /** What begins a tag there, beside the plus sign of RFC 5233. */
  readonly tag?: '-';
  /** `anything@mia.` before its name reaches `mia`. */
  readonly subdomains?: true;
  readonly source: string;
}

/** Yahoo's own endings; "ymail" and "rocketmail" are its other names, with mailboxes of their own. */
const YAHOO = (
  'com co.uk fr de it es ca in co.in co.jp co.id com.br com.ar com.mx com.au com.sg com.hk com.tw com.ph com.vn gr ie ro ' +
  'no dk se be nl pl at ch'
)
  .split(' ')
  .map((ending) => `yahoo.${ending}`);

export const FAMILIES: readonly Family[] = [
  {
    domains: ['gmail.com', 'googlemail.com'],
    overlooked: /\./g,
    source: 'support.google.com/mail/answer/7436150',
  },
  {
    domains: ['icloud.com', 'me.com', 'mac.com'],
    source: 'support.apple.com/118230',
  },
  {
    domains: ['proton.me', 'protonmail.com', 'protonmail.ch', 'pm.me'],
    // Its own program folds them so: github.com/ProtonMail/WebClients, "removeEmailAlias".
    overlooked: /[._-]/g,
    source: 'proton.me/support/addresses-and-aliases',
  },
  {
    domains: ['yandex.com', 'yandex.ru', 'yandex.by', 'yandex.kz', 'yandex.ua', 'ya.ru'],
    source: 'yandex.com/support/domain/additional/mailbox-alias.xml',
  },
  // Each of these has mailboxes of its own.
  ...[...YAHOO, 'ymail.com', 'rocketmail.com'].map((domain) => ({
    domains: [domain],
    tag: '-' as const,
    source: 'help.yahoo.com/help/uk/bt/tutorials/mail/addressguard2.html',
  })),
  ...['fastmail.com', 'fastmail.fm'].map((domain) => ({
    domains: [domain],
    subdomains: true as const,
    source: 'fastmail.help/hc/en-us/articles/360060591053',
  })),
];

const byDomain: ReadonlyMap<string, Family> = new Map(
  FAMILIES.flatMap((family) => family.domains.map((domain) => [domain, family] as const)),
);

/** The family that a domain is a name of. */
export const familyOf = (domain: string): Family | null => byDomain.get(domain) ?? null;
