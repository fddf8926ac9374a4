/**
 * @file English for every expected failure that a call of the bridge can answer. One without words does not
 * compile.
 */
import type {
  BridgeProblem,
  CheckProblem,
  ResendProblem,
  NoteProblem,
  SaveFileProblem,
  SaveProblem,
  StartProblem,
} from '../../../shared/problems.ts';
import { type AddressProblem, type CodeProblem } from '../../../shared/words.ts';

/** Failures whose words depend on a second word of theirs are in tables of their own. */
type Told = Exclude<
  | (StartProblem | ResendProblem | CheckProblem | SaveProblem | SaveFileProblem | BridgeProblem)['code']
  | 'operators-full',
  | 'address'
  | 'address-delayed'
  | 'ill-formed'
  | 'form'
  | 'test-failed'
  | 'ends-open'
  | 'outside-hosts'
  | 'no-access'
  | 'vault'
  | 'not-written'
>;

export const addressProblems = {
  empty: 'Type the address the person gives you.',
  'no-at-sign': 'An email address has an @ in it.',
  'no-local-part': 'Something is missing before the @.',
  'no-domain': 'Something is missing after the @.',
  'several-at-signs': 'There is more than one @ in it.',
  'several-addresses': 'These are several addresses. Enter one.',
  'display-name': 'Only the address itself, without a name, a label or brackets.',
  link: 'Only the address itself, without “mailto:”.',
  quoted: 'Addresses with quotation marks cannot be used here.',
  comment: 'Addresses with parentheses cannot be used here.',
  'space-inside': 'There is a space inside the address.',
  'control-character': 'There is a character in it that cannot be seen.',
  'invisible-character': 'There is a character in it that cannot be seen.',
  'character-not-allowed': 'There is a character in it that email addresses do not have.',
  route:
    'A percent sign or an exclamation mark before the @ can lead to another mailbox. Addresses with one cannot be used here.',
  dots: 'There is a dot where none can be: at the beginning, before the @, or two in a row.',
  'trailing-dot': 'There is a dot at the end.',
  'domain-literal': 'A number in brackets is not a domain. Ask for an address with a name.',
  'domain-not-valid': 'The part after the @ is not a domain name.',
  'domain-without-dot': 'The ending is missing, such as .com.',
  'too-long': 'This is longer than an email address can be.',
  'local-part-too-long': 'The part before the @ is longer than it can be.',
} as const satisfies Record<AddressProblem, string>;

/** The same with the character at fault. */
export const addressFaults = {
  hidden: 'There is {{name}} in it, which cannot be seen.',
  byHand: 'Type the address by hand.',
  notAllowed: '{{character}} cannot be in an email address.',
  /** A character that can be seen by itself. */
  shown: '“{{character}}”',
  named: '{{name}} ({{number}})',
  names: {
    lineBreak: 'a line break',
    tab: 'a tab',
    softHyphen: 'a soft hyphen',
    zeroWidthSpace: 'a zero-width space',
    joiner: 'a joiner',
    byteOrderMark: 'a byte order mark',
    directionMark: 'a direction mark',
    other: 'a special character',
  },
} as const;

export const codeProblems = {
  empty: 'Type the code the person reads to you.',
  'too-short': 'The code has {{wanted}} digits; this has {{digits}}. It was not counted as a guess.',
  'too-long': 'The code has {{wanted}} digits; this has {{digits, number}}. It was not counted as a guess.',
  'not-digits': 'Only the digits, please. It was not counted as a guess.',
} as const satisfies Record<CodeProblem['kind'], string>;

const noteProblems = {
  ticket: {
    'too-long': 'A ticket number has at most {{most, number}} characters.',
    'control-character': 'There is a hidden line break or control character in the ticket number.',
  },
  text: {
    'too-long': 'A note has at most {{most, number}} characters.',
    'control-character': 'There is a control character in the note that cannot be seen.',
  },
} as const satisfies Record<NoteProblem['field'], Record<NoteProblem['why'], string>>;

export const problems = {
  access: {
    operator: 'The desk is locked. Say who is at it first.',
    owner: 'Only the owner may do this. Nothing was changed.',
  },
  note: noteProblems,
  'not-written': {
    full: 'The file was not written: the disk is full. Nothing of it is left there.',
    denied: 'The file was not written: you may not write in that place. Choose another.',
    other: 'The file was not written. Nothing of it is left there. Choose another place and try again.',
  },
  'address-delayed': {
    guesses:
      'There were too many wrong codes for this address in 24 hours. It can be used again from {{until}}. Until then, ask the person for another address.',
    sends:
      'This address has had all the codes it may get in 24 hours. The next can be sent from {{until}}. An earlier mail may still hold a good code; or ask for another address.',
  },
  vault: {
    locked:
      'The keychain is locked. Unlock it with the password you sign in to this computer with, then try again.',
    missing:
      'This computer has no keychain, and without the keys in it nothing can be sent, checked or removed.',
  },
  told: {
    'account-delayed':
      'All codes for these 24 hours are sent. The next can go out from {{until}}. The limit is in Settings.',
    'desk-delayed':
      'Too many wrong codes were typed at this desk in 24 hours, at all addresses together. It goes on from {{until}}.',
    'records-restored':
      'The records are older than the keychain remembers. Nothing new can start before {{until}}: this stops somebody from getting fresh guesses by restoring old files.',
    'records-unreadable':
      'The records are damaged, so nothing can start. Put back a healthy copy of the profile folder, or remove all data in Settings.',
    'records-newer':
      'The records were written by a newer Countersign, so nothing can start here. Install the newer version.',
    'records-older':
      'The records are from before the first version, so nothing can start here. Remove all data in Settings to begin anew.',
    'purpose-gone': 'This desk does not verify for that any more. Choose another purpose.',
    'no-account': 'There is no account to send from yet.',
    'no-secret': 'The account’s password is not here any more. Enter it again to send.',
    'cooling-down': 'It can be sent again from {{until}}.',
    'too-late': 'There is too little time left to send this code once more. Send a new one.',
    'already-sending': 'It is being sent right now.',
    'not-open': 'This verification has ended.',
    'called-off': 'That was called off. Nothing was written.',
    busy: 'A test is running already. Please wait for it to end.',
    'operators-full': 'There is no room for more people. Remove somebody first.',
    'invalid-input': 'That could not be taken as it is. Check it and try again.',
    'refused-sender': 'This window is not allowed to do that. Close it and start Countersign again.',
    'disk-full': 'The disk is full, so this could not be written down. Make room, then do it again.',
    internal: 'Something went wrong in this program. Nothing is lost. The log has it as {{reference}}.',
  } satisfies Record<Told, string>,
  signIn: '{{address}} (signed in at {{host}} as {{user}})',
  notFound: 'That verification is no longer in the records.',
} as const;
