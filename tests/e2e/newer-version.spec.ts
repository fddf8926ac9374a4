/**
 * @file The whole program as it is built for a release that names where to ask for newer versions: here a real https server
 * on this computer.
 */
import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { dirname, join } from 'node:path';
import type { Page } from '@playwright/test';
import { listen } from '../fakes/loopback.ts';
import { feedOf, imageOf, newKey, PAGE, sourceAt } from '../fakes/releases.ts';
import { ROOT } from '../../scripts/bootstrap.mjs';
import { signedFeed } from '../../scripts/release-feed.mjs';
import { makeCertificate } from '../integration/peers/certificate.ts';
import { type Desk, expect, test } from './fixture.ts';
import { launch, type Launched, runtime } from './launch/launch.ts';
import type { Runtime } from './launch/runtime.ts';

const KEY = newKey();

/** The runtime, with the program of another folder: Electron takes the folder, the stand-in its main file. */
const running = (folder: string): Runtime => ({
  ...runtime,
  command: (switches, record) => {
    const main = `--program=${join(folder, 'out/main/index.js')}`;
    const [program, ...args] = runtime.command([...switches, main], record);
    return [program, ...args.map((arg) => (arg === ROOT ? folder : arg))];
  },
});

/** A copy of the program that was built to ask at this place. */
function builtToAsk(folder: string, origin: string): void {
  mkdirSync(folder);
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  cpSync(join(ROOT, 'out'), join(folder, 'out'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  writeFileSync(join(folder, 'out/main/release.json'), sourceAt(origin, KEY));
}

interface Asking {
  readonly program: Launched;
  readonly page: Page;
  readonly host: string;
  /** What was asked for, in order. */
  readonly asked: readonly (string | undefined)[];
}

/** Starts the copy with its settings open, beside a place that answers; ends both. */
async function asking(
  desk: Desk,
  answer: (response: ServerResponse, url: string | undefined) => void,
  environment: NodeJS.ProcessEnv,
  use: (there: Asking) => Promise<void>,
): Promise<void> {
  await desk.close();
  const home = dirname(desk.profileDir);
  const { ca, cert, key } = await makeCertificate(home);
  const asked: (string | undefined)[] = [];
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, ({ url }, response) => {
    asked.push(url);
    answer(response, url);
  });
  const { port, stop } = await listen(server);
  const host = `localhost:${port}`;
  const folder = join(home, 'program');
  builtToAsk(folder, `https://${host}`);
  const env = { ...desk.env, NODE_EXTRA_CA_CERTS: ca, ...environment };
  const program = await launch({ profileDir: desk.profileDir, env, on: running(folder) });
  try {
    const { page } = program;
    // No account is set up, and the settings are there all the same.
    await page.evaluate(() => window.countersign.desk.go({ to: 'settings', page: 'about' }));
    await use({ program, page, host, asked });
  } finally {
    await program.close();
    server.closeAllConnections();
    await stop();
  }
}

const choice = (page: Page) => page.getByLabel('When a newer version is out');
/** The notice; the live region says it too, with a full stop, and the settings in one paragraph with the rest. */
const told = (page: Page, title: string) => page.getByText(title, { exact: true });

test('an owner who chose it is told of a newer version, by a place that Chromium cannot find, and nothing is opened [T-newer-told]', async ({
  desk,
}) => {
  const feed = feedOf('9.9.9', KEY);
  await asking(
    desk,
    (response) => response.end(feed),
    {},
    async ({ program, page, host, asked }) => {
      await expect(choice(page)).toHaveValue('off');
      await expect(choice(page).locator('option')).toHaveText(['Do not ask', 'Tell me']);
      await expect(page.getByText(`Asks ${host} once a day`)).toBeVisible();
      expect(asked, 'nothing is asked before').toEqual([]);
      await choice(page).selectOption('tell');
      await expect(told(page, 'Countersign 9.9.9 is out')).toBeVisible();
      await expect(page.getByText(`It is at ${PAGE}. Nothing is downloaded`).first()).toBeVisible();
      expect(asked).toEqual(['/feed']);
      expect(program.outside()).toEqual([]);
      const found = await page.evaluate(
        (url) =>
          fetch(url).then(
            () => 'found',
            () => 'not found',
          ),
        `https://${host}/feed`,
      );
      expect(found).toBe('not found');
      await choice(page).selectOption('off');
      await expect(told(page, 'Countersign 9.9.9 is out')).toBeHidden();
    },
  );
});

test('an owner who chose it finds the newer version installed after the next quit [T-newer-installed]', async ({
  desk,
}) => {
  const script = (version: string): string => `#!/bin/sh\necho ${version}\n`;
  const image = join(dirname(desk.profileDir), 'Countersign.AppImage');
  writeFileSync(image, script('0.1.0'));
  chmodSync(image, 0o755);
  const newer = script('9.9.9');
  const feed = signedFeed('9.9.9', [{ ...imageOf('9.9.9', newer), arch: process.arch }], KEY);
  // As the AppImage's own runtime would say it of a program that runs from it.
  const [executable] = runtime.command([], []);
  const env = { APPIMAGE: image, APPDIR: dirname(realpathSync(executable)) };
  const answer = (response: ServerResponse, url: string | undefined) =>
    void response.end(url === '/feed' ? feed : newer);
  await asking(desk, answer, env, async ({ program, page, asked }) => {
    await choice(page).selectOption('install');
    await expect(
      told(page, 'Countersign 9.9.9 will be installed when you quit with nothing open'),
    ).toBeVisible();
    expect(asked).toEqual(['/feed', `/v9.9.9/${imageOf('9.9.9', newer).file}`]);
    expect(execFileSync(image, { encoding: 'utf8' })).toBe('0.1.0\n');
    await program.close();
    expect(await program.ended).toBe(0);
    expect(execFileSync(image, { encoding: 'utf8' })).toBe('9.9.9\n');
  });
});
