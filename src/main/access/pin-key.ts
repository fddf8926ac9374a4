/**
 * @file The key of the PINs, which lies beside the keys of the records: a person who takes the PINs out of the keychain leaves
 * it behind, and who takes it out as well takes the keys of the records.
 */
import { fail, ok, type Result } from '../../shared/result.ts';
import { formatKeyring, type Keyring, parseKeyring, withPinKey } from '../ledger/keyring.ts';
import type { Vault, VaultProblem } from '../ports/vault.ts';

type NoKeys = { readonly code: 'no-account' };
/** A later version's, which this one can't read. */
type LaterKeys = { readonly code: 'later' };

/** The keys as the vault has them. They are made when an account is set up: before that there are none. */
export async function readKeys(vault: Vault): Promise<Result<Keyring, VaultProblem | NoKeys | LaterKeys>> {
  const text = await vault.read('keys');
  if (!text.ok) return fail({ code: 'vault', state: text.problem });
  const keyring = parseKeyring(text.value);
  if (!keyring.ok) return fail({ code: keyring.problem });
  return keyring.value === null ? fail({ code: 'no-account' }) : ok(keyring.value);
}

/** What a person is told: an account is not opened beside a later version's keys. */
export const missing = (problem: VaultProblem | NoKeys | LaterKeys): VaultProblem | NoKeys =>
  problem.code === 'later' ? { code: 'no-account' } : problem;

/** Puts this key for PINs beside the keys of the records, or takes it away. */
export async function keepPinKey(
  vault: Vault,
  pinKey: Uint8Array | null,
): Promise<Result<null, VaultProblem | NoKeys>> {
  const keys = await readKeys(vault);
  if (!keys.ok) return fail(missing(keys.problem));
  const written = await vault.write('keys', formatKeyring(withPinKey(keys.value, pinKey)));
  return written.ok ? written : fail({ code: 'vault', state: written.problem });
}
