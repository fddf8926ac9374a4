/** @file Owner, operators and their PINs in a real Secret Service, over a restart and behind a lock. */
import { randomBytes } from 'node:crypto';
import { expect, it } from 'vitest';
import { type Access, createAccess } from '../../../src/main/access/access.ts';
import { formatKeyring, withNewRoot } from '../../../src/main/ledger/keyring.ts';
import { MOST_OPERATORS, NAME_BYTES } from '../../../src/shared/access.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { PIN, WRONG } from '../../fakes/access-scene.ts';
import { stoppedAfterEach } from '../../fakes/stops.ts';
import { startSecretService } from '../peers/secret-service.ts';
import { startVaultProcess } from '../vault/vault-process.ts';
import { VAULT_LOCKED } from '../../fakes/answers.ts';

const opened = stoppedAfterEach();
const random = { bytes: (length: number) => new Uint8Array(randomBytes(length)) };

/** One run of the program. */
async function run(env: Readonly<Record<string, string>>) {
  const { vault } = opened(startVaultProcess(env));
  const clock = createFakeClock();
  const access: Access = createAccess({
    ...{ vault, clock, random, timers: clock.timers },
    hint: { read: () => false, keep: () => undefined },
    lockMinutes: () => 5,
    onChange: () => undefined,
  });
  await access.load((await vault.state()) === 'available');
  return { vault, access };
}

it('holds as many people as there can be, over a restart, with every wrong try [T-pin-keychain]', async () => {
  const service = opened(await startSecretService());
  const first = await run(service.env);
  await first.vault.write('keys', formatKeyring(withNewRoot(null, random)));
  expect(
    await first.access.setOwner({ name: 'Ж'.repeat(NAME_BYTES / 2), pin: PIN, current: '' }),
  ).toMatchObject({
    ok: true,
  });
  for (let n = 0; n < MOST_OPERATORS; n += 1) {
    const name = `${String(n).padStart(2, '0')}${'ж'.repeat(NAME_BYTES / 2 - 1)}`;
    expect(await first.access.addOperator({ name, pin: { change: 'set', pin: '5093' } })).toMatchObject({
      ok: true,
    });
  }
  for (let n = 0; n < 3; n += 1)
    expect(await first.access.enterOwner({ pin: WRONG })).toMatchObject({ ok: false });

  const { access } = await run(service.env);
  const view = access.view();
  const [anna] = view.on ? view.operators : [];
  expect(view).toMatchObject({ on: true, locked: true });
  expect(await access.enterOwner({ pin: PIN }), 'three wrong ones are remembered').toMatchObject(
    fail({ code: 'pin-waits' }),
  );
  expect(await access.sit({ id: anna?.id ?? '', pin: '5093' })).toEqual(ok(null));
});

it('behind a locked keychain no PIN is judged, and no try is lost [T-pin-keychain-locked]', async () => {
  const service = opened(await startSecretService());
  const { vault, access } = await run(service.env);
  await vault.write('keys', formatKeyring(withNewRoot(null, random)));
  await access.setOwner({ name: 'Petra', pin: PIN, current: '' });
  const before = await vault.read('access');
  await service.lock();
  for (const pin of [WRONG, PIN]) expect(await access.enterOwner({ pin })).toEqual(VAULT_LOCKED);
  await service.unlock();
  expect(await vault.read('access')).toEqual(before);
  expect(await access.enterOwner({ pin: PIN })).toEqual(ok(null));
});
