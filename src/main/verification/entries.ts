/**
 * @file Makes the entries of the journal out of what a transaction did. What is in an entry is decided here, that there is
 * one by the ledger, and what it looks like by the journal.
 */
import type { CaseNote } from '../../shared/history.ts';
import { assertNever, fail, ok } from '../../shared/result.ts';
import type { Event, Hidden } from '../journal/claims.ts';
import { timeWithOffset, writeEntry } from '../journal/entry.ts';
import type { Moment } from '../ledger/clocks.ts';
import { numbersOf } from '../ledger/policy.ts';
import type { Entries, Note } from '../ledger/notes.ts';
import type { Records, Verification } from '../ledger/records.ts';
import type { Clock } from '../ports/clock.ts';
import type { Head, Signer } from '../ports/journal.ts';
import type { Random } from '../ports/random.ts';
import type { SigningKey } from './signing-key.ts';

export interface EntriesParts {
  readonly random: Random;
  readonly clock: Pick<Clock, 'offset'>;
  readonly practice: boolean;
  /** The program and its version. */
  readonly app: string;
  /** Who is at the desk; null where there are no operators. */
  readonly operator: () => string | null;
}

/** An event, with what of it is only hashed. */
interface Told {
  readonly event: Event;
  readonly hidden: Hidden;
}

const isNoted = ({ ticket, text }: CaseNote): boolean => ticket !== '' || text !== '';

export function createEntries(parts: EntriesParts, key: SigningKey): Entries {
  const { random, clock, practice, app, operator } = parts;

  /** Who is at the desk now is behind every change; a verification has its own. */
  function withOperator(hidden: Hidden): Hidden {
    const name = operator();
    return name === null ? hidden : { ...hidden, operator: name };
  }

  function ended(row: Verification): Told {
    const { particulars, endedAt, expiresAt, guessesUsed: guesses, sends, deliveryState: delivery } = row;
    const { reference, request, policy, delivery: address, operator: by, signIn, caseNote } = particulars;
    if (row.state === 'open') throw new Error('an open verification has no entry');
    const at = endedAt ?? expiresAt;
    return {
      event: {
        event: 'verification-ended',
        ended: timeWithOffset(at, clock.offset(at)),
        ...{ reference, result: row.state, purpose: request.purpose, guesses, sends, delivery, policy },
      },
      hidden: {
        address,
        ...(request.details.length > 0 && { details: request.details }),
        ...(isNoted(caseNote) && { case: { ticket: caseNote.ticket, note: caseNote.text } }),
        ...(by !== null && { operator: by }),
        account: signIn.address,
      },
    };
  }

  async function write(
    records: Records,
    head: Head | null,
    { event, hidden }: Told,
    at: Moment,
    signer: Signer,
    of: Verification | null,
  ): Promise<void> {
    const writing = { signer, random, practice, app };
    const { token, disclosures: shown, head: entry } = await writeEntry(writing, head, event, hidden, at.now);
    const kept = of === null && Object.keys(shown).length > 0 ? shown : null;
    const ordinal = records.insertEntry(entry, token, kept);
    if (of === null) return;
    records.change(of.id, {
      particulars: { ...of.particulars, entry: { ordinal, n: entry.n, key: signer.thumbprint, shown } },
    });
  }

  async function writeNote(records: Records, note: Note, at: Moment): Promise<void> {
    const last = records.meta().entry;
    const head = note.what === 'entries-lost' ? note.after : last;
    const found = head === null ? ok(null) : await key.signerFor(head.key);
    if (!found.ok) throw new Error(`the signing key cannot be read: the vault is ${found.problem.state}`);
    // The lost entries are of a journal whose key is gone: another one was begun.
    if (note.what === 'entries-lost' && found.value === null) return;
    if (head === null || found.value === null) throw new Error('there is no journal to write to');
    const signer = found.value;
    switch (note.what) {
      case 'verification-ended': {
        const row = records.verification(note.id);
        if (row === null) throw new Error('a verification is gone before its entry was written');
        return write(records, head, ended(row), at, signer, row);
      }
      case 'account-changed': {
        const hidden = withOperator({ account: note.account });
        return write(records, head, { event: { event: note.what }, hidden }, at, signer, null);
      }
      case 'policy-changed': {
        const event = { event: note.what, policy: numbersOf(note.policy) };
        return write(records, head, { event, hidden: withOperator({}) }, at, signer, null);
      }
      case 'operators-changed':
        return write(
          records,
          head,
          { event: { event: note.what }, hidden: withOperator({}) },
          at,
          signer,
          null,
        );
      case 'address-erased': {
        const event = { event: note.what, references: note.references };
        return write(records, head, { event, hidden: withOperator({}) }, at, signer, null);
      }
      case 'key-changed': {
        const event = { event: note.what, key: note.key };
        return write(records, head, { event, hidden: withOperator({}) }, at, signer, null);
      }
      case 'entries-lost': {
        const from = last?.iss === head.iss && last.n < head.n ? last.n + 1 : 1;
        const event = { event: note.what, from, to: head.n };
        return write(records, head, { event, hidden: {} }, at, signer, null);
      }
      default:
        return assertNever(note);
    }
  }

  return {
    async begin(records, at) {
      const lost = records.notes().find((note) => note.what === 'entries-lost');
      const head = lost?.after ?? records.meta().entry;
      const found = head === null ? ok(null) : await key.signerFor(head.key);
      if (!found.ok) return found;
      // The change of a key may have been killed before the old one was forgotten.
      if (found.value !== null) return key.keepOnly(found.value.thumbprint);
      // Only a key that never signed may begin a journal: another would write its first entries a second time.
      const signer = await key.renew();
      if (!signer.ok) return fail(signer.problem);
      await write(records, null, { event: { event: 'journal-begun' }, hidden: {} }, at, signer.value, null);
      return ok(null);
    },
    async write(records, notes, at) {
      for (const note of notes) await writeNote(records, note, at);
    },
  };
}
