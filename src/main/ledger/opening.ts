/**
 * @file What happens when the records are opened: store, anchor, keys and clock are compared before anything may
 * be spent. What does not fit fails closed; a first run and a crash are told apart from a restored copy.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import { type Anchor, compare, formatAnchor, parseAnchor } from './anchor.ts';
import { type Clocks, startClocks } from './clocks.ts';
import { newId } from './identity.ts';
import { formatKeyring, type Keyring, type KeySet, parseKeyring, withNewRoot } from './keyring.ts';
import { metaOf, rememberTime, settle } from './ledger.ts';
import type { Opened } from './opened.ts';
import type { VaultProblem, Vault, VaultItem } from '../ports/vault.ts';
import { KEEP_ENDED_MS, KEEP_SPENDS_MS } from './policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Meta } from '../ports/records.ts';

/** `records-newer`: what the vault has was written by a later version, and is left alone. */
export type OpeningProblem = VaultProblem | { readonly code: 'records-newer' };

/** Opens the records in one transaction: a crash half-way leaves everything to be done again. */
export async function openUp(
  parts: Pick<Opened, 'records' | 'vault' | 'random'> & { readonly clock: Clock },
): Promise<Result<Opened, OpeningProblem>> {
  const { records } = parts;
  await records.begin();
  try {
    const opened = await settleAll(parts);
    if (opened.ok) records.commit();
    else records.rollback();
    return opened;
  } catch (error) {
    records.rollback();
    throw error;
  }
}

async function settleAll({
  records,
  vault,
  clock,
  random,
}: Parameters<typeof openUp>[0]): Promise<Result<Opened, OpeningProblem>> {
  const keysItem = await read(vault, 'keys');
  if (!keysItem.ok) return keysItem;
  const anchorItem = await read(vault, 'anchor');
  if (!anchorItem.ok) return anchorItem;
  const parsedAnchor = parseAnchor(anchorItem.value);
  const parsedKeys = parseKeyring(keysItem.value);
  if (!parsedAnchor.ok || !parsedKeys.ok) return fail({ code: 'records-newer' });
  const anchor = parsedAnchor.value;
  const found = parsedKeys.value;
  const saved = records.meta();
  // Records that are gone or older than the anchor take no time back: what was spent last was spent by then.
  const { clocks, setBack } = startClocks(clock, saved, anchor?.at ?? null);

  const meta = saved ?? newMeta(random, clocks);
  const used = meta.counter > 0;
  // Records that were never used need no keys in particular.
  const held = (used ? found?.named(meta.keys) : found?.newest) ?? null;
  const [keys, made] = held === null ? newKeys(found, random) : [held, null];
  records.setMeta({ ...meta, keys: keys.name });

  const writeAnchor = (next: Anchor) => write(vault, 'anchor', formatAnchor(next));
  const standing = compare(meta, anchor, new Set(), found !== null);
  const keysGone = held === null && used ? 'keys-gone' : null;
  const settled = await settle({ records, random, clocks }, standing, anchor, keysGone, writeAnchor);
  if (!settled.ok) return settled;

  if (setBack) records.endOpen('clock', clocks.now());
  records.endDue(clocks.now());
  records.lockSpent(clocks.now());
  records.interruptSending();
  records.purge(clocks.now() - KEEP_ENDED_MS, clocks.budgetNow() - KEEP_SPENDS_MS);

  // Written last: until then a crash finds the same keys missing and comes to the same conclusions.
  if (made !== null) {
    const written = await write(vault, 'keys', formatKeyring(made));
    if (!written.ok) return written;
  }
  // A clock that was set back is noticed once; from here on it is the clock.
  if (setBack) records.setMeta({ ...metaOf(records), highest: clocks.now() });
  rememberTime(records, clocks);
  return ok({ records, vault, random, clocks, keys });
}

function newKeys(found: Keyring | null, random: Random): readonly [KeySet, Keyring] {
  const made = withNewRoot(found, random);
  return [made.newest, made];
}

/** Without the name of its keys, which the caller knows. */
function newMeta(random: Random, clocks: Clocks): Meta {
  return {
    storeId: newId(random),
    counter: 0,
    link: newId(random),
    keys: '',
    ...clocks.seen(),
    frozen: null,
  };
}

async function read(vault: Vault, item: VaultItem): Promise<Result<string | null, VaultProblem>> {
  const value = await vault.read(item);
  return value.ok ? value : fail({ code: 'vault', state: value.problem });
}

async function write(vault: Vault, item: VaultItem, value: string): Promise<Result<null, VaultProblem>> {
  const written = await vault.write(item, value);
  return written.ok ? written : fail({ code: 'vault', state: written.problem });
}
