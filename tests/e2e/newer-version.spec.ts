/**
 * @file The whole program as it is built for a release that names where to ask for newer versions: here a real https server
 * on this computer.
 */
import { generateKeyPairSync } from 'node:crypto';
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { dirname, join } from 'node:path';
import { listen } from '../fakes/loopback.ts';
import { ROOT } from '../../scripts/bootstrap.mjs';
import { publicHalf, signedFeed } from '../../scripts/release-feed.mjs';
import { makeCertificate } from '../integration/peers/certificate.ts';
import { expect, test } from './fixture.ts';
import { launch, runtime } from './launch/launch.ts';
import type { Runtime } from './launch/runtime.ts';

const KEY = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const PAGE = 'https://countersign.example/get-it';

/** The runtime, with the program of another folder: Electron takes the folder, the stand-in its main file. */
const running = (folder: string): Runtime => ({
  ...runtime,
  command: (switches, record) => {
    const main = `--program=${join(folder, 'out/main/index.js')}`;
    const [program, ...args] = runtime.command([...switches, main], record);
    return [program, ...args.map((arg) => (arg === ROOT ? folder : arg))];
  },
});

/** A copy of the program that was built to ask at this port. */
function builtToAsk(folder: string, port: number): void {
  mkdirSync(folder);
  cpSync(join(ROOT, 'package.json'), join(folder, 'package.json'));
  cpSync(join(ROOT, 'out'), join(folder, 'out'), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
  const source = { feed: `https://localhost:${port}/feed`, page: PAGE, key: publicHalf(KEY) };
  writeFileSync(join(folder, 'out/main/release.json'), JSON.stringify(source));
}

test('an owner who chose it is told of a newer version, by a place that Chromium cannot find, and nothing is opened [T-newer-told]', async ({
  desk,
}) => {
  await desk.close();
  const home = dirname(desk.profileDir);
  const { ca, cert, key } = await makeCertificate(home);
  let asked = 0;
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) => {
    asked += 1;
    response.end(signedFeed('9.9.9', KEY));
  });
  const { port, stop } = await listen(server);
  const folder = join(home, 'program');
  builtToAsk(folder, port);
  const env = { ...desk.env, NODE_EXTRA_CA_CERTS: ca };
  const program = await launch({ profileDir: desk.profileDir, env, on: running(folder) });
  try {
    const { page } = program;
    // No account is set up, and the settings are there all the same.
    await page.evaluate(() => window.countersign.desk.go({ to: 'settings', page: 'about' }));
    const tick = page.getByRole('checkbox', { name: 'Tell me when a newer version is out' });
    // The live region says it too, with a full stop.
    const told = page.getByText('Countersign 9.9.9 is out', { exact: true });
    await expect(tick).not.toBeChecked();
    await expect(page.getByText(`Asks localhost:${port} once a day`)).toBeVisible();
    expect(asked, 'nothing is asked before').toBe(0);
    await tick.click();
    await expect(told).toBeVisible();
    await expect(page.getByText(`It is at ${PAGE}.`)).toBeVisible();
    expect(asked).toBe(1);
    expect(program.outside()).toEqual([]);
    const found = await page.evaluate(
      (url) =>
        fetch(url).then(
          () => 'found',
          () => 'not found',
        ),
      `https://localhost:${port}/feed`,
    );
    expect(found).toBe('not found');
    await tick.click();
    await expect(tick).not.toBeChecked();
    await expect(told).toBeHidden();
  } finally {
    await program.close();
    server.closeAllConnections();
    await stop();
  }
});
