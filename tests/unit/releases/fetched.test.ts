/** @file The files that a newer version is in until it is in its place: of names that nobody can foresee, and new. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, it, vi } from 'vitest';
import { createDraft, discard } from '../../../src/main/releases/fetched.ts';

/** When it is set, what would be random. */
const foreseen = vi.hoisted(() => ({ bytes: null as Buffer | null }));
vi.mock('node:crypto', async (original) => {
  const crypto = await original<{ readonly randomBytes: (length: number) => Buffer }>();
  return { ...crypto, randomBytes: (length: number) => foreseen.bytes ?? crypto.randomBytes(length) };
});

const folder = mkdtempSync(join(tmpdir(), 'countersign-drafts-'));
afterEach(() => void (foreseen.bytes = null));
afterAll(() => rmSync(folder, { recursive: true }));

it('have another name each time', async () => {
  const drafts = [await createDraft(folder, ''), await createDraft(folder, '')];
  expect(new Set(drafts.map(({ path }) => path)).size).toBe(2);
  for (const draft of drafts) await discard(draft);
  expect(readdirSync(folder)).toEqual([]);
});

it.each([
  ['a file', (path: string) => writeFileSync(path, 'theirs')],
  ['a link', (path: string) => symlinkSync(join(folder, 'theirs'), path)],
])('are not written through %s that waits under the name [T-install-draft]', async (_what, wait) => {
  foreseen.bytes = Buffer.from('0123456789ab', 'hex');
  writeFileSync(join(folder, 'theirs'), 'theirs');
  const path = join(folder, '.countersign-newer-0123456789ab');
  wait(path);
  await expect(createDraft(folder, '')).rejects.toThrow('EEXIST');
  expect(readFileSync(path, 'utf8')).toBe('theirs');
  rmSync(path);
  rmSync(join(folder, 'theirs'));
});
