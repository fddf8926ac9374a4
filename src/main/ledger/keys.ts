/**
 * @file The keys this process holds, and their change on demand. The vault learns a new key before any row needs
 * it, and forgets an old one only when no open verification's code depends on it.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import type { Clocks } from './clocks.ts';
import {
  formatKeyring,
  type Keyring,
  keyringOf,
  type KeySet,
  MOST_GENERATIONS,
  parseKeyring,
  withNewKey,
} from './keyring.ts';
import { metaOf, type Turn } from './ledger.ts';
import type { VaultProblem, Vault } from '../ports/vault.ts';
import {
  openOutcome,
  openParticulars,
  openParties,
  sealOutcome,
  sealParticulars,
  sealParties,
} from './particulars.ts';
import type { Random } from '../ports/random.ts';
import type { Records } from '../ports/records.ts';

export interface Keys {
  /** The keys the rows are sealed and hashed with. */
  current(): KeySet;
  at(generation: number): KeySet | null;
  /** Makes sure the keys of this generation are held: another process may have changed them. */
  learn(generation: number): Promise<Result<null, VaultProblem>>;
  /** New keys for everything at rest. Budgets and open codes stay. */
  rotate(turn: Turn): Promise<Result<null, VaultProblem>>;
  /** Whether {@link prune} has something to do. */
  hasRetired(): boolean;
  /** Drops keys that nothing needs any more; a vault that fails is asked again later. */
  prune(turn: Turn): Promise<void>;
}

interface Tools {
  readonly records: Records;
  readonly vault: Vault;
  readonly random: Random;
  readonly clocks: Clocks;
}

/** The generations that must be kept: the rows' own, and those that open codes are derived with. */
export function neededGenerations(records: Records): ReadonlySet<number> {
  return new Set([metaOf(records).generation, ...records.open().map((row) => row.codeGeneration)]);
}

/** Nothing may be spent for now, because the records were found to be others than expected: no key is dropped yet. */
export function isFrozen(records: Records, clocks: Clocks): boolean {
  const { frozen } = metaOf(records);
  return frozen !== null && frozen.until > clocks.budgetNow();
}

/** The keyring without what nothing needs. */
export function pruned(keyring: Keyring, needed: ReadonlySet<number>): Keyring {
  return keyringOf(new Map([...keyring.roots].filter(([generation]) => needed.has(generation))));
}

export function createKeys(tools: Tools, initial: Keyring): Keys {
  const { records, vault, random, clocks } = tools;
  let held = initial;

  async function readVault(generation: number): Promise<Result<Keyring, VaultProblem>> {
    const read = await vault.read('keys');
    if (!read.ok) return fail({ code: 'vault', state: read.problem });
    const keyring = parseKeyring(read.value);
    if (!keyring?.at(generation)) throw new Error('the keys of this store are not in the vault any more');
    return ok(keyring);
  }

  async function writeVault(keyring: Keyring): Promise<Result<null, VaultProblem>> {
    const written = await vault.write('keys', formatKeyring(keyring));
    return written.ok ? written : fail({ code: 'vault', state: written.problem });
  }

  const keys: Keys = {
    current: () => {
      const set = held.at(metaOf(records).generation);
      if (set === null) throw new Error('the keys of this store are not held');
      return set;
    },
    at: (generation) => held.at(generation),
    learn: async (generation) => {
      if (held.at(generation) !== null) return ok(null);
      const read = await readVault(generation);
      if (!read.ok) return read;
      held = read.value;
      return ok(null);
    },
    rotate: async (turn) => {
      // A step that is still to be charged names an address by a hash of the old key.
      const aligned = await turn.align();
      if (!aligned.ok) return aligned;
      const rotated = await turn.transact<Result<null, VaultProblem>>(async () => {
        const meta = metaOf(records);
        const read = await readVault(meta.generation);
        if (!read.ok) return { commit: false, value: read };
        const next = Math.max(...read.value.roots.keys()) + 1;
        records.endOlderThan(oldestKept(records), clocks.now());
        const keyring = withNewKey(pruned(read.value, neededGenerations(records)).roots, next, random);
        const written = await writeVault(keyring);
        if (!written.ok) return { commit: false, value: written };
        reseal(tools, keyring, next);
        records.setMeta({ ...metaOf(records), generation: next });
        held = keyring;
        return { commit: true, value: ok(null) };
      });
      if (rotated.ok) await keys.prune(turn);
      return rotated;
    },
    hasRetired: () => held.roots.size > neededGenerations(records).size && !isFrozen(records, clocks),
    prune: (turn) =>
      turn.transact(async () => {
        const read = await readVault(metaOf(records).generation);
        if (!read.ok) return { commit: false, value: undefined };
        const keyring = pruned(read.value, neededGenerations(records));
        if (keyring.roots.size === read.value.roots.size || (await writeVault(keyring)).ok) held = keyring;
        return { commit: false, value: undefined };
      }),
  };
  return keys;
}

/** The oldest generation that a keyring with one more key has room for. */
function oldestKept(records: Records): number {
  const needed = [...neededGenerations(records)].sort((a, b) => b - a);
  return needed[MOST_GENERATIONS - 2] ?? 0;
}

/** Seals and hashes every row afresh. A row whose keys are gone stays as it is: nobody can read it. */
function reseal({ records, random }: Tools, keyring: Keyring, generation: number): void {
  const fresh = keyring.at(generation);
  if (fresh === null) throw new Error('the new key is not in its keyring');
  for (const row of records.all()) {
    const old = keyring.at(row.generation);
    const particulars = openParticulars(old, row);
    if (particulars === null) continue;
    const ended = openOutcome(old, row);
    records.reseal({
      id: row.id,
      addressHash: fresh.hash('address', particulars.canonical),
      generation,
      sealed: sealParticulars(fresh, row, particulars, random),
      outcome: ended === null ? null : sealOutcome(fresh, row.id, ended, random),
    });
  }
  for (const spend of records.spends()) {
    const parties = openParties(keyring.at(spend.generation), spend);
    if (parties === null) continue;
    records.resealSpend({
      ...spend,
      addressHash: fresh.hash('address', parties.address),
      accountHash: parties.account === null ? null : fresh.hash('account', parties.account),
      generation,
      sealed: sealParties(fresh, spend, parties, random),
    });
  }
}
