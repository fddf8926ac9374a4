/**
 * @file Keeps the records: rows of the file whose seals were looked at, opened; and each one written sealed, with the digest
 * over all rows kept up to date in the same transaction. What was changed, deleted or put back behind the program's back is
 * not believed.
 */
import type { AnyRow, Kept, Meta, RecordsFile, RowVersion, VerificationRow } from '../ports/records.ts';
import type { Random } from '../ports/random.ts';
import { newIdAnd } from './identity.ts';
import type { Note } from './notes.ts';
import type { KeySet, Mark } from './keyring.ts';
import { createOpenedRows, type OpenedRow } from './opened-rows.ts';
import { sealAccount, sealOutcome, sealParticulars, sealShown } from './particulars.ts';
import { createSealedSpends } from './sealed-spends.ts';
import {
  type Digest,
  digestOf,
  EMPTY,
  hidden,
  isSealed,
  isSealedMeta,
  markOf,
  sameBytes,
  sealMeta,
  shown,
  withoutRow,
  withRow,
} from './seals.ts';
import type { Verification, Unreadable, Records } from './records.ts';

const unreadable = ({ id, openedAt }: VerificationRow): Unreadable => ({ id, openedAt, state: 'unreadable' });

const NONCE_BYTES = 16;

interface Pending {
  meta: Meta;
  digest: Digest;
  readonly notes: Note[];
  /** What will hide the digest, where it is drawn already. */
  nonce: Uint8Array | null;
}

/** Records inside the transaction in which they are opened. */
export function createRecords(
  file: RecordsFile,
  keys: KeySet,
  random: Random,
  begun: { readonly meta: Meta; readonly digest: Digest },
): Records {
  /** What this transaction has come to; null outside of one. */
  let pending: Pending | null = { ...begun, notes: [], nonce: null };
  /** What was committed last, as far as this process knows, with the seal it stands under. */
  let last: { readonly meta: Meta; readonly digest: Digest; readonly seal: Uint8Array } = {
    ...begun,
    seal: new Uint8Array(),
  };
  let tampered = false;
  /** As of when the whole file was last compared with its digest; null until then. */
  let auditedAt: number | null = null;
  let writtenAt = file.writtenElsewhere();
  const opened = createOpenedRows(file, keys);

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

  /** In a transaction what was read or written last is as the store has it: it was forgotten when another connection wrote. */
  function at(id: string): OpenedRow | null {
    const known = pending && opened.last(id);
    if (known !== null) return known;
    const version = file.version(id);
    return version && opened.at(version);
  }
  const readable = (versions: readonly RowVersion[]): readonly Verification[] =>
    versions.flatMap((version) => opened.at(version)?.verification ?? []);

  /** Puts a row into the digest, in the place of one with the mark `replaced` if there was one. */
  function add(any: AnyRow, replaced?: Mark): Mark {
    const mark = markOf(keys, any);
    if (replaced !== undefined) remove(replaced);
    inTransaction().digest = withRow(inTransaction().digest, mark);
    return mark;
  }
  function remove(mark: Mark): void {
    inTransaction().digest = withoutRow(inTransaction().digest, mark);
  }

  function update(row: Kept<VerificationRow>, replaced: Kept<VerificationRow>): void {
    if (!file.updateVerification(row, replaced)) throw new Error('a row was changed under its transaction');
  }

  const { purgeSpends, ...spends } = createSealedSpends(file, keys, { add, remove });

  return {
    countSpends: (query) => file.countSpends(query),
    spendBefore: (query, newer) => file.spendBefore(query, newer),
    guessesCounted: (after, address) => file.guessesCounted(after, address),
    guessesSpent: (after) => file.guessesSpent(after),
    ceiling: (query) => file.ceiling(query),
    kept: () => file.kept(),
    breathe: () => file.breathe(),
    entriesAfter: (ordinal, limit) => file.entriesAfter(ordinal, limit),
    wipe: () => file.wipe(),
    close: () => file.close(),

    async begin() {
      await file.begin();
      const written = file.writtenElsewhere();
      if (written !== writtenAt) {
        // A trigger would have a hand in what is written from now on.
        if (!file.isOnlyOurs()) throw new Error('something that is not ours was put into the records');
        // It found the keys gone and made new ones: rows sealed with these it could not read.
        if (![null, keys.name].includes(look())) throw new Error('another process took new keys into use');
        opened.forgetAll();
        writtenAt = written;
      }
      pending = { meta: last.meta, digest: last.digest, notes: [], nonce: null };
    },
    commit({ highest, budget }) {
      const { meta, digest, nonce: drawn } = inTransaction();
      const next = {
        ...meta,
        highest: Math.max(meta.highest, highest),
        budget: Math.max(meta.budget, budget),
      };
      const nonce = drawn ?? random.bytes(NONCE_BYTES);
      const row = sealMeta(keys, { ...next, digest: hidden(keys, digest, nonce), nonce });
      file.setMeta(row);
      file.commit();
      last = { meta: next, digest, seal: row.seal };
      pending = null;
    },
    rollback() {
      // Rows may be remembered as they did not come to be.
      if (pending?.digest !== last.digest) opened.forgetAll();
      pending = null;
      file.rollback();
    },

    meta() {
      if (pending !== null) return pending.meta;
      look();
      return last.meta;
    },
    nextStep() {
      const transaction = inTransaction();
      const [link, nonce] = newIdAnd(NONCE_BYTES, random);
      transaction.nonce = nonce;
      return { counter: transaction.meta.counter + 1, link };
    },
    setMeta(change) {
      const transaction = inTransaction();
      transaction.meta = { ...transaction.meta, ...change };
    },
    digest: () => keys.hash('digest', inTransaction().digest.toString(16)),
    async audit() {
      const snapshot = await file.snapshot();
      if (snapshot === null) return;
      try {
        const { meta, version } = snapshot;
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
      if (writtenAt === auditedAt) return;
      if (digestOf(keys, file.rows()) !== inTransaction().digest) tampered = true;
      auditedAt = writtenAt;
    },
    isTampered: () => tampered,
    takeAsIs() {
      inTransaction().digest = digestOf(keys, file.rows());
      tampered = false;
    },

    verification: (id) => at(id)?.verification ?? null,
    lastKnown: (id) => opened.last(id)?.verification ?? null,
    openedSince: (since, limit) =>
      file.openedSince(since, limit).flatMap((version) => {
        const known = opened.at(version);
        if (known !== null) return known.verification;
        const row = file.verification(version.id);
        return row === null ? [] : unreadable(row);
      }),
    openedFor: (addressHash, since) => readable(file.openedFor(addressHash, since)),
    page: (query, limit) => {
      const { rows, ...page } = file.page(query, limit);
      return { ...page, rows: rows.map((row) => opened.open(row) ?? unreadable(row)) };
    },
    open: () => readable(file.open()),
    openUnreadable: () =>
      file
        .open()
        .filter((version) => opened.at(version) === null)
        .flatMap(({ id }) => file.verification(id) ?? []),
    sending: () => readable(file.sending()),
    untidied: (limit) => readable(file.untidied(limit)),
    insert({ particulars, ended, ...facts }) {
      const row: VerificationRow = {
        ...facts,
        sealed: sealParticulars(keys, facts.id, particulars, random),
        outcome: ended === null ? null : sealOutcome(keys, facts.id, ended, random),
      };
      file.insertVerification({ ...row, seal: add({ table: 'verifications', row }).seal });
    },
    change(id, { particulars, ended, ...facts }) {
      const before = at(id);
      if (before === null) throw new Error('a row that can’t be read is not written');
      const { row: replaced } = before;
      const outcome = ended === undefined ? replaced.outcome : ended && sealOutcome(keys, id, ended, random);
      const sealed =
        particulars === undefined ? replaced.sealed : sealParticulars(keys, id, particulars, random);
      const next = { ...replaced, ...facts, sealed, outcome };
      const mark = add({ table: 'verifications', row: next }, before.mark);
      const row = { ...next, seal: mark.seal };
      update(row, replaced);
      const known = {
        particulars: particulars ?? before.verification.particulars,
        ended: ended === undefined ? before.verification.ended : null,
      };
      // How a message ended holds a server's words: they are read as they lie in the file.
      if (ended) opened.forget(id);
      else opened.remember({ row, mark, verification: { ...row, ...known } });
      if (replaced.state === 'open' && row.state !== 'open')
        inTransaction().notes.push({ what: 'verification-ended', id });
    },
    delete(id) {
      const row = file.verification(id);
      if (row === null) return;
      remove(markOf(keys, { table: 'verifications', row }));
      file.deleteVerification(id);
      opened.forget(id);
    },
    endUnreadable(replaced, changes) {
      const row = { ...replaced, ...changes };
      add({ table: 'verifications', row }, markOf(keys, { table: 'verifications', row: replaced }));
      update(row, replaced);
      opened.forget(row.id);
    },

    ...spends,
    purge(endedBefore, spentBefore) {
      for (const row of file.endedBefore(endedBefore)) {
        remove(markOf(keys, { table: 'verifications', row }));
        file.deleteVerification(row.id);
        opened.forget(row.id);
      }
      purgeSpends(spentBefore);
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
      file.insertEntry({ ...row, seal: add({ table: 'entries', row }).seal });
      inTransaction().meta = { ...inTransaction().meta, entry };
      return ordinal;
    },

    accounts: () => file.accounts().flatMap((row) => opened.account(row) ?? []),
    insertAccount(signIn, since) {
      // Also after one that can't be read.
      const ordinal = (file.accounts()[0]?.ordinal ?? 0) + 1;
      const row = { ordinal, since, sealed: sealAccount(keys, { ordinal, since, signIn }, random) };
      file.insertAccount({ ...row, seal: add({ table: 'accounts', row }).seal });
      inTransaction().notes.push({ what: 'account-changed', account: signIn.address });
    },
  };
}
