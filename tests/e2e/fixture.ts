/**
 * @file The fixture of the end-to-end tests: the built program with a profile of its own, in a window of its
 * own. It must never touch the profile, keychain or display of the person who runs the tests.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { openDisplay } from '../../scripts/display.mjs';
import { launch, runtime, type Launched } from './launch/launch.ts';
import type { Crossing, Runtime } from './launch/runtime.ts';

export interface Desk {
  /** The current launch's page; ask again after `restart`. */
  readonly page: Page;
  /** What the program remembers; it stays through restarts and is gone after the test. */
  readonly profileDir: string;
  /** What the program was started with: its own home, display and desktop. */
  readonly env: NodeJS.ProcessEnv;
  /** The running program, for what only some tests need. */
  readonly program: Launched;
  /** Quits the program (if it still runs) and starts it again on the same profile. */
  readonly restart: (changes?: NodeJS.ProcessEnv) => Promise<void>;
  readonly close: () => Promise<void>;
  /** Everything that crossed the bridge, earlier launches included. */
  readonly trace: () => readonly Crossing[];
}

interface TestFixtures {
  /** Added to the program's environment; `test.use({ desktopEnv: … })` sets it. */
  readonly desktopEnv: NodeJS.ProcessEnv;
  /** Loaded before the program; `test.use({ desktopScripts: … })` sets it. */
  readonly desktopScripts: readonly string[];
  /** The runtime it is started on, or what stands around that. */
  readonly desktopOn: Runtime;
  readonly desk: Desk;
}

export const test = base.extend<TestFixtures, { readonly display: Awaited<ReturnType<typeof openDisplay>> }>({
  desktopEnv: [{}, { option: true }],
  desktopScripts: [[], { option: true }],
  desktopOn: [runtime, { option: true }],

  display: [
    // Playwright reads what a fixture needs from the pattern of its first parameter.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      process.stdout.write(`runtime: ${runtime.name}\n`);
      const display = await openDisplay();
      await use(display);
      await display.stop();
    },
    { scope: 'worker', timeout: 30_000 },
  ],

  desk: async ({ desktopEnv, desktopScripts: scripts, desktopOn: on, display }, use) => {
    const home = mkdtempSync(join(tmpdir(), 'countersign-e2e-'));
    const profileDir = join(home, 'profile');
    // What the program and its window put aside for the moment is gone with the rest, however they end.
    const temporary = join(home, 'tmp');
    mkdirSync(temporary);
    const env = { ...display.env, HOME: home, TMPDIR: temporary, ...desktopEnv };
    const earlier: Crossing[] = [];
    let program = await launch({ profileDir, env, scripts, on });
    await use({
      profileDir,
      env,
      get page() {
        return program.page;
      },
      get program() {
        return program;
      },
      restart: async (changes = {}) => {
        await program.close();
        earlier.push(...program.trace());
        program = await launch({ profileDir, env: { ...env, ...changes }, scripts, on });
      },
      close: () => program.close(),
      trace: () => [...earlier, ...program.trace()],
    });
    await program.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  },
});

export { expect } from '@playwright/test';
