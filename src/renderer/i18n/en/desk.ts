/**
 * @file English for the desk itself: the address, the code, and how a verification ended.
 * It claims that somebody controls a mailbox, never who they are.
 */
import { type DetailName } from '../../../shared/request.ts';
import { type AddressHint, type ReturnReason, type SendStage } from '../../../shared/words.ts';

export const address = {
  title: 'Who are you verifying?',
  lead: 'They get a code by email and read it back to you.',
  field: 'Email address',
  goesTo: 'It will be sent to {{delivery}}',
  purpose: 'What for',
  details: { amount: 'Amount', payee: 'Paid to', what: 'In your own words' } satisfies Record<
    DetailName,
    string
  >,
  whatHint: 'The person reads this in the mail',
  needed: 'Please fill this in: the person reads it in the mail.',
  ticket: 'Ticket or note (stays at the desk)',
  send: 'Send code',
  sending: 'Sending…',
  hints: {
    typo: 'Is that domain spelled right? It looks like {{domain}}.',
    extra: 'Does the {{extra}} in front belong to the address? Ask the person.',
    'look-alike':
      'Some letters in this domain look like others. Its real name is {{ascii}}. Ask the person to spell it.',
    'look-alike-local': 'Some letters before the @ look like others. Ask the person to spell them.',
    international: 'An international domain. Its plain name is {{ascii}}.',
    role: 'This looks like a shared mailbox: anybody who reads it can read the code.',
    disposable: 'This is a throw-away mailbox service. Others may be able to read it too.',
    'no-mail-server': 'This domain does not seem to accept mail. Check the spelling with the person.',
  } satisfies Record<AddressHint['kind'], string>,
  answered: 'Last answer',
  showAnswer: 'Show',
  use: 'Use {{address}}',
  offered: 'Press Enter to use {{address}}.',
  typoSent: 'Was {{domain}} meant? Ask the person, and change the address if so.',
  replacing: 'In place of {{address}}. Its code stays good until you send this one.',
} as const;

export const code = {
  title: 'Ask for the code sent to {{address}}',
  titleSending: 'Sending a code to {{address}}',
  field: 'Code',
  fieldHint: '{{count}} digits. It is checked as soon as the last one is in.',
  check: 'Check code',
  goodUntil: 'Good until {{time}}',
  left: '{{time}} left',
  guesses_one: '{{count}} guess left',
  guesses_other: '{{count}} guesses left',
  notSent:
    'The mail has not left yet. This code is checked by itself as soon as it has, and has cost no guess.',
  wrong_one: 'That is not the code. {{count}} guess left.',
  wrong_other: 'That is not the code. {{count}} guesses left.',
  sendAgain: 'Send again',
  newCode: 'New code',
  /** Beside a button that cannot be pressed yet. */
  in: 'in {{time}}',
  from: 'From {{time}} on.',
  newCodeWhy: 'Little time is left, so a new code serves better than this one once more.',
  spent: {
    address: 'This address has had all the codes it may get in 24 hours. The next can be sent from {{time}}.',
    account: 'All codes for these 24 hours are sent. The next can go out from {{time}}.',
    stillGood: 'The code in the mail is still good.',
  },
  changeAddress: 'Change address',
  stages: {
    connecting: 'Connecting to {{server}}…',
    securing: 'Securing the connection…',
    'signing-in': 'Signing in…',
    'handing-over': 'Handing the mail over…',
    'data-sent': 'Waiting for {{server}} to accept it…',
  } satisfies Record<SendStage, string>,
  otherMail: {
    earlier: 'Ask for the newest mail, sent {{time}}: an earlier one has another code.',
    newer: 'Ask for the mail sent {{time}}: a newer one has another code.',
  },
  attempt: 'attempt {{count}}',
  pause: '{{title}}. Trying again in {{time}}.',
  accepted: 'Handed to {{server}} in {{time}}',
  sameCode: 'It is the same code, so an earlier mail is as good as a later one.',
  unknown: {
    title: 'The mail may or may not have arrived',
    meaning: 'The connection ended after the mail was handed over and before {{server}} confirmed it.',
    remedy:
      'Ask the person to look. The code is good until {{time}}. If nothing comes, send it again: it is the same code.',
  },
  interrupted: {
    title: 'The mail may or may not have arrived',
    meaning: 'The program was closed while it was sending.',
    remedy:
      'Ask the person to look. The code is good until {{time}}. If nothing comes, send it again: it is the same code.',
  },
  returned: {
    'no-such-mailbox': {
      title: 'Not delivered: there is no such mailbox',
      remedy: 'Check the spelling with the person, letter by letter.',
    },
    'mailbox-unavailable': {
      title: 'Not delivered: their server takes no mail for this address',
      remedy:
        'Check the spelling with the person, letter by letter. If it is right, ask for another address: their server does not say why.',
    },
    'recipient-full': {
      title: 'Not delivered: that mailbox is full',
      remedy: 'Ask the person for another address.',
    },
    'no-such-domain': {
      title: 'Not delivered: that domain takes no mail',
      remedy: 'Check the part after the @ with the person, letter by letter.',
    },
    'refused-there': {
      title: 'Not delivered: their server refused it',
      remedy:
        'Ask the person for another address. If it happens with others too, ask whoever looks after your mail account.',
    },
    unreachable: {
      title: 'Not delivered: their server could not be reached',
      remedy: 'Ask the person for another address, or try again later.',
    },
    'not-yet': {
      title: 'Their server does not take it yet',
      remedy: 'It is tried again by itself. Wait, or ask the person for another address.',
    },
    elsewhere: {
      title: 'A copy came back from another mailbox',
      remedy:
        'The mail was passed on from this mailbox, and only the copy was not delivered. Ask the person to look into this mailbox itself.',
    },
    other: {
      title: 'Not delivered: it could not be delivered',
      remedy: 'Check the spelling with the person, or ask for another address.',
    },
  } satisfies Record<ReturnReason, { title: string; remedy: string }>,
  reportSays: 'The delivery report says {{status}}.',
  stillGoodUntil: 'Should the code arrive all the same, it is good until {{time}}.',
  resendRefused: {
    title: 'It was not sent again',
    why: '{{title}}. {{remedy}}',
    remedy: 'The code in the earlier mail is still good until {{time}}.',
  },
} as const;

export const refused = {
  nothingSent: 'Nothing was sent to {{address}}.',
  likely: 'Most likely:',
  now: 'What to do now:',
  freesAt: 'By this program’s own count the limit frees from {{time}}.',
  serverSaid: 'What the server said',
  again: 'Try again',
  notBefore: 'It can be tried again at {{time}}.',
  address: 'Change address',
  password: 'Enter a new app password',
  passwordServer: 'Enter the password again',
  account: 'Open the account',
  howTo: 'How to make one',
} as const;

export const ended = {
  verified: {
    title: 'Verified',
    text: 'Whoever read this code back controls this mailbox now.',
    textThen: 'Whoever read this code back controlled this mailbox then: {{time}}.',
    practice: 'Practice: this proves nothing.',
    practiceText: 'At a real desk: whoever read this code back controls this mailbox now.',
    address: 'Address',
    for: 'For',
    at: 'At',
    atGuess: '{{time}}, {{guess}}',
    reference: 'Reference',
    sentBy: 'Sent by',
    guess: {
      first: 'first guess',
      second: 'second guess',
      third: 'third guess',
      fourth: 'fourth guess',
      fifth: 'fifth guess',
    },
  },
  expired: {
    title: 'The code has expired',
    text: 'It was good until {{time}}. Nothing was verified.',
    remedy: 'If the person is still here, send a new code.',
  },
  clock: {
    title: 'Ended, because the clock changed',
    text: 'This computer’s clock was changed while the code was open, so its end could not be trusted. Nothing was verified.',
    remedy: 'Check the time on this computer, then send a new code.',
  },
  restored: {
    title: 'Ended, because the records were restored',
    text: 'The program’s files are older than the keychain remembers. Nothing was verified.',
    remedy: 'The notice above says when new verifications can start.',
  },
  pinRemoved: {
    title: 'Ended, because the owner’s PIN was taken out of the keychain',
    text: 'Somebody deleted its entry with another program. Nothing was verified.',
    remedy: 'The notice above says when new verifications can start.',
  },
  keysGone: {
    title: 'Ended, because its keys are gone',
    text: 'The keychain no longer has the key this code was made with. Nothing was verified.',
    remedy: 'The notice above says when new verifications can start.',
  },
  account: {
    title: 'Ended, because the account was changed',
    text: 'Its code was sent by another account than the one now set up. Nothing was verified.',
    remedy: 'If the person is still here, send a new code.',
  },
  locked: {
    title: 'Too many wrong codes',
    text_one: 'The only guess is used. Nothing was verified.',
    text_other: 'All {{count}} guesses are used. Nothing was verified.',
    remedy:
      'Check the address with the person, letter by letter. Then send a new code, which comes with new guesses.',
  },
  cancelled: {
    title: 'Replaced',
    text: 'The code sent to {{address}} is no longer good: a newer one took its place.',
    remedy: 'Start again if the person is still here.',
  },
  again: 'Send a new code',
  next: 'New verification',
  changeAddress: 'Change address',
} as const;

export const announced = {
  sent: 'Code sent to {{address}}.',
  notSent: 'Not sent. {{why}}',
  paused: '{{title}}. Trying again by itself.',
  returned: '{{title}}. {{remedy}}',
  elsewhere: '{{address}}: {{title}}.',
  unknown: 'The mail may or may not have arrived.',
  lastMinute: 'Less than a minute left.',
  verified: 'Verified. Whoever read this code back controls this mailbox now.',
  verifiedPractice: 'Verified, in practice. This proves nothing.',
  ended: '{{title}}. Nothing was verified.',
} as const;
