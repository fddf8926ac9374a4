/**
 * @file What an entry says, as labels and values in plain words. A receipt's text is made of these rows and a checker
 * shows them, so the same entry gives the same rows everywhere and for ever: no locale, no time zone, no setting.
 */
import type { Policy } from '../../shared/choices.ts';
import type { DetailName, KnownPurpose } from '../../shared/request.ts';
import { assertNever } from '../../shared/result.ts';
import { type Claims, type Hidden, HIDDEN_NAMES, type HiddenName, journalName } from './claims.ts';
import { type Entry, timeWithOffset } from './entry.ts';
import { visibleLines } from './visible.ts';

/** One fact. A value may have several lines, and nothing in it that isn't seen. */
export interface Row {
  readonly label: string;
  readonly value: string;
}

type Ended = Extract<Claims, { event: 'verification-ended' }>;

/** What the purposes and details of this program are called; any other stands for itself. */
const PURPOSES = {
  registration: 'Registration',
  payment: 'Payment',
  'password-reset': 'Password reset',
  'sign-in': 'Sign-in',
  other: 'Another purpose',
} satisfies Record<KnownPurpose, string>;
const DETAILS = { amount: 'Amount', payee: 'Payee', what: 'What for' } satisfies Record<DetailName, string>;
const RESULTS: Readonly<Record<Ended['result'], string>> = {
  verified: 'the right code was read back',
  expired: 'the time was up',
  locked: 'too many wrong codes',
  cancelled: 'ended at the desk',
};
const DELIVERIES: Readonly<Record<Ended['delivery'], string>> = {
  sending: 'the last was still being sent',
  accepted: 'the last was handed over to the mail server',
  refused: 'the last was refused by the mail server',
  unknown: 'whether the last was handed over is not known',
  interrupted: 'the program ended while the last was being sent',
  returned: 'the last came back',
};
const POLICY = {
  codeLength: 'digits a code',
  lifetimeMinutes: 'minutes a code',
  guesses: 'guesses a code',
  addressGuesses: 'wrong guesses a mailbox and day',
  addressSends: 'mails a mailbox and day',
  accountSends: 'mails a day',
  deskOneIn: 'to one, at least, against guessing in a day',
} satisfies Record<keyof Policy, string>;
const HIDDEN_WORDS: Readonly<Record<HiddenName, string>> = {
  address: 'mailbox',
  details: 'details',
  case: 'case',
  operator: 'operator',
  account: 'account',
};

/** Own members only: "constructor" is a name like any other. */
const wordFor = (words: Readonly<Record<string, string>>, name: string): string =>
  (Object.hasOwn(words, name) ? words[name] : undefined) ?? name;

/** What it is about, as far as it is signed in clear or shown. */
export const factsOf = ({ claims, next }: Entry, shown: Hidden): readonly Row[] => [
  ...eventRows(claims, next, shown),
  ...(shown.case === undefined ? [] : [row('Ticket', shown.case.ticket), row('Note', shown.case.note)]),
  ...(shown.operator === undefined ? [] : [row('At the desk', shown.operator)]),
  ...(shown.account === undefined ? [] : [row('Sent from', shown.account)]),
  ...notShown(claims, shown),
];

/** Where it stands and whose key signed it. */
export const placeOf = ({ claims, thumbprint }: Entry): readonly Row[] => [
  row('Entry', `No. ${claims.n}`),
  row('Written', writtenAt(claims)),
  row('Key', thumbprint),
  row('Journal', journalName(claims.iss)),
  row('Program', claims.app),
];

const row = (label: string, value: string): Row => ({ label, value: visibleLines(value).join('\n') });

function eventRows(claims: Claims, next: string, shown: Hidden): readonly Row[] {
  switch (claims.event) {
    case 'verification-ended':
      return [
        ...(shown.address === undefined ? [] : [row('Mailbox', shown.address)]),
        row('For', wordFor(PURPOSES, claims.purpose)),
        ...detailRows(shown.details ?? [], Object.hasOwn(PURPOSES, claims.purpose) ? DETAILS : {}),
        row('Result', RESULTS[claims.result]),
        row('Ended', spokenTime(claims.ended)),
        row('Reference', claims.reference),
        row('Guesses', String(claims.guesses)),
        row('Mails', `${claims.sends}; ${DELIVERIES[claims.delivery]}`),
        policyRow(claims.policy),
      ];
    case 'policy-changed':
      return [policyRow(claims.policy)];
    case 'key-changed':
      return [row('New key', next)];
    case 'address-erased':
      return [row('References', claims.references.join(', '))];
    case 'entries-lost':
      return [row('Missing', `No. ${claims.from} to No. ${claims.to}`)];
    case 'journal-begun':
    case 'account-changed':
    case 'operators-changed':
      return [];
    default:
      return assertNever(claims);
  }
}

/** In one row: a detail may be named like a row of ours. */
const detailRows = (
  details: NonNullable<Hidden['details']>,
  /** Of a purpose of ours; the owner's own names stand for themselves. */
  words: Readonly<Record<string, string>>,
): readonly Row[] =>
  details.length === 0
    ? []
    : [row('Details', details.map(({ name, value }) => `${wordFor(words, name)}: ${value}`).join('\n'))];

const policyRow = (policy: Ended['policy']): Row =>
  row(
    'Limits',
    Object.entries(policy)
      .map(([name, value]) => `${value} ${wordFor(POLICY, name)}`)
      .join('\n'),
  );

/** Whether there is anything to be shown is not told. */
function notShown(claims: Claims, shown: Hidden): readonly Row[] {
  const missing = HIDDEN_NAMES.filter((name) => shown[name] === undefined);
  if (claims.event !== 'verification-ended' || missing.length === 0) return [];
  return [row('Not shown', missing.map((name) => HIDDEN_WORDS[name]).join(', '))];
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];

/** "25 November 2026, 17:38:08 (UTC+01:00)" of RFC 3339's "2026-11-25T17:38:08+01:00". */
export function spokenTime(time: string): string {
  const [year = '', month = '', day = ''] = time.slice(0, 10).split('-');
  const offset = time.slice(19);
  const zone = offset === '+00:00' ? 'UTC' : `UTC${offset}`;
  return `${Number(day)} ${MONTHS[Number(month) - 1] ?? ''} ${year}, ${time.slice(11, 19)} (${zone})`;
}

/** Seconds since 1970, in UTC. */
export const spokenSeconds = (seconds: number): string => spokenTime(timeWithOffset(seconds * 1000, 0));

/** When it was written, in the time of the desk if the entry tells which that is. */
const writtenAt = (claims: Claims): string =>
  spokenTime(
    timeWithOffset(claims.iat * 1000, claims.event === 'verification-ended' ? offsetOf(claims.ended) : 0),
  );

function offsetOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.slice(20).split(':');
  return (Number(hours) * 60 + Number(minutes)) * (time.charAt(19) === '-' ? -1 : 1);
}
