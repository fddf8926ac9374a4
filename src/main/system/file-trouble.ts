/** @file What an error of the file system, or of SQLite, says about the disk. */
import type { FileTrouble } from '../ports/files.ts';

const TROUBLE: Readonly<Record<string, FileTrouble>> = {
  ENOSPC: 'full',
  EDQUOT: 'full',
  SQLITE_FULL: 'full',
  EACCES: 'denied',
  EPERM: 'denied',
  EROFS: 'denied',
  SQLITE_READONLY: 'denied',
};

/** SQLite's primary result codes (sqlite.org/rescode.html). */
const SQLITE: Readonly<Record<number, string>> = {
  5: 'SQLITE_BUSY',
  8: 'SQLITE_READONLY',
  13: 'SQLITE_FULL',
};

/** The system's name of an error; empty when it has none. */
export function codeOf(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  const sqlite = 'errcode' in error ? SQLITE[Number(error.errcode) & 0xff] : undefined;
  return sqlite ?? String(error.code);
}

export const troubleOf = (code: string): FileTrouble => TROUBLE[code] ?? 'other';
