/** @file What the views of the gallery are put together from: a desk, its rail, one verification, practice, people. */
import { type AccessView, type OperatorView } from '../../src/shared/access.ts';
import { defaultChoices } from '../../src/shared/choices.ts';
import { type SettingsPage } from '../../src/shared/settings.ts';
import { type NewerStage, type NewerVersion } from '../../src/shared/newer-version.ts';
import { type Purposes, USUAL_PURPOSES } from '../../src/shared/purposes.ts';
import { requestOf } from '../../src/shared/request.ts';
import {
  type DeskView,
  type MailPreview,
  type PracticeMail,
  type KnownRow,
  type VerificationView,
} from '../../src/shared/desk-view.ts';
import { type Cause } from '../../src/shared/causes.ts';
import { type AccountForm, type DeliveryProblem } from '../../src/shared/words.ts';
import { MINUTE } from '../fakes/time.ts';

/** A Monday afternoon; the gallery's Chromium runs in UTC. */
export const NOW = Date.UTC(2026, 10, 23, 14, 6, 12);

export const gmail: AccountForm = {
  kind: 'gmail',
  address: 'desk.harbourclinic@gmail.com',
  name: 'Harbour Clinic',
};
export const ownServer: AccountForm = {
  kind: 'server',
  address: 'desk@harbour-clinic.example',
  name: 'Harbour Clinic',
  server: {
    host: 'mail.harbour-clinic.example',
    port: 465,
    security: 'implicit-tls',
    user: 'desk@harbour-clinic.example',
  },
};

export const row = (over: Partial<KnownRow> & Pick<KnownRow, 'id' | 'sentTo'>): KnownRow => ({
  request: requestOf('registration'),
  state: 'verified',
  endReason: null,
  openedAt: NOW - 10 * MINUTE,
  expiresAt: NOW,
  endedAt: NOW - 4 * MINUTE,
  delivery: 'accepted',
  returned: null,
  sends: 1,
  ticket: '',
  ...over,
});

const shift: readonly KnownRow[] = [
  row({
    id: 'v1',
    sentTo: 'mia.keller@example.com',
    request: requestOf('payment', { amount: '€49.90', payee: 'Harbour Clinic' }),
    state: 'open',
    endedAt: null,
    expiresAt: NOW + 8 * MINUTE + 12_000,
  }),
  row({ id: 'v2', sentTo: 'j.okafor@example.org' }),
  row({
    id: 'v3',
    sentTo: 'sam@gmial.com',
    state: 'open',
    delivery: 'returned',
    returned: 'no-such-mailbox',
    endedAt: null,
    expiresAt: NOW + 3 * MINUTE,
  }),
  row({ id: 'v4', sentTo: 'noor.haddad@example.net', endedAt: NOW - 15 * MINUTE }),
  row({
    id: 'v5',
    sentTo: 'lars@example.com',
    state: 'open',
    delivery: 'unknown',
    endedAt: null,
    expiresAt: NOW + 2 * MINUTE,
  }),
  row({
    id: 'v6',
    sentTo: 'a.very.long.name.indeed@department.university.example',
    state: 'expired',
    endReason: 'time',
  }),
  row({ id: 'v7', sentTo: 'kim@example.com', state: 'locked', endReason: 'guesses' }),
  row({ id: 'v8', sentTo: 'ola@example.com', state: 'cancelled', endReason: 'desk' }),
];

export const verification = (over: Partial<VerificationView> = {}): VerificationView => ({
  id: 'v1',
  reference: 'C7-4KQ2-91',
  practice: false,
  sentTo: 'mia.keller@example.com',
  sentBy: { address: 'desk@harbour-clinic.example', host: 'mail.harbour-clinic.example', user: 'desk' },
  hints: [],
  request: requestOf('payment', { amount: '€49.90', payee: 'Harbour Clinic' }),
  state: 'open',
  endReason: null,
  openedAt: NOW - 108_000,
  expiresAt: NOW + 8 * MINUTE + 12_000,
  endedAt: null,
  codeLength: 6,
  guessesLeft: 5,
  guessesAllowed: 5,
  resendAt: NOW + 22_000,
  resendTooLate: false,
  spent: null,
  mayHaveLeft: true,
  delivery: { state: 'accepted', at: NOW - 100_000, tookMs: 212 },
  sends: 1,
  ...over,
});

/** Of the key in RFC 8037, appendix A.3. */
const THUMBPRINT = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';

export const base: DeskView = {
  version: '0.1.0',
  access: { on: false },
  now: NOW,
  practice: false,
  screen: { at: 'address' },
  businessName: gmail.name,
  releases: { host: 'countersign.example', from: 'countersign.example', way: 'appimage', newer: null },
  account: { form: gmail, secret: 'keychain', standing: 'tested', mailboxTrouble: null },
  vault: 'available',
  sessionOnly: false,
  recordsKept: false,
  draft: { address: '', request: requestOf('registration') },
  replacing: null,
  answered: null,
  shift,
  sends: { left: 237, allowed: 400, freesAt: NOW + 2 * 3_600_000, limitSaid: false },
  choices: defaultChoices('gmail'),
  refused: {},
  chance: { verificationOneIn: 200_000, addressDayOneIn: 50_000, deskDayOneIn: 5_000 },
  notices: [],
  journal: { name: THUMBPRINT, thumbprint: THUMBPRINT, entries: 4_316 },
  task: null,
  practiceMails: [],
};

export const view = (over: Partial<DeskView> = {}): DeskView => ({ ...base, ...over });

export const newerVersion = (stage: NewerStage): NewerVersion => ({
  version: '1.4.0',
  page: 'https://countersign.example/',
  stage,
});

export const homeVisit = { purpose: 'Home visit', details: ['Street', 'Door'], offered: true };
export const ownPurposes: Purposes = {
  usual: 'registration',
  list: [...USUAL_PURPOSES.list.map((one) => ({ ...one, offered: one.purpose !== 'payment' })), homeVisit],
};

/** Of the same message as the document, which is the gallery's own for every id. */
const preview: MailPreview = {
  id: 'preview-1',
  from: `${gmail.name} <${gmail.address}>`,
  subject: '409313 is your code for Harbour Clinic (until 14:14)',
  text: 'Your code for Harbour Clinic\n\n    409313\n\nFor: Registration',
};

export const settingsAt = (page: SettingsPage, over: Partial<DeskView> = {}): DeskView =>
  view({ screen: { at: 'settings', page, preview: null }, ...over });

export const messageSettings: DeskView = settingsAt('message', {
  screen: { at: 'settings', page: 'message', preview },
});
export const codeView = (over: Partial<VerificationView> = {}, desk: Partial<DeskView> = {}): DeskView =>
  view({
    screen: { at: 'verification', verification: verification(over), otherMail: null },
    ...desk,
  });

export const newcomer: Partial<DeskView> = { businessName: null, account: null, shift: [] };

export const mail: PracticeMail = {
  id: 'm1',
  from: 'Practice desk <practice@localhost>',
  to: 'mia.keller@example.com',
  subject: '409313 is your code for Practice desk (until 14:14)',
  text: [
    '409313',
    '',
    'This is your code for a registration at Practice desk.',
    'It is good until 14:14 (10 minutes).',
    '',
    'Only give it to staff at Practice desk. If you did not ask for it, you can ignore this mail.',
    '',
    'Reference C7-4KQ2-91',
  ].join('\n'),
  source: [
    'From: Practice desk <practice@localhost>',
    'To: mia.keller@example.com',
    'Subject: 409313 is your code for Practice desk (until 14:14)',
    'Message-ID: <v1.5f3a9c@localhost>',
    'Auto-Submitted: auto-generated',
    '',
    '409313',
  ].join('\r\n'),
  receivedAt: NOW - 2000,
};
export const practice: Partial<DeskView> = {
  practice: true,
  businessName: 'Practice desk',
  account: null,
  practiceMails: [mail],
  shift: shift.slice(0, 1),
};
export const secondMail: PracticeMail = {
  ...mail,
  id: 'm0',
  to: 'j.okafor@example.org',
  subject: '118290 is your code for Practice desk (until 14:09)',
  receivedAt: NOW - 300_000,
};

export const scanner = { name: 'Avast Web/Mail Shield Root', fingerprint: 'AA:01' };
export const problem = (cause: Cause, serverSaid: string | null = null): DeliveryProblem => ({
  cause,
  serverSaid,
});
export const refused = (
  cause: Cause,
  serverSaid: string | null = null,
  desk: Partial<DeskView> = {},
  over: Partial<VerificationView> = {},
): DeskView =>
  codeView(
    {
      delivery: { state: 'refused', at: NOW, problem: problem(cause, serverSaid) },
      sends: 0,
      resendAt: NOW,
      ...over,
    },
    desk,
  );

export const ended = (over: Partial<VerificationView>): DeskView =>
  codeView({ endedAt: NOW - MINUTE, expiresAt: NOW - MINUTE, resendAt: null, ...over });

const operator = (name: string, over: Partial<OperatorView> = {}): OperatorView => ({
  id: `id-${name}`,
  name,
  pin: false,
  waitsUntil: null,
  ...over,
});
export const staffed = (over: Partial<Extract<AccessView, { on: true }>> = {}): AccessView => ({
  on: true,
  locked: false,
  unreadable: false,
  operator: 'Anna',
  operators: [
    operator('Anna', { pin: true }),
    operator('Karim'),
    operator('Dr. Marguerite Saint-Exupéry-Lavallière', { pin: true, waitsUntil: NOW + 4 * MINUTE }),
    operator('李雪'),
    operator('عمر'),
  ],
  owner: { name: 'Petra', present: false, waitsUntil: null },
  ...over,
});
/** As main makes it: nothing of the desk is in it. */
export const locked: Partial<DeskView> = { screen: { at: 'locked' }, account: null, shift: [] };
