/**
 * @file What the keychain's entries of a profile are filed under. The name is made once and kept in the profile, so that it
 * survives a renamed user, a link and a move; it opens nothing by itself.
 */
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FILE = 'keychain-entry';
const NAME = /^Countersign [0-9a-f]{8}$/;

/**
 * The name for the profile in this folder, which is made if need be. It comes from the path it was first used at, so that a
 * profile whose files were deleted meets its old keys and anchor again, and is no first run.
 */
export function keychainEntry(profile: string): string {
  mkdirSync(profile, { recursive: true });
  const file = join(profile, FILE);
  const kept = read(file);
  // A file that was cut off or edited is no name: the path gives it again.
  if (kept !== null && NAME.test(kept)) return kept;
  const made = `Countersign ${createHash('sha256').update(realpathSync(profile)).digest('hex').slice(0, 8)}`;
  writeFileSync(file, `${made}\n`, { mode: 0o600 });
  return made;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
