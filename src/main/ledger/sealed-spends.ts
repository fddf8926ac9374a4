/** @file Spends as they are kept: each under its seal, and in the digest over all rows. One that is not as it was sealed is none. */
import type { AnyRow, Kept, RecordsFile, SpendRow } from '../ports/records.ts';
import type { KeySet, Mark } from './keyring.ts';
import type { Records } from './records.ts';
import { isSealed, markOf } from './seals.ts';

/** The digest of the transaction. */
export interface InDigest {
  /** Puts a row in, in the place of one with the mark `replaced` if there was one. */
  readonly add: (any: AnyRow, replaced?: Mark) => Mark;
  readonly remove: (mark: Mark) => void;
}

type Spends = Pick<Records, 'spend' | 'withCeiling' | 'insertSpend' | 'changeSpend'> & {
  readonly purgeSpends: (before: number) => void;
};

export function createSealedSpends(file: RecordsFile, keys: KeySet, { add, remove }: InDigest): Spends {
  /** Of those that were looked at. */
  const marks = new WeakMap<Kept<SpendRow>, Mark>();
  function look(row: Kept<SpendRow>): Mark {
    const mark = markOf(keys, { table: 'spends', row });
    marks.set(row, mark);
    return mark;
  }
  const authentic = (row: Kept<SpendRow>): boolean => isSealed(look(row), row);

  return {
    spend(id, kind, ordinal) {
      const row = file.spend(id, kind, ordinal);
      return row !== null && authentic(row) ? row : null;
    },
    withCeiling: (account) => file.withCeiling(account).filter(authentic),
    insertSpend(row) {
      file.insertSpend({ ...row, seal: add({ table: 'spends', row }).seal });
    },
    changeSpend(replaced, changes) {
      const row = { ...replaced, ...changes };
      const { seal } = add({ table: 'spends', row }, marks.get(replaced) ?? look(replaced));
      if (!file.updateSpend({ ...row, seal }, replaced))
        throw new Error('a row was changed under its transaction');
    },
    purgeSpends(before) {
      for (const row of file.spentBefore(before)) {
        remove(look(row));
        file.deleteSpend(row);
      }
    },
  };
}
