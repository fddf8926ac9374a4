/**
 * @file English for the settings. What cannot be undone says so, and says what stays.
 */
import { type SettingsPage } from '../../../shared/settings.ts';
import { type Security } from '../../../shared/words.ts';
import type { Policy } from '../../../shared/choices.ts';
import type { InstallProblem, InstallWay, NewerStage, NewerVersions } from '../../../shared/newer-version.ts';

export const settings = {
  title: 'Settings',
  done: 'Done',
  pages: {
    account: 'Sending account',
    message: 'Message',
    purposes: 'Purposes',
    policy: 'Policy',
    people: 'Operators and lock',
    appearance: 'Appearance',
    records: 'Records',
    practice: 'Practice',
    about: 'About',
    removal: 'Removal',
  } satisfies Record<SettingsPage, string>,
  account: {
    none: 'There is no account yet.',
    nonePractice: 'Practice needs no account: mail goes to the server inside this program.',
    address: 'Address',
    signInAs: 'Signs in as',
    server: 'Server',
    authority: 'Connection',
    openedBy:
      'Opened by {{authority}}, an authority this computer was told to trust (a virus scanner, your company, or your own mail server)',
    gmail: 'Gmail',
    workspace: 'Google Workspace',
    serverLine: '{{host}}, port {{port}}, {{security}}',
    securities: { 'implicit-tls': 'SSL/TLS', starttls: 'STARTTLS' } satisfies Record<Security, string>,
    secret: 'Password',
    keychain: 'In this computer’s keychain',
    session: 'In memory, until you close Countersign',
    secretNone: 'Not stored: enter it again',
    mailbox: 'Own mailbox',
    mailboxes: {
      none: 'Not looked at',
      watch: 'Watched for mail that cannot be delivered',
      tidySent: 'Code mails are deleted from Sent',
      both: 'Watched for mail that cannot be delivered; code mails are deleted from Sent',
    },
    change: 'Change account',
    remove: 'Remove account',
    removeTitle: 'Remove the account?',
    removeText:
      'The address, its password and the records go, from this program and from the keychain, and with them operators and the owner’s PIN. Old copies of the records can no longer be read.',
    removeNote: 'To end the app password itself, delete it on Google’s page too.',
  },
  name: {
    title: 'Business name',
    text: 'The people you verify read this in the mail.',
  },
  message: {
    text: 'Holds from the next message on.',
    preview: 'As it would be sent',
    sample: 'The code in it is an example.',
    codeInSubject: {
      title: 'Show the code in the subject',
      text: 'It can be read without opening the mail, on a locked screen too.',
    },
    sentence: 'A sentence of your own',
    contact: 'Whom to ask',
    contactHint:
      'Such as a phone number. Answers to the message go to an address in it; without one, to the account.',
    sentenceHint:
      'Such as where to find you. {{length, number}} of {{most, number}} characters; leave it empty for none.',
    origin: 'Your website',
    originHint:
      'Adds an OTP-Token header: mail programs that know it offer the code on this site only. Leave it empty for none.',
  },
  purposes: {
    text: 'What people are verified for, in the order of the form. The mail and the record name it; a record keeps what it was made with.',
    offer: 'Offer {{name}}',
    usual: 'Usual',
    usualOf: 'Usual: {{name}}',
    up: 'Up',
    upOf: 'Move up: {{name}}',
    down: 'Down',
    downOf: 'Move down: {{name}}',
    name: 'Name of the purpose',
    detail: 'Name of detail {{n, number}}',
    addDetail: 'Ask for a detail',
    remove: 'Remove',
    removeOf: 'Remove {{name}}',
    add: 'Add a purpose',
    full: 'There is room for {{most, number}} of your own.',
    fresh: 'New purpose',
    freshDetail: 'Detail',
  },
  saved: 'Saved.',
  refused: 'Not saved.',
  undo: 'Undo',
  undoOf: 'Undo: {{what}}',
  undone: 'Undone.',
  policy: {
    text: 'Digits, minutes and guesses hold for verifications started from now on; the limits of 24 hours hold at once.',
    fields: {
      codeLength: 'Digits in a code',
      lifetimeMinutes: 'Minutes a code is good for',
      guesses: 'Guesses at one code',
      addressGuesses: 'Wrong guesses at one address in 24 hours',
      addressSends: 'Codes sent to one address in 24 hours',
      accountSends: 'Codes sent in all in 24 hours',
      deskOneIn: 'Chance of all wrong guesses in 24 hours together: 1 in',
    } satisfies Record<keyof Policy, string>,
    provider: {
      label: 'What the provider is taken to allow in 24 hours',
      messages: '{{messages, number}} messages',
      own: 'Another number',
      text: 'Google allows 500 in Gmail and 2,000 in Workspace. A new Workspace account may send 500 until it has paid 100 dollars and 60 days have passed. Some of it is left for the account’s other mail; for any other number, enter the codes below.',
    },
    value: '{{value, number}}',
    upTo: 'Between {{min, number}} and {{max, number}}',
    chance: 'Chance of guessing, at worst',
    one: 'One verification',
    day: 'One address, one day',
    deskDay: 'All addresses, one day',
    session:
      'In a session without the keychain these numbers hold for one run: the limits begin afresh with the next.',
    oneIn: '1 in {{n, number}}',
    how: 'How this is computed',
    formula: 'chance = s · v ÷ 10ⁿ',
    formulaText:
      's codes that are good at the same time, v guesses at them, n digits. Sending again repeats the same code, so s is 1. For one address and one day, v is the wrong guesses allowed in 24 hours, whatever is restarted or sent again. For all addresses and one day the chances of all wrong guesses are added up; from half of that on new codes have eight digits, and at the whole of it everything waits.',
    source: 'Source: RFC 4226, section 6, and appendix E.',
  },
  keychain: {
    title: 'Keychain',
    available: 'Ready. It keeps the password and the keys.',
    availableKeys: 'Ready. It keeps the keys; the password is in memory until you close Countersign.',
    session:
      'For this session only: the password, the keys and the records are in memory and gone when you close Countersign. The limits begin afresh then.',
    practice: 'Practice keeps nothing in it.',
  },
  appearance: {
    theme: 'Colours',
    themes: { system: 'Automatic', light: 'Light', dark: 'Dark' },
    textSize: 'Text size',
    percent: '{{value, number}}\u00a0%',
  },
  newer: {
    title: 'Newer versions',
    label: 'When a newer version is out',
    choices: {
      off: 'Do not ask',
      tell: 'Tell me',
      install: 'Install on quit',
    } satisfies Record<NewerVersions, string>,
    asks: 'Asks {{host}} once a day and after each start, never while a verification is open. Only the address of your internet connection can be seen there.',
    ways: {
      appimage:
        'To install it, Countersign fetches the AppImage from {{from}}, checks that it is the one that was released, and puts it in the place of this one, under the same name, when you quit.',
      installer:
        'To install it, Countersign fetches the installer from {{from}}, checks that it is the one that was released, and runs it without questions when you quit.',
      package:
        'This copy can only tell: it came as a package or an archive, or lies where you may not write. Install the newer one as you installed this one.',
      macos:
        'This copy can only tell: on macOS a program that replaces itself has to be signed, and this one is not. Install the newer one as you installed this one.',
      unpacked:
        'This copy can only tell: the installer did not put it into your own folder. Install the newer one as you installed this one.',
    } satisfies Record<InstallWay, string>,
    known: '{{title}}. {{text}}',
    stages: {
      told: 'It is at {{page}}. Nothing is downloaded or installed by itself.',
      awaited: 'It is fetched while no verification is open, and installed when you quit after that.',
      ready:
        'It was fetched, and is the one that was released. It is not installed while a verification is open.',
      failed: '{{why}} The version that is installed is as it was. The newer one is at {{page}}.',
    } satisfies Record<NewerStage['at'], string>,
    why: {
      unreachable: 'The connection could not be made, or stopped. It is tried again in an hour.',
      refused: 'The server did not hand it over. It is tried again in an hour.',
      'other-bytes': 'What came is not what was released: it was changed or cut short on its way.',
      'no-package': 'There is none for this computer yet.',
      'disk-full': 'The disk was full. It is tried again in an hour.',
      'no-access': 'Its place could not be written to, or something else was there by then.',
      unfinished: 'It was begun, and did not come to its end. It is not tried again by itself.',
    } satisfies Record<InstallProblem, string>,
    nobody: 'This copy asks nobody: it was built without an address to ask at, or to be tried out.',
  },
  signingKey: {
    title: 'Key for receipts',
    text: 'Tell this to whoever checks a receipt, by telephone or in person. It is on every printed slip too.',
    practice: 'Practice has a key of its own. Its receipts prove nothing.',
    entries_one: '{{count, number}} entry in the journal.',
    entries_other: '{{count, number}} entries in the journal.',
    change: 'Use another key…',
    changeTitle: 'Use another key for receipts?',
    changeConfirm: 'Use another key',
    changeText:
      'The key in use signs the new one and is then deleted. Earlier receipts stay valid under the earlier key: keep its thumbprint, or give the journal along with them. Tell the new one to whoever checks.',
  },
  records: {
    keepDays: 'Days that a record is kept after its end',
    text: 'A shorter time holds at once: what is older is deleted, and an undo does not bring it back.',
  },
  removal: {
    title: 'All data',
    text: 'This removes the account, the app password, the keys, operators and PINs, and every record. Old copies become unreadable. It cannot be undone.',
    remove: 'Remove all data',
    question: 'Remove all data?',
    confirm: 'Remove everything',
  },
  practice: {
    text: 'Try everything without sending anything to anyone.',
    begin: 'Start practice',
  },
  about: {
    version: 'Countersign {{version}}',
    open: 'About and licences',
  },
  keep: 'Keep it',
} as const;
