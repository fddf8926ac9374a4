/**
 * @file Takes away what names one address: its verifications, what other records say of it, and the anchor's last step. The
 * journal stays as it was signed, because of an address it has only a salted digest, and the salt goes with the record.
 * What was spent for it stays counted, as keyed hashes, until it is free: otherwise erasing would give guesses back.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { CaseNote } from '../../shared/history.ts';
import type { ParsedAddress } from '../address/address.ts';
import { decodeText } from '../journal/encoding.ts';
import { end } from '../ledger/changes.ts';
import type { Particulars, Shown } from '../ledger/particulars.ts';
import type { Verification } from '../ledger/records.ts';
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

  async function* all(of: PageQuery['of']): AsyncGenerator<Verification> {
    let after: PageQuery['after'] = null;
    for (;;) {
      const { rows, end } = records.page({ after, from: null, to: null, result: null, of }, PIECE);
      for (const row of rows) if (row.state !== 'unreadable') yield row;
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
      for await (const row of all({ addressHash })) own.push(row);
      const names = namesOf(address, own);
      const others: Verification[] = [];
      for await (const row of all(null))
        if (row.addressHash !== addressHash && isNamed(row.particulars, names)) others.push(row);
      if (own.length + others.length === 0) return fail({ code: 'not-found' });

      // Its code is bound to its details: one whose details are blanked has none any more.
      const ending = [...own, ...others.filter((row) => isNamed({ ...row.particulars, ...NO_NOTES }, names))];
      await turn.write(({ now }) => {
        for (const { id } of ending) end(records, id, { state: 'cancelled', endReason: 'desk' }, now);
      });
      for (const { id } of ending) deliveries.abort(id);
      await turn.write(() => {
        for (const { id } of others) {
          const row = records.verification(id);
          if (row !== null) records.change(id, { particulars: blanked(row.particulars, names) });
        }
        for (const { id } of own) records.delete(id);
        records.note({
          what: 'address-erased',
          references: own.map(({ particulars }) => particulars.reference),
        });
      });
      const forgotten = await turn.forgetStep();
      await records.wipe();
      core.onChange();
      return forgotten.ok ? ok(own.length) : forgotten;
    });
}

const NO_NOTES = { caseNote: { ticket: '', text: '' }, earlierNotes: [] } as const;

const folded = (text: string): string => text.normalize('NFKC').toLowerCase();

/** Every form in which it was written, longest first, so that none leaves a rest of another. */
function namesOf(
  { entered, delivery, canonical }: ParsedAddress,
  own: readonly Verification[],
): readonly string[] {
  const forms = [entered, delivery, canonical, ...own.flatMap(({ particulars }) => formsOf(particulars))];
  return [...new Set(forms.map((form) => folded(form.trim())))].toSorted((a, b) => b.length - a.length);
}

const formsOf = ({ entered, delivery, canonical }: Particulars): readonly string[] => [
  entered,
  delivery,
  canonical,
];

const names = (text: string, forms: readonly string[]): boolean =>
  forms.some((form) => folded(text).includes(form));

/** The text without them; as a whole where folding moved its letters. */
function without(text: string, forms: readonly string[]): string {
  if (!names(text, forms)) return text;
  if (folded(text).length !== text.length) return BLANK;
  let left = text;
  for (const form of forms)
    for (let at = folded(left).indexOf(form); at !== -1; at = folded(left).indexOf(form, at + BLANK.length))
      left = left.slice(0, at) + BLANK + left.slice(at + form.length);
  return left;
}

function isNamed({ caseNote, earlierNotes, request }: Particulars, forms: readonly string[]): boolean {
  const notes = [caseNote, ...earlierNotes.map(({ note }) => note)].flatMap(({ ticket, text }) => [
    ticket,
    text,
  ]);
  return [...notes, ...request.details.map(({ value }) => value)].some((text) => names(text, forms));
}

function blanked(particulars: Particulars, forms: readonly string[]): Particulars {
  const { caseNote, earlierNotes, request, entry } = particulars;
  const note = ({ ticket, text }: CaseNote): CaseNote => ({
    ticket: without(ticket, forms),
    text: without(text, forms),
  });
  return {
    ...particulars,
    caseNote: note(caseNote),
    earlierNotes: earlierNotes.map((earlier) => ({ ...earlier, note: note(earlier.note) })),
    request: {
      ...request,
      details: request.details.map(({ name, value }) => ({ name, value: without(value, forms) })),
    },
    entry: entry && { ...entry, shown: unnamed(entry.shown, forms) },
  };
}

/** What can be shown of its entry: a part that names it can't be shown any more, and can't be another. */
const unnamed = (shown: Shown, forms: readonly string[]): Shown =>
  Object.fromEntries(
    Object.entries(shown).filter(([, disclosure]) => {
      const text = folded(decodeText(disclosure) ?? '');
      return !forms.some((form) => text.includes(JSON.stringify(form).slice(1, -1)));
    }),
  );
