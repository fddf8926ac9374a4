/**
 * @file Every screen of the desk in every state, as the views main would push. For looking at the page without
 * main; nothing here is shown to users.
 */
import { NO_NOTE } from '../../src/shared/history.ts';
import { USUAL_PURPOSES } from '../../src/shared/purposes.ts';
import { requestOf, requestWith } from '../../src/shared/request.ts';
import { type DeskView } from '../../src/shared/desk-view.ts';
import { MINUTE } from '../fakes/time.ts';
import { record } from './history.ts';
import {
  NOW,
  gmail,
  ownServer,
  row,
  verification,
  base,
  view,
  homeVisit,
  newerVersion,
  ownPurposes,
  settingsAt,
  messageSettings,
  codeView,
  newcomer,
  mail,
  practice,
  secondMail,
  scanner,
  problem,
  refused,
  ended,
  staffed,
  locked,
} from './parts.ts';

/** Each by the name its pictures get. */
export const views: Readonly<Record<string, DeskView>> = {
  welcome: view({ ...newcomer, screen: { at: 'welcome' } }),
  'welcome-keychain-missing': view({ ...newcomer, screen: { at: 'welcome' }, vault: 'missing' }),
  'setup-gmail': view({
    ...newcomer,
    screen: { at: 'setup', kind: 'gmail', form: null, test: { state: 'idle' }, changing: false },
  }),
  'setup-testing': view({
    ...newcomer,
    screen: {
      at: 'setup',
      kind: 'gmail',
      form: gmail,
      test: { state: 'running', step: 'sign-in' },
      changing: false,
    },
  }),
  'setup-wrong-password': view({
    ...newcomer,
    screen: {
      at: 'setup',
      kind: 'gmail',
      form: gmail,
      test: {
        state: 'failed',
        step: 'sign-in',
        problem: problem('wrong-password', '535-5.7.8 Username and Password not accepted.'),
      },
      changing: false,
    },
  }),
  'setup-offline': view({
    ...newcomer,
    screen: {
      at: 'setup',
      kind: 'workspace',
      form: gmail,
      test: { state: 'failed', step: 'reach', problem: problem('offline') },
      changing: false,
    },
  }),
  'setup-authority': view({
    ...newcomer,
    screen: {
      at: 'setup',
      kind: 'server',
      form: ownServer,
      test: {
        state: 'failed',
        step: 'secure',
        problem: { ...problem('authority-unlisted'), authority: scanner },
      },
      changing: false,
    },
  }),
  'setup-server': view({
    ...newcomer,
    screen: { at: 'setup', kind: 'server', form: ownServer, test: { state: 'idle' }, changing: false },
  }),
  'setup-keychain-locked': view({
    ...newcomer,
    vault: 'locked',
    screen: { at: 'setup', kind: 'gmail', form: null, test: { state: 'idle' }, changing: false },
  }),
  'setup-changing': view({
    screen: { at: 'setup', kind: 'gmail', form: gmail, test: { state: 'idle' }, changing: true },
  }),
  'setup-server-unknown': view({
    ...newcomer,
    screen: { at: 'setup', kind: 'server', form: null, test: { state: 'idle' }, changing: false },
  }),
  'setup-server-refused': view({
    ...newcomer,
    screen: {
      at: 'setup',
      kind: 'server',
      form: ownServer,
      test: { state: 'failed', step: 'reach', problem: problem('connection-refused') },
      changing: false,
    },
  }),
  'setup-server-not-found': view({
    ...newcomer,
    screen: {
      at: 'setup',
      kind: 'server',
      form: ownServer,
      test: { state: 'failed', step: 'reach', problem: problem('host-not-found') },
      changing: false,
    },
  }),
  'setup-server-wrong-password': view({
    ...newcomer,
    screen: {
      at: 'setup',
      kind: 'server',
      form: ownServer,
      test: {
        state: 'failed',
        step: 'sign-in',
        problem: problem('wrong-password-server', '535 5.7.8 Error: authentication failed'),
      },
      changing: false,
    },
  }),
  'address-account-saved': view({
    shift: [],
    notices: [{ kind: 'account-saved', address: gmail.address }],
  }),
  'address-account-saved-mailbox': view({
    shift: [],
    account: {
      form: ownServer,
      secret: 'keychain',
      standing: 'tested',
      mailboxTrouble: 'mailbox-unreachable',
    },
    notices: [{ kind: 'account-saved', address: ownServer.address }],
  }),
  'address-account-saved-untested': view({
    shift: [],
    account: { form: gmail, secret: 'keychain', standing: 'untested', mailboxTrouble: null },
    notices: [{ kind: 'account-saved', address: gmail.address }],
  }),
  address: view(),
  'address-first': view({ shift: [] }),
  'address-verified': view({ answered: row({ id: 'v2', sentTo: 'j.okafor@example.org' }) }),
  'address-locked': view({
    answered: row({ id: 'v7', sentTo: 'kim@example.com', state: 'locked', endReason: 'guesses' }),
  }),
  'address-long-shift': view({
    shift: Array.from({ length: 50 }, (_, index) =>
      row({ id: `v${index}`, sentTo: `visitor.${index}@example.com`, endedAt: NOW - index * MINUTE }),
    ),
  }),
  'address-payment': view({
    draft: {
      address: 'mia.keller@example.com',
      request: requestOf('payment', { amount: '€49.90', payee: 'Harbour Clinic' }),
    },
  }),
  'address-other': view({
    draft: { address: 'mia.keller@example.com', request: requestOf('other', { what: 'Key to locker 14' }) },
  }),
  'address-typo': view({ draft: { address: 'sam@gmial.com', request: requestOf('registration') } }),
  'address-pasted': view({
    draft: { address: '“Lena Fischer” <lena.fischer@example.de>;', request: requestOf('registration') },
  }),
  'address-look-alike': view({ draft: { address: 'mia@exаmple.com', request: requestOf('registration') } }),
  'address-replacing': view({
    draft: { address: 'mia.keler@example.com', request: requestOf('registration') },
    replacing: 'mia.keler@example.com',
  }),
  'address-refused': view({
    account: { form: gmail, secret: 'keychain', standing: 'refused', mailboxTrouble: null },
  }),
  'address-few-left': view({
    sends: { left: 12, allowed: 400, freesAt: NOW + 2 * 3_600_000, limitSaid: false },
  }),
  'address-none-left': view({
    sends: { left: 0, allowed: 400, freesAt: NOW + 5 * 3_600_000, limitSaid: false },
  }),
  'address-keychain-locked': view({ vault: 'locked' }),
  'address-notices': view({
    notices: [{ kind: 'records-restored', until: NOW + 20 * 3_600_000 }, { kind: 'choices-reset' }],
  }),
  'address-newer-version': view({
    notices: [{ kind: 'newer-version', ...newerVersion({ at: 'ready' }) }],
  }),
  'code-sending': codeView({
    delivery: { state: 'sending', stage: 'signing-in', attempt: 1, pause: null },
    sends: 0,
  }),
  code: codeView(),
  'code-newest': view({
    screen: { at: 'verification', verification: verification(), otherMail: 'earlier' },
  }),
  'code-eight': codeView({ codeLength: 8, sentTo: 'a.very.long.name.indeed@department.university.example' }),
  'code-last-guess': codeView({ guessesLeft: 1, expiresAt: NOW + 42_000, resendTooLate: true }),
  'code-look-alike': codeView({
    sentTo: 'mia@xn--exmple-4nf.com',
    hints: [{ kind: 'look-alike', ascii: 'xn--exmple-4nf.com' }],
  }),
  'code-typo': codeView({
    sentTo: 'sam@gmial.com',
    hints: [{ kind: 'typo', suggestion: 'sam@gmail.com' }],
  }),
  'code-none-left': codeView({
    resendAt: null,
    sends: 5,
    spent: { of: 'address', until: NOW + 20 * 3_600_000 },
  }),
  'code-paused': codeView({
    delivery: {
      state: 'sending',
      stage: 'connecting',
      attempt: 2,
      pause: { cause: 'busy', until: NOW + 12_000 },
    },
    sends: 1,
  }),
  'code-resent': codeView({ sends: 2, resendAt: NOW - 1 }),
  'code-unknown': codeView({ delivery: { state: 'unknown', at: NOW }, resendAt: NOW }),
  'code-returned': codeView({
    delivery: { state: 'returned', at: NOW, status: '5.1.1', why: 'no-such-mailbox' },
  }),
  'code-interrupted': codeView({ delivery: { state: 'interrupted' }, resendAt: NOW }),
  'code-resend-refused': codeView({
    delivery: { state: 'refused', at: NOW, problem: problem('offline') },
    resendAt: NOW,
    sends: 1,
  }),
  'refused-wrong-password': refused(
    'wrong-password',
    '535-5.7.8 Username and Password not accepted. For more information, go to 535 5.7.8 https://support.google.com/mail/?p=BadCredentials',
  ),
  'refused-no-such-mailbox': refused(
    'no-such-mailbox',
    '550-5.1.1 The email account that you tried to reach does not exist.',
  ),
  'refused-daily-limit': refused('daily-limit', '550-5.4.5 Daily user sending limit exceeded.', {
    sends: { left: 0, allowed: 400, freesAt: NOW + 5 * 3_600_000, limitSaid: true },
  }),
  'refused-sign-in-later': refused(
    'sign-in-later',
    '454 4.7.0 Too many login attempts, please try again later.',
    {},
    {
      resendAt: NOW + 161_000,
      delivery: {
        state: 'refused',
        at: NOW,
        problem: {
          ...problem('sign-in-later', '454 4.7.0 Too many login attempts, please try again later.'),
          notBefore: NOW + 161_000,
        },
      },
    },
  ),
  'refused-certificate': refused('certificate-untrusted', null, {
    account: { form: ownServer, secret: 'keychain', standing: 'tested', mailboxTrouble: null },
  }),
  'verified-before': codeView({ state: 'verified', endedAt: NOW - 3_600_000, guessesLeft: 4 }),
  verified: codeView({ state: 'verified', endedAt: NOW + 19_000, guessesLeft: 4 }),
  expired: ended({ state: 'expired', endReason: 'time' }),
  'expired-returned': ended({
    state: 'expired',
    endReason: 'time',
    delivery: { state: 'returned', at: NOW - 5 * MINUTE, status: '5.1.1', why: 'no-such-mailbox' },
  }),
  'expired-clock': ended({ state: 'expired', endReason: 'clock' }),
  locked: ended({ state: 'locked', endReason: 'guesses', guessesLeft: 0 }),
  cancelled: ended({ state: 'cancelled', endReason: 'desk' }),
  settings: settingsAt('account'),
  'settings-message': messageSettings,
  'settings-message-no-account': settingsAt('message', { account: null, businessName: null }),
  'settings-message-refused': view({
    ...messageSettings,
    choices: { ...base.choices, sentence: 'Second floor, on the left.', contact: '040 123 456' },
    refused: { origin: { value: 'clinic', why: 'not-an-origin' } },
  }),
  'settings-purposes': settingsAt('purposes', { choices: { ...base.choices, purposes: ownPurposes } }),
  'settings-purposes-refused': settingsAt('purposes', {
    refused: {
      purposes: {
        value: { ...ownPurposes, list: [...USUAL_PURPOSES.list, { ...homeVisit, purpose: 'see evil.com' }] },
        why: 'like-a-link',
      },
    },
  }),
  'address-own-purpose': view({
    choices: { ...base.choices, purposes: ownPurposes },
    draft: { address: '', request: requestWith(homeVisit.purpose, homeVisit.details) },
  }),
  'settings-policy': settingsAt('policy'),
  'settings-appearance': settingsAt('appearance'),
  'settings-records': settingsAt('records'),
  'settings-practice': settingsAt('practice'),
  'settings-about': settingsAt('about'),
  'settings-newer-failed': settingsAt('about', {
    releases: {
      host: 'countersign.example',
      from: 'packages.countersign.example',
      way: 'installer',
      newer: newerVersion({ at: 'failed', why: 'other-bytes' }),
    },
    choices: { ...view().choices, newerVersions: 'install' },
  }),
  'settings-removal': settingsAt('removal'),
  'settings-mailbox-refused': settingsAt('account', {
    account: {
      form: { ...gmail, mailbox: { watch: true, tidySent: true } },
      secret: 'keychain',
      standing: 'tested',
      mailboxTrouble: 'mailbox-refused',
    },
  }),
  'settings-session': settingsAt('account', {
    vault: 'missing',
    sessionOnly: true,
    account: { form: ownServer, secret: 'session', standing: 'untested', mailboxTrouble: null },
  }),
  'desk-locked': view({ ...locked, access: staffed({ locked: true, operator: null }) }),
  'desk-locked-pin': view({ ...locked, access: staffed({ locked: true, operator: null }) }),
  'desk-locked-waits': view({ ...locked, access: staffed({ locked: true, operator: null }) }),
  'desk-locked-unreadable': view({
    ...locked,
    vault: 'locked',
    access: staffed({ locked: true, unreadable: true, operators: [] }),
  }),
  'address-operator': view({ access: staffed() }),
  'address-owner-asked': view({ access: staffed() }),
  'settings-operators': settingsAt('people', {
    access: staffed({ owner: { name: 'Petra', present: true, waitsUntil: null } }),
  }),
  'settings-owner': settingsAt('people'),
  'settings-recovery-code': settingsAt('people'),
  history: view({ screen: { at: 'history', record: null }, access: staffed() }),
  'history-record': view({ screen: { at: 'history', record }, access: staffed() }),
  'history-note': view({ screen: { at: 'history', record }, access: staffed() }),
  'history-receipt': view({ screen: { at: 'history', record }, access: staffed() }),
  'history-erase': view({ screen: { at: 'history', record }, access: staffed() }),
  'history-open': view({
    screen: {
      at: 'history',
      record: { ...record, state: 'open', endedAt: null, receipt: null, caseNote: NO_NOTE, earlierNotes: [] },
    },
  }),
  'history-none': view({ screen: { at: 'history', record: null } }),
  'history-looking': view({ screen: { at: 'history', record: null } }),
  'history-export': view({
    screen: { at: 'history', record: null },
    task: { format: 'csv', done: 41_200, of: 100_000 },
  }),
  'practice-address': view({ ...practice, practiceMails: [], shift: [] }),
  'practice-code': codeView(
    {
      practice: true,
      request: requestOf('registration'),
      delivery: { state: 'accepted', at: NOW, tookMs: 84 },
    },
    practice,
  ),
  'practice-verified': codeView(
    { practice: true, state: 'verified', endedAt: NOW, guessesLeft: 3 },
    { ...practice, practiceMails: [mail, secondMail] },
  ),
};

export function named(name: string): DeskView {
  const shown = views[name];
  if (shown === undefined) throw new Error(`there is no view ${name}`);
  return shown;
}
