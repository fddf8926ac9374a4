/**
 * @file The access of a desk by itself: a vault with keys in it, a clock that is moved by hand, and real scrypt. Another
 * start of the program on the same vault is one call away.
 */
import { type Access, createAccess } from '../../src/main/access/access.ts';
import { formatKeyring, withNewRoot } from '../../src/main/ledger/keyring.ts';
import { fail } from '../../src/shared/result.ts';
import { createFakeClock, createFakeRandom, type FakeClock } from './clock.ts';
import { MINUTE } from './time.ts';
import { createFakeVault, type FakeVault } from './vault.ts';
import { valueOf } from './value-of.ts';

export const PIN = '482715';
export const WRONG = '915038';
export const WRONG_PIN = fail({ code: 'wrong-pin', waitsUntil: null } as const);

export interface AccessScene {
  access: Access;
  readonly vault: FakeVault;
  readonly clock: FakeClock;
  /** The hint that is kept outside of the vault. */
  readonly hint: { there: boolean };
  /** The recovery code of the newest owner's PIN. */
  readonly recoveryCode: () => string;
  /** The program starts again, and looks at the vault, which answers or not; null: it has not looked yet. */
  readonly restart: (available?: boolean | null) => Promise<void>;
  /** Turns it on; the owner stays. */
  readonly turnOn: () => Promise<void>;
  /** Types wrong PINs and lets every wait pass. */
  readonly wrongTries: (count: number) => Promise<void>;
  /** The id of an operator who was added. */
  readonly add: (name: string, pin?: string) => Promise<string>;
}

export async function openAccess(): Promise<AccessScene> {
  const clock = createFakeClock();
  const random = createFakeRandom();
  const vault = createFakeVault(new Map([['keys', formatKeyring(withNewRoot(null, random))]]));
  const hint = { there: false };
  let recoveryCode = '';
  const create = (): Access =>
    createAccess({
      ...{ vault, clock, random, timers: clock.timers },
      hint: { read: () => hint.there, keep: (there) => void (hint.there = there) },
      lockMinutes: () => 5,
      onChange: () => undefined,
    });
  const scene: AccessScene = {
    access: create(),
    ...{ vault, clock, hint },
    recoveryCode: () => recoveryCode,
    restart: async (available = true) => {
      scene.access.close();
      clock.restart();
      scene.access = create();
      if (available !== null) await scene.access.load(available);
    },
    turnOn: async () => {
      const set = valueOf(await scene.access.setOwner({ name: 'Petra', pin: PIN, current: '' }));
      recoveryCode = set.recoveryCode;
    },
    wrongTries: async (count) => {
      for (let n = 0; n < count; n += 1) {
        const tried = await scene.access.enterOwner({ pin: WRONG });
        if (tried.ok || tried.problem.code !== 'wrong-pin')
          throw new Error('a wrong PIN was not told as one');
        clock.pass(15 * MINUTE);
      }
    },
    add: async (name, pin) => {
      const change = pin === undefined ? ({ change: 'none' } as const) : ({ change: 'set', pin } as const);
      valueOf(await scene.access.addOperator({ name, pin: change }));
      const view = scene.access.view();
      return (view.on ? view.operators.at(-1)?.id : undefined) ?? '';
    },
  };
  await scene.access.load(true);
  return scene;
}
