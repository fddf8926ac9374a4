/** @file What is sealed into a row is read again as it was written, and never taken for what it is not. */
import { describe, expect, it } from 'vitest';
import { type KeySet, withNewRoot } from '../../../src/main/ledger/keyring.ts';
import {
  type Ended,
  openOutcome,
  openParticulars,
  type Particulars,
  sealOutcome,
  sealParticulars,
} from '../../../src/main/ledger/particulars.ts';
import { requestOf } from '../../../src/shared/request.ts';
import { createFakeRandom } from '../../fakes/clock.ts';
import { OPEN_ROW as row } from '../../fakes/row.ts';

const random = createFakeRandom('particulars');
const keys = withNewRoot(null, random).newest;
const particulars: Particulars = {
  reference: 'C7-4KQ2-93',
  practice: false,
  entered: ' Maria@Example.TEST ',
  delivery: 'Maria@example.test',
  canonical: 'maria@example.test',
  request: requestOf('payment', { amount: '€49.90', payee: 'Harbour Clinic' }),
  signIn: { address: 'desk@clinic.example', host: 'mail.clinic.example', user: 'desk' },
  messageIds: ['<a.b@example.test>'],
  policy: { codeLength: 6 },
  mails: [
    { at: 1_000_000, ended: { state: 'accepted', at: 1_000_100, tookMs: 100 } },
    { at: 1_100_000, ended: null },
  ],
  operator: 'Anna',
  caseNote: { ticket: '48219', text: 'Called back.\nAsked for the invoice.' },
  earlierNotes: [{ note: { ticket: '', text: 'Calls' }, at: 1_050_000, by: null }],
  entry: { ordinal: 3, n: 3, key: 'k'.repeat(43), shown: { address: 'WyJz' } },
};
const refused: Ended = {
  state: 'refused',
  at: 5,
  problem: { cause: 'busy', notBefore: 9, serverSaid: '421 4.7.0 Later' },
};

/** Keys that seal another text than they are given: what another version, or a fault in this one, would have written. */
const instead = (text: (given: string) => string): KeySet => ({
  ...keys,
  seal: (plain, place, of) => keys.seal(text(plain), place, of),
});
const changed = (change: object): KeySet =>
  instead((given) => JSON.stringify({ ...(JSON.parse(given) as object), ...change }));

const particularsBy = (by: KeySet): Particulars | null =>
  openParticulars(keys, { ...row, sealed: sealParticulars(by, row.id, particulars, random) });
const outcomeBy = (by: KeySet, ended: Ended): Ended | null =>
  openOutcome(keys, { ...row, outcome: sealOutcome(by, row.id, ended, random) });

describe('the sealed part of a verification', () => {
  it('is read as it was written', () => {
    expect(particularsBy(keys)).toEqual(particulars);
  });

  it('is read without what this version does not know', () => {
    expect(particularsBy(changed({ more: 1 }))).toEqual(particulars);
  });

  it.each([
    { version: 2 },
    { version: undefined },
    { delivery: undefined },
    { practice: 'no' },
    { request: { purpose: 5, details: [] } },
    { request: { purpose: 'payment' } },
    { messageIds: [7] },
    { signIn: { address: 'desk@clinic.example', host: 'mail.clinic.example' } },
  ])('is not read when it is of another form: %j', (change) => {
    expect(particularsBy(changed(change))).toBeNull();
  });

  it.each(['', '{', 'null', '7', '[]'])('is not read when it is no object: %j', (text) => {
    expect(particularsBy(instead(() => text))).toBeNull();
  });
});

describe('the sealed end of a message', () => {
  it.each<Ended>([
    refused,
    { state: 'accepted', at: 5, tookMs: 104.5 },
    { state: 'unknown', at: 5 },
    { state: 'returned', at: 5, status: '5.1.1', why: 'no-such-mailbox' },
    { state: 'returned', at: 5, status: null, why: 'other' },
  ])('is read as it was written: $state', (ended) => {
    expect(outcomeBy(keys, ended)).toEqual(ended);
  });

  it('with a cause that this version does not know is still a refusal, in the server’s words', () => {
    const renamed = changed({ problem: { cause: 'mailbox-moved', serverSaid: '551 moved' } });
    expect(outcomeBy(renamed, refused)).toEqual({
      state: 'refused',
      at: 5,
      problem: { cause: 'internal', serverSaid: '551 moved' },
    });
  });

  it.each([{ state: 'delivered' }, { at: -1 }, { problem: null }, { version: 9 }])(
    'is not read when it is of another form: %j',
    (change) => {
      expect(outcomeBy(changed(change), refused)).toBeNull();
    },
  );
});
