/** @file Attacks through the calls of the page on the whole desk: account, session and keychain, gate, and the day's bounds. */
import { FAMILIES } from '../../src/main/address/spellings.ts';
import { ODDS_UNIT } from '../../src/main/ledger/policy.ts';
import { oddsOf } from '../../src/main/ledger/budgets.ts';
import { createGates } from '../../src/main/mail/mail.ts';
import { createSignInGate } from '../../src/main/mail/smtp/sign-in-gate.ts';
import { TIMING } from '../../src/main/mail/smtp/timing.ts';
import { defaultChoices } from '../../src/shared/choices.ts';
import { ACCOUNT, type DeskScene, openDesk, saving, startFor } from '../fakes/desk-scene.ts';
import { wrong } from '../fakes/wrong-code.ts';
import { comparisons } from './comparisons.ts';
import { atDesk, guessMany, requestNumber, type Strategy, strategy, withProfile } from './strategy.ts';

const {
  guesses: PER_VERIFICATION,
  addressGuesses: PER_ADDRESS,
  accountSends,
  deskOneIn,
} = defaultChoices('gmail');
const ROUNDS = 10;

/** The sum of chances that all guesses of a day may come to, in 10⁻⁸. */
export const DAY_BOUND = ODDS_UNIT / deskOneIn;
export const WHOLE_DAY = 'all mailboxes in a day: chances spent, in 10⁻⁸';

/** Opens what the desk gives for one mailbox, and guesses at all of it; answers how many guesses were submitted. */
async function besiege({ desk, post, settle }: DeskScene, round: number): Promise<number> {
  let tried = 0;
  for (let n = 0; n < 6; n += 1) {
    const started = await desk.handlers['verification.start']({
      address: 'maria@example.test',
      request: requestNumber(round * 10 + n),
    });
    if (!started.ok) continue;
    await settle();
    const code = wrong(post.letters.at(-1)?.code ?? '');
    for (let guess = 0; guess < PER_VERIFICATION + 1; guess += 1) {
      tried += 1;
      await desk.handlers['verification.check']({ id: started.value.id, code });
    }
  }
  return tried;
}

const save = async (scene: DeskScene, keep: 'keychain' | 'session'): Promise<void> => {
  await scene.desk.handlers['setup.choose']({ kind: 'gmail' });
  await scene.desk.handlers['setup.save'](saving({ keep, endOpen: true }));
};

export const DESK: readonly Strategy[] = [
  {
    name: 'account swapped with codes open',
    run: () =>
      withProfile(async (profile) => {
        const scene = await openDesk({ profile });
        const { handlers } = scene.desk;
        await scene.setUp();
        const { id } = await startFor(scene);
        const sent = scene.post.letters.length;
        const before = comparisons();
        let successes = 0;
        let tried = 0;
        for (let round = 0; round < ROUNDS; round += 1) {
          const address = `attacker${round}@gmail.com`;
          await handlers['setup.choose']({ kind: 'gmail' });
          await handlers['setup.save'](saving({ form: { ...ACCOUNT, address }, endOpen: true }));
          scene.clock.pass(60_000);
          await handlers['verification.resend']({ id });
          await scene.settle();
          // What the attacker's own server was handed, and the code of the mail that was sent before.
          const read = scene.post.letters.slice(sent).filter(({ verificationId }) => verificationId === id);
          for (const { code } of [...read, ...scene.post.letters.slice(0, sent)]) {
            tried += 1;
            const answer = await handlers['verification.check']({ id, code });
            if (answer.ok && answer.value.outcome === 'verified') successes += 1;
          }
          successes += read.length;
        }
        const judged = comparisons() - before;
        await scene.desk.close();
        return { tried, judged, successes, bound: 0, successBound: 0 };
      }),
  },
  {
    name: 'session and keychain alternated',
    run: () =>
      withProfile(async (profile) => {
        const before = comparisons();
        const scene = await openDesk({ profile });
        let tried = 0;
        for (let round = 0; round < ROUNDS; round += 1) {
          scene.vault.trouble = 'locked';
          await save(scene, 'session');
          tried += await besiege(scene, 2 * round);
          scene.vault.trouble = null;
          await save(scene, 'keychain');
          tried += await besiege(scene, 2 * round + 1);
        }
        await scene.desk.close();
        return { tried, judged: comparisons() - before, successes: 0, bound: PER_ADDRESS, successBound: 0 };
      }),
  },
  {
    name: 'keychain, restart and session in turn',
    run: () =>
      withProfile(async (profile) => {
        const before = comparisons();
        let scene = await openDesk({ profile });
        await scene.setUp();
        let tried = await besiege(scene, 0);
        for (let round = 1; round < ROUNDS; round += 1) {
          const { vault, clock, settings } = scene;
          await scene.desk.close();
          vault.trouble = round % 2 === 0 ? null : 'locked';
          scene = await openDesk({ profile, vault, clock, settings });
          await save(scene, round % 2 === 0 ? 'keychain' : 'session');
          tried += await besiege(scene, round);
        }
        await scene.desk.close();
        return { tried, judged: comparisons() - before, successes: 0, bound: PER_ADDRESS, successBound: 0 };
      }),
  },
  {
    name: 'session used, erased and removed in turn',
    run: () =>
      withProfile(async (profile) => {
        const before = comparisons();
        const scene = await openDesk({ profile });
        const { handlers } = scene.desk;
        scene.vault.trouble = 'missing';
        let tried = 0;
        for (let round = 0; round < ROUNDS; round += 1) {
          await save(scene, 'session');
          tried += await besiege(scene, round);
          await handlers['history.erase']({ address: 'maria@example.test' });
          await handlers['account.remove'](undefined);
        }
        await scene.desk.close();
        return { tried, judged: comparisons() - before, successes: 0, bound: PER_ADDRESS, successBound: 0 };
      }),
  },
  {
    name: 'every family of spellings',
    run: async () => {
      // Of those with the same rule one will do.
      const families = [...new Map(FAMILIES.map((family) => [family.source, family])).values()];
      let [tried, judged, successes] = [0, 0, 0];
      for (const { domains, overlooked, tag, subdomains } of families) {
        const found = await atDesk(async (attacker) => {
          for (let n = 0; n < 30; n += 1) {
            const domain = domains[n % domains.length] ?? '';
            const name = overlooked === undefined ? 'mariahal' : `maria${['', '.'][n % 2] ?? ''}hal`;
            const address =
              subdomains === true && n % 2 === 1
                ? `shop${n}@${name}.${domain}`
                : `${name}${tag ?? '+'}${n}@${domain}`;
            const id = (await attacker.open(address, requestNumber(n))) ?? '0'.repeat(32);
            await guessMany(attacker, id, PER_VERIFICATION + 1);
          }
          return attacker.finding(PER_ADDRESS);
        });
        tried += found.tried;
        judged += found.judged;
        successes += found.successes;
      }
      return { tried, judged, successes, bound: families.length * PER_ADDRESS, successBound: null };
    },
  },
  strategy(WHOLE_DAY, DAY_BOUND, async (attacker) => {
    let spent = 0;
    for (let n = 0; n < accountSends + 50; n += 1) {
      const id = await attacker.open(`guest${n}@example.test`, requestNumber(n));
      if (id === null) continue;
      const odds = oddsOf(attacker.scene.verifier.get(id)?.codeLength ?? 6);
      for (let guess = 0; guess < PER_VERIFICATION + 1; guess += 1) {
        const before = attacker.judged();
        await attacker.guess(id, '0'.repeat(attacker.scene.verifier.get(id)?.codeLength ?? 6));
        spent += (attacker.judged() - before) * odds;
      }
    }
    return { judged: spent };
  }),
  strategy('closing the desk: starts before it waits', accountSends, async (attacker) => {
    let opened = 0;
    let tried = 0;
    for (let n = 0; n < accountSends + 20; n += 1) {
      tried += 1;
      const id = await attacker.open(`guest${n}@example.test`, requestNumber(n));
      if (id === null) break;
      opened += 1;
      // Wrong on purpose, so that the guesses of the day are spent as well.
      await guessMany(attacker, id, PER_VERIFICATION);
    }
    if (opened < accountSends) throw new Error(`the desk was closed after ${opened} starts`);
    return { tried, judged: opened };
  }),
  {
    name: 'letter case at the gate: sign-ins in twenty seconds',
    run: () => {
      const gate = () => createSignInGate({ timing: TIMING, now: () => 0, jittered: (ms) => ms });
      const gateOf = createGates(gate);
      const secret = () => Promise.resolve(null);
      let judged = 0;
      for (let n = 0; n < 64; n += 1) {
        const cased = (text: string): string =>
          Array.from(text, (letter, at) => ((n >> (at % 6)) & 1 ? letter.toUpperCase() : letter)).join('');
        const server = {
          host: cased('mail.example'),
          user: cased('desk@example'),
          port: 465,
          security: 'implicit-tls',
          secret,
        } as const;
        if (gateOf(server).turn() < TIMING.signIns.withinMs) judged += 1;
      }
      return Promise.resolve({
        tried: 64,
        judged,
        successes: 0,
        bound: TIMING.signIns.most,
        successBound: 0,
      });
    },
  },
];
