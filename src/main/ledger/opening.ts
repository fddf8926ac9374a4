/**
 * @file What happens when the records are opened: store, anchor, keys and clock are compared before anything may
 * be spent. What does not fit fails closed; a first run and a crash are told apart from a restored copy.
 */
import type { Policy } from '../../shared/choices.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type Anchor, compare, formatAnchor, parseAnchor } from './anchor.ts';
import { endDue, endOpen, interrupt } from './changes.ts';
import { startClocks } from './clocks.ts';
import { newId } from './identity.ts';
import {
  formatKeyring,
  type Keyring,
  type KeySet,
  parseKeyring,
  withNewRoot,
  withPinKey,
} from './keyring.ts';
import type { CodeOf, Opened } from './opened.ts';
import type { VaultProblem, Vault, VaultItem } from '../ports/vault.ts';
import { DAY_MS, isSamePolicy, KEEP_SPENDS_MS, numbersOf } from './policy.ts';
import type { Clock } from '../ports/clock.ts';
import type { Random } from '../ports/random.ts';
import type { Meta, RecordsFile } from '../ports/records.ts';
import { commitWithEntries, type Entries } from './notes.ts';
import { createRecords } from './sealed-records.ts';
import { digestOf, isSealedMeta, shown } from './seals.ts';
import { settle } from './settling.ts';

/** `records-newer`: what the vault has was written by a later version, and is left alone. `records-unreadable`: a damaged file. */
export type OpeningProblem = VaultProblem | { readonly code: 'records-newer' | 'records-unreadable' };

export interface OpeningParts {
  /** What was spent before is not known: where these records know of nothing themselves, nothing is spent for a day. */
  readonly waits: boolean;
  readonly file: RecordsFile;
  readonly vault: Vault;
  readonly clock: Clock;
  readonly random: Random;
  readonly codeOf: CodeOf;
  readonly entries: Entries;
  readonly policy: () => Policy;
  /** For how many days an ended verification is kept. */
  readonly keepDays: () => number;
}

/** Opens the records in one transaction: a crash half-way leaves everything to be done again. */
export async function openUp(parts: OpeningParts): Promise<Result<Opened, OpeningProblem>> {
  const { file } = parts;
  await file.begin();
  try {
    const opened = await settleAll(parts);
    if (!opened.ok) file.rollback();
    return opened;
  } catch (error) {
    file.rollback();
    throw error;
  }
}

/** Commits when all is settled. */
async function settleAll(parts: OpeningParts): Promise<Result<Opened, OpeningProblem>> {
  const { file, vault, clock, random, codeOf, entries, policy, keepDays } = parts;
  const keysItem = await read(vault, 'keys');
  if (!keysItem.ok) return keysItem;
  const anchorItem = await read(vault, 'anchor');
  if (!anchorItem.ok) return anchorItem;
  const pinsItem = await read(vault, 'access');
  if (!pinsItem.ok) return pinsItem;
  const parsedAnchor = parseAnchor(anchorItem.value);
  const parsedKeys = parseKeyring(keysItem.value);
  if (!parsedAnchor.ok || !parsedKeys.ok) return fail({ code: 'records-newer' });
  const anchor = parsedAnchor.value;
  const found = parsedKeys.value;
  const saved = file.meta();
  const used = saved !== null && saved.counter > 0;
  // Records that were never used need no keys in particular.
  const held = (used ? found?.named(saved.keys) : found?.newest) ?? null;
  // The entry with the owner's PIN is gone from the keychain: that is a way in, and no quicker one than a restore.
  const pinRemoved = pinsItem.value === null && found !== null && found.pinKey !== null;
  const left = pinRemoved ? withPinKey(found, null) : found;
  const [keys, made] = held === null ? newKeys(left, random) : [held, pinRemoved ? left : null];
  const authentic = saved !== null && isSealedMeta(keys, saved);
  // Times that were not written with these keys say nothing. Records that are gone or older than the anchor take no time
  // back: what was spent last was spent by then.
  const { clocks, setBack } = startClocks(clock, authentic ? saved : null, anchor?.at ?? null);
  const at = clocks.look();
  const { storeId, counter, link, frozen } = saved ?? {
    ...{ storeId: newId(random), counter: 0, link: newId(random), frozen: null },
  };
  const { highest, budget, entry } = authentic ? saved : { highest: at.now, budget: at.budget, entry: null };
  const meta: Meta = { storeId, counter, link, keys: keys.name, highest, budget, entry, frozen };
  const digest = authentic ? shown(keys, saved) : digestOf(keys, file.rows());
  const records = createRecords(file, keys, random, { meta, digest });

  const opened = { records, vault, random, clocks, keys, codeOf, entries, policy };
  const writeAnchor = (next: Anchor) => write(vault, 'anchor', formatAnchor(next));
  const compared = compare({ meta, digest: records.digest() }, anchor, new Set(), found !== null);
  // A line about the store that was not written with these keys says nothing; with lost keys it is another matter.
  const foreign = used && held !== null && !authentic;
  const standing = foreign || (parts.waits && !used) ? 'restored' : compared;
  const keysGone = held === null && used ? 'keys-gone' : null;
  const closed = keysGone ?? (pinRemoved ? 'pin-removed' : null);
  const settled = await settle(opened, at, standing, anchor, closed, writeAnchor);
  if (!settled.ok) return settled;

  if (setBack) endOpen(records, 'clock', at.now);
  endDue(records, at.now);
  for (const { id } of records.sending()) interrupt(records, id, at.now);
  records.purge(at.now - keepDays() * DAY_MS, at.budget - KEEP_SPENDS_MS);

  // Settings are a plain file: what was changed in it, and not by this program, is told as well.
  const remembered = anchor?.policy ?? null;
  if (remembered !== null && !isSamePolicy(remembered, numbersOf(policy())))
    records.note({ what: 'policy-changed', policy: policy() });

  const begun = await entries.begin(records, at);
  if (!begun.ok) return begun;

  // Written last: until then a crash finds the same keys missing and comes to the same conclusions.
  if (made !== null) {
    const written = await write(vault, 'keys', formatKeyring(made));
    if (!written.ok) return written;
  }
  // A clock that was set back is noticed once; from here on it is the clock.
  if (setBack) records.setMeta({ highest: at.now });
  await commitWithEntries(records, entries, at);
  return ok(opened);
}

function newKeys(found: Keyring | null, random: Random): readonly [KeySet, Keyring] {
  const made = withNewRoot(found, random);
  return [made.newest, made];
}

async function read(vault: Vault, item: VaultItem): Promise<Result<string | null, VaultProblem>> {
  const value = await vault.read(item);
  return value.ok ? value : fail({ code: 'vault', state: value.problem });
}

async function write(vault: Vault, item: VaultItem, value: string): Promise<Result<null, VaultProblem>> {
  const written = await vault.write(item, value);
  return written.ok ? written : fail({ code: 'vault', state: written.problem });
}
