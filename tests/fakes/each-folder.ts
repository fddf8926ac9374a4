/** @file The folder of each test of a file: made before it, gone with all that is in it after it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach } from 'vitest';

/** The one that is there now; who imports it sees the next one, too. */
export let folder: string;

/** Before the hooks that work in it. */
export function makeFolderForEach(): void {
  beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'countersign-test-'))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
}
