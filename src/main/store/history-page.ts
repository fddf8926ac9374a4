/** @file One page of the history: what it looks at, and what of that has the result that was asked for. */
import type { SQLInputValue, SQLOutputValue } from 'node:sqlite';
import type { PageQuery, RecordsFile } from '../ports/records.ts';
import { toPlace, toVerification } from './rows.ts';

/** Rows that are looked at for each one that a page with a result may have: a few milliseconds of work. */
const LOOKED_FOR_ONE = 10;

/** The condition of what a page looks at, and the values it needs. */
function pageWhere({ after, from, to, of }: PageQuery): readonly [string, readonly SQLInputValue[]] {
  const conditions: (readonly [string, ...SQLInputValue[]])[] = [['1']];
  if (of !== null && 'addressHash' in of) conditions.push(['address_hash = ?', of.addressHash]);
  if (of !== null && 'referenceHash' in of) conditions.push(['reference_hash = ?', of.referenceHash]);
  if (from !== null) conditions.push(['opened_at >= ?', from]);
  // Behind the last page there is nothing newer; with both SQLite would begin at `to` and pass by everything again.
  if (to !== null && after === null) conditions.push(['opened_at < ?', to]);
  if (after !== null) conditions.push(['(opened_at, id) < (?, ?)', after.openedAt, after.id]);
  return [
    conditions.map(([condition]) => condition).join(' AND '),
    conditions.flatMap(([, ...values]) => values),
  ];
}

/** The condition on what was looked at, and the values it needs. */
function resultWhere(result: PageQuery['result']): readonly [string, readonly SQLInputValue[]] {
  if (result === 'not-delivered') return ["delivery_state IN ('refused', 'returned')", []];
  return result === null ? ['1', []] : ['state = ?', [result]];
}

/** `all`: the rows that a statement finds with these values. */
export function readPage(
  all: (sql: string, ...values: readonly SQLInputValue[]) => Record<string, SQLOutputValue>[],
  query: PageQuery,
  limit: number,
): ReturnType<RecordsFile['page']> {
  const [condition, values] = pageWhere(query);
  const [meant, words] = resultWhere(query.result);
  // Both backwards, as the index has them: nothing is sorted.
  const order = 'ORDER BY opened_at DESC, id DESC LIMIT ?';
  const range = `FROM verifications WHERE ${condition} ${order}`;
  const most = query.result === null ? limit : limit * LOOKED_FOR_ONE;
  const places = all(`SELECT opened_at, id ${range}`, ...values, most).map(toPlace);
  const sql = `SELECT * FROM (SELECT * ${range}) WHERE ${meant} ${order}`;
  const rows = all(sql, ...values, most, ...words, limit).map(toVerification);
  const end = (rows.length === limit ? rows.at(-1) : places[most - 1]) ?? null;
  const looked = end === null ? places.length : places.findIndex(({ id }) => id === end.id) + 1;
  return { rows, end: end && { openedAt: end.openedAt, id: end.id }, looked };
}
