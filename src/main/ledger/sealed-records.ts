/**
 * @file Keeps the records: rows of the file whose seals were looked at, opened; and each one written sealed, with the digest
 * over all rows kept up to date in the same transaction. What was changed, deleted or put back behind the program's back is
 * not believed.
 */
import type { AnyRow, Kept, Meta, RecordsFile, SpendRow, VerificationRow } from '../ports/records.ts';
import type { Random } from '../ports/random.ts';
import type { KeySet } from './keyring.ts';
import type { Note } from './notes.ts';
import {
  openAccount,
  openOutcome,
  openParticulars,
  sealAccount,
  sealOutcome,
  sealParticulars,
  sealShown,
} from './particulars.ts';
import {
  type Digest,
  EMPTY,
  hidden,
  isSealed,
  isSealedMeta,
  markOf,
  sealMeta,
  shown,
  withoutRow,
  withRow,
} from './seals.ts';

import type { Verification, Unreadable, Records } from './records.ts';

const unreadable = ({ id, openedAt }: VerificationRow): Unreadable => ({
  ...{ id, openedAt, state: 'unreadable' },
});

/** Opened rows that are kept in memory, because a view asks for the same ones again and again. */
const REMEMBERED = 200;
const NONCE_BYTES = 16;

const sameBytes = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;

/** The sum over these rows. */
export function digestOf(keys: KeySet, rows: Iterable<AnyRow>, sum: Digest = EMPTY): Digest {
  let digest = sum;
  for (const any of rows) digest = withRow(digest, markOf(keys, any));
  return digest;
}

interface Pending {
  meta: Meta;
  digest: Digest;
  readonly notes: Note[];
}

/** Whether this line about the store was written by the holder of these keys. */
export const isAuthentic = (keys: KeySet, meta: ReturnType<RecordsFile['meta']>): boolean =>
  meta !== null && isSealedMeta(keys, meta);

/** Records inside the transaction in which they are opened. */
export function createRecords(
  file: RecordsFile,
  keys: KeySet,
  random: Random,
  begun: { readonly meta: Meta; readonly digest: Digest },
): Records {
  /** What this transaction has come to; null outside of one. */
  let pending: Pending | null = { ...begun, notes: [] };
  /** What was committed last, as far as this process knows, with the seal it stands under. */
  let last: { readonly meta: Meta; readonly digest: Digest; readonly seal: Uint8Array } = {
    ...begun,
    seal: new Uint8Array(),
  };
  let tampered = false;
  /** As of when the whole file was last compared with its digest; null until then. */
  let auditedAt: number | null = null;
  let writtenAt = file.writtenElsewhere();
  const remembered = new Map<string, { readonly seal: Uint8Array; readonly verification: Verification }>();

  /** The line about the store as it is committed; the last one known, if what is there was not written with these keys. */
  function look(): string | null {
    const row = file.meta();
    if (row !== null && sameBytes(row.seal, last.seal)) return row.keys;
    if (row === null || !isSealedMeta(keys, row)) tampered = true;
    else last = { meta: row, digest: shown(keys, row), seal: row.seal };
    return row?.keys ?? null;
  }

  function inTransaction(): Pending {
    if (pending === null) throw new Error('records are written in a transaction');
    return pending;
  }

  /** The same seal is the same row: what it covers was looked at when it was opened. */
  function known(row: Kept<VerificationRow>): Verification | null {
    const one = remembered.get(row.id);
    return one !== undefined && sameBytes(one.seal, row.seal) ? one.verification : null;
  }

  function opened(row: Kept<VerificationRow>): Verification | null {
    if (!isSealed(markOf(keys, { table: 'verifications', row }), row)) return null;
    const particulars = openParticulars(keys, row);
    if (particulars === null) return null;
    return { ...row, particulars, ended: openOutcome(keys, row) };
  }

  function read(row: Kept<VerificationRow>): Verification | null {
    const before = known(row);
    if (before !== null) return before;
    const verification = opened(row);
    if (verification === null) return null;
    if (remembered.size >= REMEMBERED) remembered.clear();
    remembered.set(row.id, { seal: row.seal, verification });
    return verification;
  }

  const readable = (rows: readonly Kept<VerificationRow>[]): readonly Verification[] =>
    rows.flatMap((row) => read(row) ?? []);

  /** Puts a row into the digest, in the place of another if there was one. */
  function count(added: AnyRow | null, replaced: AnyRow | null): Uint8Array {
    const transaction = inTransaction();
    if (replaced !== null) transaction.digest = withoutRow(transaction.digest, markOf(keys, replaced));
    if (added === null) return new Uint8Array();
    const mark = markOf(keys, added);
    transaction.digest = withRow(transaction.digest, mark);
    return mark.seal;
  }

  function update(row: VerificationRow, replaced: Kept<VerificationRow>, seal: Uint8Array | null): void {
    const counted = count({ table: 'verifications', row }, { table: 'verifications', row: replaced });
    const written = file.updateVerification({ ...row, seal: seal ?? counted }, replaced);
    if (!written) throw new Error('a row was changed under its transaction');
  }

  const authentic = (row: Kept<SpendRow>): boolean => isSealed(markOf(keys, { table: 'spends', row }), row);

  return {
    countSpends: (query) => file.countSpends(query),
    spendBefore: (query, newer) => file.spendBefore(query, newer),
    oddsSpent: (after) => file.oddsSpent(after),
    guessesSpent: (after) => file.guessesSpent(after),
    ceiling: (query) => file.ceiling(query),
    kept: () => file.kept(),
    breathe: () => file.breathe(),
    entriesAfter: (ordinal, limit) => file.entriesAfter(ordinal, limit),
    wipe: () => file.wipe(),
    close: () => file.close(),

    async begin() {
      await file.begin();
      // What another has written may stand under the seal that was there before.
      if (file.writtenElsewhere() !== writtenAt) remembered.clear();
      writtenAt = file.writtenElsewhere();
      // It found the keys gone and made new ones: rows sealed with these it could not read.
      const isOthers = ![null, keys.name].includes(look());
      if (isOthers) throw new Error('another process took new keys into use');
      pending = { meta: last.meta, digest: last.digest, notes: [] };
    },
    commit({ highest, budget }) {
      const { meta, digest } = inTransaction();
      const next = {
        ...meta,
        highest: Math.max(meta.highest, highest),
        budget: Math.max(meta.budget, budget),
      };
      const nonce = random.bytes(NONCE_BYTES);
      const row = sealMeta(keys, { ...next, digest: hidden(keys, digest, nonce), nonce });
      file.setMeta(row);
      file.commit();
      last = { meta: next, digest, seal: row.seal };
      pending = null;
    },
    rollback() {
      pending = null;
      file.rollback();
    },

    meta() {
      if (pending !== null) return pending.meta;
      look();
      return last.meta;
    },
    setMeta(change) {
      const transaction = inTransaction();
      transaction.meta = { ...transaction.meta, ...change };
    },
    digest: () => keys.hash('digest', inTransaction().digest.toString(16)),
    async audit() {
      const version = file.writtenElsewhere();
      const snapshot = file.snapshot();
      if (snapshot === null) return;
      try {
        const { meta } = snapshot;
        // Another process has written since, or another file lies at the path by now.
        if (meta === null || !sameBytes(meta.seal, last.seal)) return;
        let sum = EMPTY;
        for await (const piece of snapshot.rows) sum = digestOf(keys, piece, sum);
        if (shown(keys, meta) !== sum) tampered = true;
        auditedAt = version;
      } finally {
        snapshot.close();
      }
    },
    auditAgain() {
      const version = file.writtenElsewhere();
      if (version === auditedAt) return;
      if (digestOf(keys, file.rows()) !== inTransaction().digest) tampered = true;
      auditedAt = version;
    },
    isTampered: () => tampered,
    takeAsIs() {
      inTransaction().digest = digestOf(keys, file.rows());
      tampered = false;
    },

    verification(id) {
      const row = file.verification(id);
      return row === null ? null : read(row);
    },
    openedSince: (since, limit) => file.openedSince(since, limit).map((row) => read(row) ?? unreadable(row)),
    page: (query, limit) => {
      const { rows, ...page } = file.page(query, limit);
      return { ...page, rows: rows.map((row) => known(row) ?? opened(row) ?? unreadable(row)) };
    },
    open: () => readable(file.open()),
    openUnreadable: () => file.open().filter((row) => read(row) === null),
    sending: () => readable(file.sending()),
    untidied: (limit) => readable(file.untidied(limit)),
    insert({ particulars, ended, ...facts }) {
      const row: VerificationRow = {
        ...facts,
        sealed: sealParticulars(keys, facts.id, particulars, random),
        outcome: ended === null ? null : sealOutcome(keys, facts.id, ended, random),
      };
      file.insertVerification({ ...row, seal: count({ table: 'verifications', row }, null) });
    },
    change(id, { particulars, ended, ...facts }) {
      const row = file.verification(id);
      if (row === null || read(row) === null) throw new Error('a row that can’t be read is not written');
      const outcome = ended === undefined ? row.outcome : ended && sealOutcome(keys, id, ended, random);
      const sealed = particulars === undefined ? row.sealed : sealParticulars(keys, id, particulars, random);
      update({ ...row, ...facts, sealed, outcome }, row, null);
      if (row.state === 'open' && facts.state !== undefined && facts.state !== 'open')
        inTransaction().notes.push({ what: 'verification-ended', id });
    },
    delete(id) {
      const row = file.verification(id);
      if (row === null) return;
      count(null, { table: 'verifications', row });
      file.deleteVerification(id);
      remembered.delete(id);
    },
    endUnreadable: (row, changes) => update({ ...row, ...changes }, row, row.seal),

    spend(id, kind, ordinal) {
      const row = file.spend(id, kind, ordinal);
      return row !== null && authentic(row) ? row : null;
    },
    withCeiling: (account) => file.withCeiling(account).filter(authentic),
    insertSpend(row) {
      file.insertSpend({ ...row, seal: count({ table: 'spends', row }, null) });
    },
    changeSpend({ verificationId, kind, ordinal }, changes) {
      const row = file.spend(verificationId, kind, ordinal);
      if (row === null || !authentic(row)) throw new Error('a row that can’t be read is not written');
      const next = { ...row, ...changes };
      const seal = count({ table: 'spends', row: next }, { table: 'spends', row });
      if (!file.updateSpend({ ...next, seal }, row))
        throw new Error('a row was changed under its transaction');
    },
    purge(endedBefore, spentBefore) {
      for (const row of file.endedBefore(endedBefore)) {
        count(null, { table: 'verifications', row });
        file.deleteVerification(row.id);
      }
      for (const row of file.spentBefore(spentBefore)) {
        count(null, { table: 'spends', row });
        file.deleteSpend(row);
      }
    },

    note: (note) => void inTransaction().notes.push(note),
    notes: () => inTransaction().notes,
    entryToken(ordinal) {
      const [row] = file.entriesAfter(ordinal - 1, 1);
      if (row?.ordinal !== ordinal) return null;
      return isSealed(markOf(keys, { table: 'entries', row }), row) ? row.token : null;
    },
    insertEntry(entry, token, shown) {
      const ordinal = file.lastOrdinal() + 1;
      const row = { ordinal, token, sealed: shown && sealShown(keys, ordinal, shown, random) };
      file.insertEntry({ ...row, seal: count({ table: 'entries', row }, null) });
      inTransaction().meta = { ...inTransaction().meta, entry };
      return ordinal;
    },

    accounts: () =>
      file
        .accounts()
        .filter((row) => isSealed(markOf(keys, { table: 'accounts', row }), row))
        .flatMap((row) => openAccount(keys, row) ?? []),
    insertAccount(signIn, since) {
      // Also after one that can't be read.
      const ordinal = (file.accounts()[0]?.ordinal ?? 0) + 1;
      const row = { ordinal, since, sealed: sealAccount(keys, { ordinal, since, signIn }, random) };
      file.insertAccount({ ...row, seal: count({ table: 'accounts', row }, null) });
      inTransaction().notes.push({ what: 'account-changed', account: signIn.address });
    },
  };
}
