/**
 * @file English for the way in: welcome and the account's set-up.
 * It must never ask for the normal Google password.
 */
import { type FoundServers, type ServerSearch } from '../../../shared/mail-servers.ts';
import { type SetupStep } from '../../../shared/desk-view.ts';
import { type AccountKind, type Keeping, type Security } from '../../../shared/words.ts';

export const setup = {
  title: 'Send from your own account',
  titleChanging: 'Change the account',
  lead: 'You sign in once, with a test that sends nothing to anyone.',
  kind: 'Kind of account',
  address: {
    gmail: 'Gmail address',
    workspace: 'Workspace address',
    server: 'Email address',
  } satisfies Record<AccountKind, string>,
  signInAs: 'Sign in as',
  signInAsHint:
    'Only where that is an alias or a group’s address: the account that it belongs to. Otherwise leave this empty.',
  authority: {
    title: 'The password has not gone out yet',
    question:
      'This connection is opened by {{authority}}, an authority this computer was told to trust (a virus scanner, your company, or your own mail server). Continue?',
    yes: 'Continue',
  },
  hints: {
    extra: 'Does the {{extra}} in front belong to the address?',
    'look-alike':
      'Some letters in this domain look like others. Its real name is {{ascii}}. Check the spelling.',
    'look-alike-local': 'Some letters before the @ look like others. Check the spelling.',
    'no-mail-server': 'This domain does not seem to receive mail. Check the spelling.',
  },
  password: 'App password',
  passwordServer: 'Password',
  passwordHint: '16 letters in four groups. Not your normal Google password.',
  passwordKeep: 'Leave this empty to keep the one that is stored.',
  passwordLooksNormal:
    'This does not look like an app password, which is 16 letters. Your normal Google password does not work here.',
  show: 'Show',
  hide: 'Hide',
  /** Behind the two above, for those who hear them. */
  passwordNoun: 'password',
  openAppPasswords: 'Open Google’s app-password page',
  openTwoStep: 'Open Google’s 2-Step Verification page',
  howTo: {
    title: 'How to make an app password',
    steps: {
      one: 'Turn on 2-Step Verification for the account, if it is not on yet.',
      two: 'Open the app-password page, type a name such as “Countersign” and choose Create.',
      three: 'Copy the 16 letters and paste them here. Google shows them once.',
    },
    note: 'It is not offered with security keys only, with Advanced Protection, or where an administrator has turned it off.',
  },
  name: 'Business name',
  nameHint: 'The people you verify read this in the mail.',
  server: 'Server',
  serverUnknown: 'not known yet',
  search: {
    beforehand:
      'It can be looked for: DNS and the website of your address’s domain are asked. Your address itself is not sent.',
    find: 'Find the server',
    busy: 'Looking for the server…',
    toWorkspace: 'Use Google Workspace',
    results: {
      found: 'The server was found. Look at it, then test and save.',
      google: 'This domain’s mail is at Google. Use Google Workspace, with an app password.',
      none: 'No server was found. Ask your mail provider for the outgoing server (SMTP), and enter it below.',
      'no-answer': 'No answer came. Check the network and try again, or enter the server below.',
    } satisfies Record<ServerSearch['result'], string>,
    how: {
      srv: 'The domain’s DNS records name it.',
      autoconfig: 'The domain’s own settings file names it.',
      hosted: 'The domain’s mail is at this provider.',
      'usual-name': 'A server of the usual name is there. Whether it is the right one, the test tells.',
    } satisfies Record<FoundServers['how'], string>,
  },
  outside: {
    title: 'Send the password to {{host}}?',
    text: 'That is outside {{domain}}. Many providers have their servers elsewhere; go on if yours names this one.',
    confirm: 'Send it to {{host}}',
    decline: 'Look at the server',
  },
  host: 'Outgoing server',
  port: 'Port',
  security: 'Security',
  securities: {
    'implicit-tls': 'SSL/TLS (port 465)',
    starttls: 'STARTTLS (port 587)',
  } satisfies Record<Security, string>,
  user: 'User name',
  userHint: 'Leave empty if it is the email address.',
  mailbox: {
    title: 'In this account’s own mailbox',
    watch: {
      title: 'Tell me when a mail cannot be delivered',
      text: 'While a code is open, and for ten minutes after, delivery reports are looked for among the mail that arrives. Of other mail only the sender and the type are looked at, and nothing is marked.',
    },
    tidySent: {
      title: 'Delete code mails from Sent',
      text: 'Once a verification has ended, its message is removed from Sent and Trash. Nothing else is touched.',
    },
    host: 'Inbox server',
    hostHint: 'IMAP with SSL/TLS. Leave empty if it is the outgoing server.',
    port: 'Inbox port',
  },
  more: {
    title: 'Mailbox and password',
    usual: 'as recommended',
    changed: 'changed',
    session: 'password for this session only',
  },
  keep: 'Where the password stays',
  keeps: {
    keychain: { title: 'In this computer’s keychain', text: 'You are not asked again.' },
    session: { title: 'For this session only', text: 'In memory, gone when you close Countersign.' },
  } satisfies Record<Keeping, { title: string; text: string }>,
  anew: {
    title: 'Begin anew, in memory',
    text: 'Gone when you close Countersign. What was guessed before can’t be looked up without the keychain, so the first code can be sent 24 hours from now.',
  },
  endsOpen: {
    title: 'End what is open?',
    text_one:
      '{{count}} verification is open. It was sent by the account that is set up now, and ends with it.',
    text_other:
      '{{count}} verifications are open. They were sent by the account that is set up now, and end with it.',
    confirm: 'Change the account',
    keep: 'Keep it for now',
  },
  save: 'Test and save',
  saveAgain: 'Test again and save',
  saving: 'Testing…',
  saveAnyway: 'Save anyway',
  saveAnywayWhy: 'Or save it untested: the first code you send tests it.',
  stop: 'Stop the test',
  cancel: 'Cancel',
  back: 'Back',
  steps: {
    reach: '{{host}}',
    secure: 'secure',
    'sign-in': 'sign-in',
    mailbox: 'mailbox',
    store: 'password kept',
  } satisfies Record<SetupStep, string>,
  stepStates: { done: 'done', now: 'now', failed: 'did not work', waiting: 'not yet' },
} as const;
