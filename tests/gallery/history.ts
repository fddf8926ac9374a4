/** @file What the history shows in the gallery: some rows, and one record with everything that a record can have. */
import { type HistoryRow, type HistorySlice, type RecordView } from '../../src/shared/history.ts';
import { requestOf } from '../../src/shared/request.ts';
import { MINUTE } from '../fakes/time.ts';

/** A Monday afternoon, a while before the gallery's now. */
const AT = Date.UTC(2026, 10, 23, 13, 31, 8);

export const record: RecordView = {
  id: 'h1',
  reference: 'MD-SQHG-5J',
  practice: false,
  entered: 'Chiara.Lombardi.di.Napoli@example.it',
  sentTo: 'chiara.lombardi.di.napoli@example.it',
  sentBy: { address: 'desk@harbour-clinic.example', host: 'mail.harbour-clinic.example', user: 'desk' },
  hints: [],
  request: requestOf('password-reset'),
  state: 'verified',
  endReason: null,
  openedAt: AT - 2 * MINUTE,
  expiresAt: AT + 8 * MINUTE,
  endedAt: AT,
  codeLength: 6,
  guessesLeft: 4,
  guessesAllowed: 5,
  resendAt: null,
  resendTooLate: false,
  spent: null,
  mayHaveLeft: true,
  delivery: { state: 'accepted', at: AT - MINUTE, tookMs: 212 },
  sends: 1,
  caseNote: { ticket: '48213', text: 'Called back on the number that we have.' },
  earlierNotes: [{ note: { ticket: '48213', text: 'Calls from a mobile.' }, at: AT, by: 'Karim' }],
  operator: 'Anna',
  policy: { codeLength: 6, guesses: 5 },
  guessesUsed: 1,
  mails: [{ at: AT - 2 * MINUTE, delivery: { state: 'accepted', at: AT - MINUTE, tookMs: 212 } }],
  receipt: {
    n: 4_316,
    key: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k',
    canShow: ['address', 'details', 'case', 'operator', 'account'],
  },
};

const row: HistoryRow = {
  ...{ id: 'h1', reference: record.reference, openedAt: record.openedAt, endedAt: AT },
  ...{ sentTo: record.sentTo, request: record.request, ticket: '48213', operator: 'Anna' },
  ...{ state: 'verified', delivery: 'accepted', returned: null },
};

export const found: HistorySlice = {
  rows: [
    row,
    { ...row, id: 'h2', sentTo: 'g.rossi@example.it', ticket: '', state: 'locked' },
    { ...row, id: 'h3', sentTo: 'paolo@example.it', operator: null, state: 'cancelled' },
    { id: 'h4', state: 'unreadable', openedAt: AT - 60 * MINUTE },
    {
      ...row,
      ...{
        id: 'h5',
        openedAt: AT - 1_700 * MINUTE,
        sentTo: 'a.very.long.name.indeed@department.university.example',
      },
      ...{
        ticket: 'INC-2026-000048170',
        operator: 'Dr. Marguerite Saint-Exupéry',
        delivery: 'returned',
        state: 'expired',
      },
    },
    { ...row, id: 'h6', openedAt: AT - 4_600 * MINUTE, ticket: '', operator: null, state: 'open' },
  ],
  next: null,
  scanned: 6,
  of: 4_316,
};
