/**
 * @file What the message says, once, for both its forms. It claims nothing about who somebody is: a code shows who
 * reads a mailbox, no more.
 */
import { assertNever } from '../../shared/result.ts';
import { type Request } from '../../shared/words.ts';
import { type Letter } from '../verification/ports.ts';

/** The account a message comes from, with the business name that recipients see. */
export interface Sender {
  readonly address: string;
  readonly name: string;
}

export interface Said {
  readonly subject: string;
  readonly preview: string;
  readonly business: string;
  readonly heading: string;
  readonly code: string;
  readonly facts: readonly { readonly label: string; readonly value: string }[];
  readonly give: string;
  readonly ignore: string;
  readonly reference: string;
}

/** Whatever was typed, as one line: control, separator and invisible direction characters can move nothing. */
export const oneLine = (typed: string): string =>
  typed
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]+/gu, ' ')
    .replace(/\s+/gu, ' ')
    .trim();

function factsOf(request: Request): Said['facts'] {
  switch (request.purpose) {
    case 'registration':
      return [{ label: 'For', value: 'Registration' }];
    case 'password-reset':
      return [{ label: 'For', value: 'Password reset' }];
    case 'sign-in':
      return [{ label: 'For', value: 'Sign-in' }];
    case 'payment':
      return [
        { label: 'For', value: 'Payment' },
        { label: 'Amount', value: oneLine(request.amount) },
        { label: 'Payee', value: oneLine(request.payee) },
      ];
    case 'other':
      return [{ label: 'For', value: oneLine(request.what) }];
    default:
      return assertNever(request);
  }
}

/** GOV.UK "confirm an email address": say until when, and as how long, because mail is read late. */
function untilWhen(letter: Letter, timeZone: string | undefined): string {
  const clock = new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(letter.expiresAt);
  // Rounded down: a code may be good for longer than it says, never for less.
  const minutes = Math.max(1, Math.floor((letter.expiresAt - letter.sentAt) / 60_000));
  return `${clock} (${minutes} ${minutes === 1 ? 'minute' : 'minutes'})`;
}

export function wordsFor(
  letter: Letter,
  sender: Sender,
  options: { readonly timeZone?: string; readonly codeInSubject?: boolean },
): Said {
  const business = oneLine(sender.name);
  const code = letter.code;
  return {
    // The code first: it is read in the notification, which shows the first words only.
    subject:
      options.codeInSubject === false ? `Your code for ${business}` : `${code} is your code for ${business}`,
    preview: `Read it to the staff at ${business}.`,
    business,
    heading: `Your code for ${business}`,
    code,
    facts: [...factsOf(letter.request), { label: 'Good until', value: untilWhen(letter, options.timeZone) }],
    give: `Only give this code to staff at ${business}, in person or on a call you made yourself.`,
    ignore:
      'If you did not ask for this, ignore this message. Somebody may have mistyped their address; without the code nothing happens.',
    reference: `Reference ${letter.reference}. This message was sent automatically.`,
  };
}
