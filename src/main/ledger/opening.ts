/**
 * @file What happens when the records are opened: store, anchor, keys and clock are compared before anything may
 * be spent. Whatever does not fit fails closed; a first run and a crash are told apart from a restored copy.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import { type Anchor, compare, formatAnchor, parseAnchor } from './anchor.ts';
import { type Clocks, startClocks } from './clocks.ts';
import { newId } from './identity.ts';
import { formatKeyring, type Keyring, MOST_GENERATIONS, parseKeyring, withNewKey } from './keyring.ts';
import { isFrozen, neededGenerations, pruned } from './keys.ts';
import { metaOf, rememberTime, settle } from './ledger.ts';
import type { VaultProblem, Vault, VaultItem } from '../ports/vault.ts';
import { KEEP_ENDED_MS, KEEP_SPENDS_MS } from './policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Meta, Records } from '../ports/records.ts';

interface Parts {
  readonly records: Records;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
}

export interface Opened {
  readonly clocks: Clocks;
  readonly keyring: Keyring;
}

/** Opens the records in one transaction: a crash half-way leaves everything to be done again. */
export async function openUp(parts: Parts): Promise<Result<Opened, VaultProblem>> {
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

async function settleAll({ records, vault, clock, random }: Parts): Promise<Result<Opened, VaultProblem>> {
  const keysItem = await read(vault, 'keys');
  if (!keysItem.ok) return keysItem;
  const anchorItem = await read(vault, 'anchor');
  if (!anchorItem.ok) return anchorItem;
  const anchor = parseAnchor(anchorItem.value);
  const found = parseKeyring(keysItem.value);
  const saved = records.meta();
  // Records that are gone or older than the anchor take no time back: what was spent last was spent by then.
  const { clocks, setBack } = startClocks(clock, saved, anchor?.at ?? null);

  const meta = saved ?? newMeta(random, clocks, found);
  const used = meta.counter > 0;
  const held = found?.at(meta.generation) ? found : null;
  const generation = held === null && used ? newest(meta.generation, found) + 1 : meta.generation;
  // Found keys stay beside the new one: they belong to the records that these were put in place of, perhaps by mistake.
  const complete = held ?? withNewKey(youngest(found), generation, random);
  records.setMeta({ ...meta, generation });

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
  const keyring = isFrozen(records, clocks) ? complete : pruned(complete, neededGenerations(records));
  if (held === null || keyring.roots.size < held.roots.size) {
    const written = await write(vault, 'keys', formatKeyring(keyring));
    if (!written.ok) return written;
  }
  // A clock that was set back is noticed once; from here on it is the clock.
  if (setBack) records.setMeta({ ...metaOf(records), highest: clocks.now() });
  rememberTime(records, clocks);
  return ok({ clocks, keyring });
}

function newMeta(random: Random, clocks: Clocks, keyring: Keyring | null): Meta {
  return {
    storeId: newId(random),
    counter: 0,
    link: newId(random),
    generation: newest(1, keyring),
    ...clocks.seen(),
    frozen: null,
  };
}

/** As many as leave room for one more. */
const youngest = (keyring: Keyring | null): ReadonlyMap<number, Uint8Array> =>
  new Map([...(keyring?.roots ?? [])].sort(([a], [b]) => b - a).slice(0, MOST_GENERATIONS - 1));

const newest = (atLeast: number, keyring: Keyring | null): number =>
  Math.max(atLeast, ...(keyring?.roots.keys() ?? []));

async function read(vault: Vault, item: VaultItem): Promise<Result<string | null, VaultProblem>> {
  const value = await vault.read(item);
  return value.ok ? value : fail({ code: 'vault', state: value.problem });
}

async function write(vault: Vault, item: VaultItem, value: string): Promise<Result<null, VaultProblem>> {
  const written = await vault.write(item, value);
  return written.ok ? written : fail({ code: 'vault', state: written.problem });
}
