/**
 * @file English for what surrounds every screen: title bar, rail, notices, dialogs.
 * Short, calm and exact; never blame, never an exclamation mark.
 */
import { type KeyName } from '../../../shared/keys.ts';
import { type ReturnReason, type VaultState } from '../../../shared/words.ts';
import { type Notice } from '../../../shared/desk-view.ts';
import type { NewerStage } from '../../../shared/newer-version.ts';

export const frame = {
  name: 'Countersign',
  opening: 'Opening the desk…',
  openingSlow:
    'Waiting for the keychain of this computer. If it asks for its password, type it there. Without an answer the desk opens in a moment all the same.',
  closed: {
    title: 'The desk did not open',
    text: 'The window could not read the desk from the program. Nothing was sent by this.',
    again: 'Try again',
  },
  mishap: {
    title: 'This screen stopped working',
    text: 'The desk itself is safe: what was open is still open, and nothing was sent by this.',
    reload: 'Show the screen again',
  },
  history: 'History',
  settings: 'Settings',
  server: { gmail: 'Gmail', mail: 'The mail server', practice: 'the practice server' },
  status: {
    label: 'Status',
    practice: 'Practice: what you try stays on this computer',
    ready_one: '{{server}} ready · {{count, number}} code left',
    ready_other: '{{server}} ready · {{count, number}} codes left',
    untested: '{{server}} not tested yet',
    noSecret: 'Password needed',
    recordsDamaged: 'Records damaged',
    recordsUnusable: 'Records cannot be used',
    refused: '{{server}} sign-in failed',
    few: '{{left, number}} of {{allowed, number}} codes left · more from {{time}}',
    noneLeft: 'No codes left · next {{time}}',
    limitSaid: '{{server}} sends no more today · next about {{time}}',
    fix: 'Put it right',
    vaultLocked: 'Keychain locked',
    vaultMissing: 'No keychain',
  },
  /** Said above the button that would fail. */
  beforehand: {
    refused: 'The last mail could not be sent because of it, and the next one will most likely fail too.',
    limit: 'A code can be asked for, but it will most likely not go out before then.',
  },
  /** Keys as they are printed on keyboards. */
  keys: {
    enter: 'Enter',
    title: 'Keyboard shortcuts',
    close: 'Close',
    does: {
      enter: 'Send, check, go on',
      next: 'New verification',
      find: 'Find in the history',
      settings: 'Settings',
      lock: 'Lock the desk, where operators are on',
      send: 'Send again, or a new code',
      back: 'Back',
      keys: 'This list',
      about: 'About Countersign',
      rows: 'One of the list on the left',
      arrows: 'Along the list on the left',
    } satisfies Record<KeyName | 'enter' | 'rows' | 'arrows', string>,
  },
  leavePractice: 'Leave practice',
  mail: 'Mail',
  rail: {
    title: 'Verifications',
    toggle: 'Verifications · {{count, number}}',
    next: 'New verification',
    open: 'Open',
    ended: 'Last 12 hours',
    left: '{{time}} left',
    sending: 'Sending…',
    notSent: 'Not sent',
    returned: {
      'no-such-mailbox': 'Not delivered: no such mailbox',
      'mailbox-unavailable': 'Not delivered: not taken there',
      'no-such-domain': 'Not delivered: no such domain',
      'recipient-full': 'Not delivered: mailbox full',
      'refused-there': 'Not delivered: refused there',
      unreachable: 'Not delivered: not reached',
      'not-yet': 'Not taken yet',
      elsewhere: 'A copy came back',
      other: 'Not delivered',
    } satisfies Record<ReturnReason, string>,
    unreadable: 'A record that can’t be read',
    unreadableWhy: 'Changed, or its keys are gone',
    maybe: 'May not have arrived',
    expired: 'Expired',
    locked: 'Too many wrong codes',
    cancelled: 'Replaced',
    verified: 'Verified',
    empty: 'The verifications of the last twelve hours are listed here.',
  },
  notices: {
    'records-restored': {
      title: 'These records are older than the keychain remembers',
      text: 'Somebody restored or replaced the program’s files. Open verifications were ended. Nothing new can start before {{until}}: this stops somebody from getting fresh guesses by restoring old files.',
    },
    'keys-gone': {
      title: 'The keychain no longer has the keys to these records',
      text: 'What they hold can no longer be read. Open verifications were ended. Nothing new can start before {{until}}: this stops somebody from getting fresh guesses by restoring old files.',
    },
    'pin-removed': {
      title: 'The owner’s PIN was taken out of the keychain',
      text: 'Somebody deleted its entry with another program. Nobody is asked for it any more. Open verifications were ended, and nothing new can start before {{until}}. If this was not you, look at the account and the settings before you go on.',
    },
    'records-unreadable': {
      title: 'The records cannot be read',
      text: 'The file with the verifications is damaged. Put back a healthy copy of the profile folder and start again; or remove all data in Settings, which asks for the app password anew.',
    },
    'records-newer': {
      title: 'These records were written by a newer Countersign',
      text: 'This version does not touch them. Install the newer version and start it.',
    },
    'records-older': {
      title: 'These records are from before the first version of Countersign',
      text: 'This version cannot read them and does not touch them. To begin anew, remove all data in Settings and set up the account again.',
    },
    'account-changed': {
      title: 'Codes go out by another account',
      text: 'Since {{since}} they are sent by {{after}}; before, by {{before}}. What was open was ended. If this was not you, remove all data and set up the account again.',
    },
    'choices-reset': {
      title: 'Some settings were put back to their defaults',
      text: 'Stored values were outside what the program allows. Look at the settings.',
    },
    'settings-reset': {
      title: 'The settings were lost',
      text: 'Their file was damaged. The account, the policy and the choices for the message are gone; the records are not. Set the account up again; it asks for the app password anew.',
    },
    'second-start': {
      title: 'Countersign is already open',
      text: 'It was started a second time. Only one window can be open; this is it.',
    },
    'account-saved': {
      title: 'The account works',
      text: 'Send a code to {{address}} and type it here: then you have seen what the other person sees.',
    },
    unsandboxed: {
      title: 'Countersign is running without its sandbox',
      text: 'It was started with “--no-sandbox”, which takes away the wall between its window and this computer. Start it without that; where it does not start then, install the deb or rpm package.',
    },
  } satisfies Record<Exclude<Notice['kind'], 'newer-version'>, { title: string; text: string }>,
  /** The rest is in the settings, which are read when they are opened. */
  newer: {
    told: 'Countersign {{version}} is out',
    awaited: 'Countersign {{version}} is out',
    ready: 'Countersign {{version}} will be installed when you quit with nothing open',
    failed: 'Countersign {{version}} was not installed',
  } satisfies Record<NewerStage['at'], string>,
  newerAt: 'It is at {{page}}. Settings, About, says more.',
  dismiss: 'Dismiss',
  vault: {
    locked: {
      title: 'The keychain is locked',
      meaning:
        'The app password and the keys are in this computer’s keychain, and it is not letting anybody in.',
      remedy: 'Unlock it with the password you sign in to this computer with, then look again.',
    },
    missing: {
      title: 'This computer has no keychain',
      meaning: 'There is no safe place here to keep the app password and the keys.',
      remedy: 'On Linux, install and start a Secret Service such as GNOME Keyring, then look again.',
    },
  } satisfies Record<Exclude<VaultState, 'available'>, { title: string; meaning: string; remedy: string }>,
  setUp: 'Set up an account',
  lookAgain: 'Look again',
  thisSession: 'Use for this session only',
  orThisSession:
    'Or keep the app password, the keys and the records in memory until you close Countersign. The limits begin afresh with the next start.',
  beginAnew: 'Begin anew without it',
  orBeginAnew:
    'Or begin anew, in memory until you close Countersign. What was guessed before can’t be looked up without the keychain, so the first code can be sent 24 hours from then. The records here stay as they are.',
  purposes: {
    registration: 'Registration',
    payment: 'Payment',
    'password-reset': 'Password reset',
    'sign-in': 'Sign-in',
    other: 'Other…',
  },
  /** How a request reads in one line; the others are just their purpose. */
  requests: {
    payment: 'Payment of {{amount}} to {{payee}}',
    paymentShort: 'Payment, {{amount}}',
  },
} as const;
