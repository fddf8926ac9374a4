/** @file The program ends when it is told to, although the keychain does not answer. */
import { startSecretService } from '../integration/peers/secret-service.ts';
import { expect, test } from './fixture.ts';

/** Less than the 25 s after which D-Bus itself gives up, and the program would end in any case. */
const LIMIT_MS = 15_000;

test('the program ends although a keychain call hangs, as one that was asked to end', async ({ desk }) => {
  const keychain = await startSecretService();
  try {
    await desk.restart(keychain.env);
    keychain.freeze();
    // Never answered: the page is gone before the keychain is.
    const asked = desk.page.evaluate(() => window.countersign.vault.retry()).catch(() => 'gone');
    const calls = () => desk.program.trace().map(({ channel }) => channel);
    await expect.poll(calls).toContain('vault.retry');

    process.kill(desk.program.pid, 'SIGTERM');
    const late = new Promise((resolve) => setTimeout(resolve, LIMIT_MS, 'hangs'));
    expect(await Promise.race([desk.program.ended, late])).toBe(0);
    await asked;
  } finally {
    await keychain.stop();
  }
});
