/**
 * @file Takes away what names one address: its verifications, what other records say of it, and the anchor's last step. The
 * journal stays as it was signed, because of an address it has only a salted digest, and the salt goes with the record.
 * What was spent for it stays counted, as keyed hashes, until it is free: otherwise erasing would give guesses back.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { CaseNote } from '../../shared/history.ts';
import type { ParsedAddress } from '../address/address.ts';
import { withoutMentions } from '../address/mentions.ts';
import { decodeText } from '../journal/encoding.ts';
import { end } from '../ledger/changes.ts';
import type { Particulars, Shown } from '../ledger/particulars.ts';
import type { Unreadable, Verification } from '../ledger/records.ts';
import type { PageQuery } from '../ports/records.ts';
import type { VaultProblem } from '../ports/vault.ts';
import type { Core } from './core.ts';

export type EraseRefusal = VaultProblem | { readonly code: 'not-found' };

/** Rows that are looked at before other work has its turn. */
const PIECE = 150;
/** What stands in the place of an address in a note. */
const BLANK = '[erased]';

export function createErasing(core: Core): (address: ParsedAddress) => Promise<Result<number, EraseRefusal>> {
  const { records, keys, ledger, deliveries } = core;

  async function* all(of: PageQuery['of']): AsyncGenerator<Verification | Unreadable> {
    let after: PageQuery['after'] = null;
    for (;;) {
      const { rows, end } = records.page({ after, from: null, to: null, result: null, of }, PIECE);
      yield* rows;
      if (end === null) return;
      after = end;
      await records.breathe();
    }
  }

  return (address) =>
    ledger.turn(async (turn) => {
      // Before anything is taken away: the anchor can be written, and says nothing more that is to be charged.
      const aligned = await turn.align();
      if (!aligned.ok) return aligned;
      const addressHash = keys.hash('address', address.canonical);
      const own: Verification[] = [];
      // A row that was changed in its file is opened no more, and could be all the same.
      const spoiled: string[] = [];
      for await (const row of all({ addressHash }))
        if (row.state === 'unreadable') spoiled.push(row.id);
        else own.push(row);
      const blank = blankOf(address);
      const others: Verification[] = [];
      for await (const row of all(null))
        if (row.state !== 'unreadable' && row.addressHash !== addressHash && isNamed(row.particulars, blank))
          others.push(row);
      if (own.length + spoiled.length + others.length === 0) return fail({ code: 'not-found' });

      // Its code is bound to its details: one whose details are blanked has none any more.
      const ending = [...own, ...others.filter((row) => isNamed({ ...row.particulars, ...NO_NOTES }, blank))];
      await turn.write(({ now }) => {
        for (const { id } of ending) end(records, id, { state: 'cancelled', endReason: 'desk' }, now);
      });
      for (const { id } of ending) deliveries.abort(id);
      await turn.write(() => {
        for (const { id } of others) {
          const row = records.verification(id);
          if (row !== null) records.change(id, { particulars: blanked(row.particulars, blank) });
        }
        for (const id of [...own.map((row) => row.id), ...spoiled]) records.delete(id);
        records.note({
          what: 'address-erased',
          references: own.map(({ particulars }) => particulars.reference),
        });
      });
      const forgotten = await turn.forgetStep();
      await records.wipe();
      core.onChange();
      return forgotten.ok ? ok(own.length + spoiled.length) : forgotten;
    });
}

const NO_NOTES = { caseNote: { ticket: '', text: '' }, earlierNotes: [] } as const;

/** A text without the address that is erased. */
type Blank = (text: string) => string;

const blankOf =
  ({ canonical }: ParsedAddress): Blank =>
  (text) =>
    withoutMentions(text, canonical, BLANK);

function isNamed({ caseNote, earlierNotes, request }: Particulars, blank: Blank): boolean {
  const notes = [caseNote, ...earlierNotes.map(({ note }) => note)].flatMap(({ ticket, text }) => [
    ticket,
    text,
  ]);
  return [...notes, ...request.details.map(({ value }) => value)].some((text) => blank(text) !== text);
}

function blanked(particulars: Particulars, blank: Blank): Particulars {
  const { caseNote, earlierNotes, request, entry } = particulars;
  const note = ({ ticket, text }: CaseNote): CaseNote => ({ ticket: blank(ticket), text: blank(text) });
  return {
    ...particulars,
    caseNote: note(caseNote),
    earlierNotes: earlierNotes.map((earlier) => ({ ...earlier, note: note(earlier.note) })),
    request: {
      ...request,
      details: request.details.map(({ name, value }) => ({ name, value: blank(value) })),
    },
    entry: entry && { ...entry, shown: unnamed(entry.shown, blank) },
  };
}

/** What can be shown of its entry: a part that names it can't be shown any more, and can't be another. */
const unnamed = (shown: Shown, blank: Blank): Shown =>
  Object.fromEntries(
    Object.entries(shown).filter(([, disclosure]) => {
      const texts: string[] = [];
      JSON.parse(decodeText(disclosure) ?? 'null', (_name, value: unknown) => {
        if (typeof value === 'string') texts.push(value);
        return value;
      });
      return texts.every((text) => blank(text) === text);
    }),
  );
