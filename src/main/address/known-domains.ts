/**
 * @file The mail domains that people at a desk name most often, and short lists beside them. They only ever give
 * reason for a hint; no address is refused or changed because of a list.
 */

/**
 * Mail services by the name before the first dot, with what may follow it, the most common first. A name that
 * exists under one ending only is surely a slip under any other.
 */
const SERVICES: Readonly<Record<string, string>> = {
  gmail: 'com',
  googlemail: 'com',
  yahoo:
    'com co.uk fr de it es ca in co.in co.jp co.id com.br com.ar com.mx com.au com.sg com.hk com.tw com.ph com.vn gr ie ro no dk se be nl pl at ch',
  ymail: 'com',
  rocketmail: 'com',
  hotmail:
    'com co.uk fr de it es be nl se no dk fi ch at ca gr hu cz co.jp co.th com.br com.ar com.au com.tr com.mx cl',
  outlook:
    'com de fr es it jp at be cl cz dk ie in kr ph pt sa sg sk com.ar com.au com.br com.gr com.tr com.vn co.id co.th hu my',
  live: 'com co.uk fr de it nl be se no dk ca at ie cl cn in jp ru com.au com.mx com.ar com.pt com.my com.sg co.za hk',
  msn: 'com',
  icloud: 'com',
  me: 'com',
  mac: 'com',
  aol: 'com co.uk de fr it',
  aim: 'com',
  gmx: 'de net at ch com fr co.uk us',
  web: 'de',
  freenet: 'de',
  't-online': 'de',
  posteo: 'de net',
  mailbox: 'org',
  proton: 'me',
  protonmail: 'com ch',
  pm: 'me',
  tutanota: 'com de',
  tuta: 'com io',
  fastmail: 'com fm',
  hey: 'com',
  zoho: 'com eu in',
  hushmail: 'com',
  mail: 'com ru de',
  email: 'com cz it',
  inbox: 'com lv ru',
  yandex: 'com ru by kz ua',
  rambler: 'ru',
  bk: 'ru',
  list: 'ru',
  ukr: 'net',
  seznam: 'cz',
  centrum: 'cz',
  wp: 'pl',
  onet: 'pl eu',
  interia: 'pl eu',
  o2: 'pl co.uk',
  op: 'pl',
  orange: 'fr',
  wanadoo: 'fr',
  laposte: 'net',
  free: 'fr',
  sfr: 'fr',
  neuf: 'fr',
  bbox: 'fr',
  libero: 'it',
  virgilio: 'it',
  tiscali: 'it co.uk',
  alice: 'it',
  tin: 'it',
  bluewin: 'ch',
  hispeed: 'ch',
  ziggo: 'nl',
  kpnmail: 'nl',
  xs4all: 'nl',
  planet: 'nl',
  telenet: 'be',
  skynet: 'be',
  proximus: 'be',
  telia: 'com se',
  sapo: 'pt',
  btinternet: 'com',
  ntlworld: 'com',
  virginmedia: 'com',
  talktalk: 'net',
  sky: 'com',
  comcast: 'net',
  verizon: 'net',
  att: 'net',
  sbcglobal: 'net',
  bellsouth: 'net',
  cox: 'net',
  charter: 'net',
  earthlink: 'net',
  optonline: 'net',
  juno: 'com',
  shaw: 'ca',
  rogers: 'com',
  sympatico: 'ca',
  videotron: 'ca',
  bigpond: 'com net.au',
  optusnet: 'com.au',
  xtra: 'co.nz',
  rediffmail: 'com',
  uol: 'com.br',
  bol: 'com.br',
  terra: 'com.br com',
  qq: 'com',
  foxmail: 'com',
  sina: 'com cn',
  sohu: 'com',
  naver: 'com',
  hanmail: 'net',
  daum: 'net',
  docomo: 'ne.jp',
  ezweb: 'ne.jp',
};

/** Every service's endings. */
export const services: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries(SERVICES).map(([name, endings]) => [name, endings.split(' ')]),
);

/** The services whose names are no words, so that under an unknown ending they are surely a slip. */
export const properNames: ReadonlySet<string> = new Set(
  (
    'gmail googlemail yahoo ymail rocketmail hotmail outlook icloud gmx freenet t-online posteo protonmail tutanota ' +
    'fastmail hushmail yandex rambler seznam wanadoo laposte virgilio tiscali bluewin hispeed kpnmail telenet ' +
    'proximus btinternet ntlworld virginmedia talktalk comcast verizon sbcglobal bellsouth earthlink optonline ' +
    'sympatico videotron bigpond optusnet rediffmail foxmail hanmail'
  ).split(' '),
);

/** The services that are typed most, and therefore typed wrongly most. Squatters take mail at the slips of them. */
export const typedDaily: ReadonlySet<string> = new Set(
  'gmail googlemail hotmail outlook yahoo icloud protonmail'.split(' '),
);

/** Names written as they are heard. */
export const soundsLike: ReadonlyMap<string, string> = new Map(
  [
    ['gmail', 'gmale gmayl gmeil jmail gemail geemail gimail gmaile'],
    ['hotmail', 'hotmale hotmayl hotmeil otmail hotmaile hottmail'],
    ['yahoo', 'yahu yahou jahoo yaahou'],
    ['outlook', 'outluk autlook outlouk outlooc owtlook'],
    ['icloud', 'iclowd iclaud aicloud eyecloud'],
    ['protonmail', 'protonmale'],
  ].flatMap(([meant = '', heard = '']) => heard.split(' ').map((name) => [name, meant] as const)),
);

/** A domain that is itself one of the services. */
export function isKnownDomain(domain: string): boolean {
  const dot = domain.indexOf('.');
  return services.get(domain.slice(0, dot))?.includes(domain.slice(dot + 1)) ?? false;
}

/** Endings that do not exist (none is in the root zone) and the one that was meant. */
export const missedEndings: ReadonlyMap<string, string> = new Map(
  [
    ['com', 'con cmo ocm comm coom vom xom cpm clm cim comn coml cpom coma comy dom kom c0m'],
    ['net', 'nte ent nett neet netr met nrt'],
    ['org', 'ogr rog orgg orh prg'],
    ['de', 'dee dde'],
    ['fr', 'frr ffr'],
    ['it', 'itt iit'],
    ['nl', 'nll nnl'],
    ['ch', 'chh cch'],
    ['es', 'ess ees'],
    ['pl', 'pll ppl'],
    ['co.uk', 'couk coukk'],
    ['com.au', 'comau'],
    ['co.nz', 'conz'],
    ['co.za', 'coza'],
    ['co.jp', 'cojp'],
    ['com.br', 'combr'],
    ['com.tr', 'comtr'],
    ['com.mx', 'commx'],
  ].flatMap(([meant = '', missed = '']) => missed.split(' ').map((ending) => [ending, meant] as const)),
);

/** Endings that exist, but under a mail service's name are nearly always a ".com" that lost or swapped a letter. */
export const comEndings: ReadonlySet<string> = new Set(['co', 'cm', 'om', 'cn', 'cc', 'ca.com', 'com.com']);

/** RFC 2142 and what businesses use beside it: mailboxes of a role, read by several people or by none. */
export const roles: ReadonlySet<string> = new Set(
  (
    'abuse admin administrator billing bookings careers contact enquiries feedback finance ftp hello help helpdesk ' +
    'hostmaster hr info inquiries invoices it jobs list mail mailer-daemon marketing media news newsletter ' +
    'no-reply noc noreply office orders postmaster press privacy reception root sales security service shop spam ' +
    'staff subscribe support sysadmin team usenet uucp webmaster welcome www'
  ).split(' '),
);

/** Well-known services that give anybody a mailbox for minutes. Never complete: new ones appear every day. */
export const disposableDomains: ReadonlySet<string> = new Set(
  (
    '10minutemail.com 10minutemail.net 20minutemail.com 33mail.com burnermail.io byom.de cuvox.de discard.email ' +
    'dispostable.com einrot.com emailondeck.com emailfake.com fakeinbox.com fakemail.net getairmail.com getnada.com ' +
    'grr.la guerrillamail.biz guerrillamail.com guerrillamail.de guerrillamail.info guerrillamail.net ' +
    'guerrillamail.org guerrillamailblock.com inboxkitten.com jetable.org mail-temp.com mail.tm mailcatch.com ' +
    'maildrop.cc mailinator.com mailinator.net mailnesia.com mailnull.com mailsac.com mintemail.com moakt.com ' +
    'mohmal.com mytemp.email nada.email sharklasers.com spam4.me spambox.us spamgourmet.com tempail.com ' +
    'temp-mail.io temp-mail.org tempinbox.com tempmail.com tempmail.dev tempmail.net tempr.email throwawaymail.com ' +
    'trash-mail.com trashmail.com trashmail.de trashmail.net wegwerfmail.de wegwerfmail.net yopmail.com yopmail.fr ' +
    'yopmail.net'
  ).split(' '),
);
