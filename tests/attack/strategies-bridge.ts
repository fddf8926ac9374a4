/** @file Attacks through the bridge: what a page that was taken over could send, at the real router. */
import { randomInt } from 'node:crypto';
import { createRoute, type Route } from '../../src/main/ipc/route.ts';
import { defaultChoices } from '../../src/shared/choices.ts';
import { type Channel, channels, type Handlers } from '../../src/shared/contract.ts';
import { fail } from '../../src/shared/result.ts';
import type { Keeping } from '../../src/shared/words.ts';
import { ACCOUNT, type DeskScene, openDesk, saving } from '../fakes/desk-scene.ts';
import { SECOND } from '../fakes/time.ts';
import { wrong } from '../fakes/wrong-code.ts';
import { GOOD } from '../unit/ipc/inputs.ts';
import { comparisons } from './comparisons.ts';
import { openMaria, randomCode, requestNumber, type Strategy, strategy, withProfile } from './strategy.ts';

const { guesses: PER_VERIFICATION, addressGuesses: PER_ADDRESS } = defaultChoices('gmail');
const ORIGIN = 'app://countersign';

/** A frame that is ours, one that is not, and none. */
const CALLERS = [
  { frame: { origin: ORIGIN, url: `${ORIGIN}/index.html`, parent: null }, fromOurWindow: true },
  {
    frame: { origin: 'https://evil.example', url: 'https://evil.example/', parent: null },
    fromOurWindow: true,
  },
  { frame: { origin: ORIGIN, url: `${ORIGIN}/index.html`, parent: {} }, fromOurWindow: true },
  { frame: { origin: ORIGIN, url: 'about:blank', parent: null }, fromOurWindow: true },
  { frame: null, fromOurWindow: true },
] as const;

/** What a hostile page may send for one guess. */
const shapes: readonly ((id: string, code: string) => unknown)[] = [
  (id, code) => ({ id, code }),
  (id, code) => ({ id, code: [code] }),
  (id, code) => ({ id, code: Number(code) }),
  (id, code) => ({ id, code, guessesUsed: 0 }),
  (id, code) => ({ id: id.toUpperCase(), code }),
  (id, code) => ({ id: `${id}' OR '1'='1`, code }),
  (id, code) => ({ id: { toString: () => id }, code }),
  (id, code) => JSON.parse(`{"id":"${id}","code":"${code}","__proto__":{"state":"open"}}`) as unknown,
  (id, code) => new Map(Object.entries({ id, code })),
  (id, code) => [{ id, code }],
  (id, code) => ({ id, code: code.repeat(20_000) }),
  (id, code) => ({ id, code: `${code}\u0000` }),
  (id) => ({ id }),
  () => undefined,
];

const routeTo = (handlers: Handlers, refusal: Parameters<typeof createRoute>[0]['refusal']): Route =>
  createRoute({
    origin: ORIGIN,
    refusal,
    handlers,
    logException: (_reference, _where, error) => {
      throw error;
    },
    logRefusal: () => undefined,
  });

/** Removing everything is a first run, with budgets of its own: docs/threat-model.md says so, and the owner's PIN is against it. */
const FIRST_RUN: readonly Channel[] = ['account.remove', 'settings.removeAll'];
const OTHERS = channels.filter((channel) => !FIRST_RUN.includes(channel));
/** What moves budgets, if anything does: half of the calls. */
const MEANT: readonly Channel[] = [
  ...(['setup.save', 'vault.useSession', 'vault.retry', 'practice.begin', 'practice.leave'] as const),
  ...(['history.erase', 'settings.choose', 'verification.again', 'verification.resend'] as const),
];
const STEPS = 80;

const oneOf = <T>(values: readonly T[], otherwise: T): T =>
  values.at(randomInt(Math.max(1, values.length))) ?? otherwise;

/** A good input of the channel, about what the attacker knows; `keep`: where a password can be kept. */
function inputOf(channel: Channel, ids: readonly string[], keep: Keeping): unknown {
  const input: unknown = GOOD[channel];
  if (channel === 'verification.start')
    return { address: 'maria@example.test', request: requestNumber(randomInt(1e6)) };
  if (channel === 'history.erase') return { address: 'maria@example.test' };
  if (channel === 'settings.choose') return { guesses: PER_VERIFICATION, codeLength: randomInt(6, 9) };
  if (channel === 'setup.save') {
    const form = { ...ACCOUNT, address: oneOf(['desk@gmail.com', 'other@gmail.com'], '') };
    return saving({ form, keep, untested: true, endOpen: true });
  }
  const hasId = typeof input === 'object' && input !== null && 'id' in input;
  return hasId && !channel.startsWith('access.') ? { ...input, id: oneOf(ids, '') } : input;
}

interface Siege {
  tried: number;
  judged: number;
  successes: number;
}

/** One desk, at which any call may come between guesses at what is given for one mailbox. */
async function besiege(scene: DeskScene, guesses: number, siege: Siege): Promise<void> {
  const { desk, post, vault, clock } = scene;
  const route = routeTo(desk.handlers, desk.refusal);
  const call = (channel: Channel, input: unknown) => route(channel, CALLERS[0], [input]);
  for (let step = 0; step < STEPS; step += 1) {
    if (step % 4 === 0) vault.trouble = oneOf([null, null, 'locked', 'missing'] as const, null);
    const keep = vault.trouble === null ? 'keychain' : 'session';
    const known = [...new Set(post.letters.map(({ verificationId }) => verificationId))];
    const channel = oneOf(oneOf([MEANT, OTHERS], OTHERS), 'desk.view');
    await call('verification.start', inputOf('verification.start', known, keep));
    const answering = call(channel, inputOf(channel, known, keep));
    // It waits until the draft rests, and is answered when it changes.
    if (channel === 'desk.advise') await call('desk.draft', GOOD['desk.draft']);
    await answering;
    await scene.settle();
    // What is verified in practice is practice.
    const { practice } = desk.view();
    for (let n = 0; n < guesses / STEPS; n += 1) {
      const letter = post.letters.at(-1 - randomInt(Math.min(post.letters.length, 8) || 1));
      const before = comparisons();
      const answer = await call('verification.check', {
        id: letter?.verificationId ?? '',
        code: wrong(letter?.code ?? '000000'),
      });
      siege.tried += 1;
      if (!practice) siege.judged += comparisons() - before;
      if (JSON.stringify(answer).includes('"verified"')) siege.successes += 1;
    }
    clock.pass(randomInt(40) * SECOND);
  }
}

export const BRIDGE: readonly Strategy[] = [
  strategy('hostile calls of the bridge', PER_VERIFICATION, async (attacker, size) => {
    const { scene } = attacker;
    const id = await openMaria(attacker);
    // Every channel that is not a guess refuses: they have a fuzzing test of their own.
    const refuse = () => Promise.resolve(fail({ code: 'busy' }));
    const handlers = Object.fromEntries(channels.map((channel) => [channel, refuse])) as unknown as Handlers;
    const route = routeTo(
      { ...handlers, 'verification.check': (input) => scene.verifier.check(input.id, input.code) },
      () => null,
    );
    for (let n = 0; n < size; n += 1) {
      const channel: Channel = 'verification.check';
      const caller = CALLERS[n % 7 < 3 ? 0 : n % CALLERS.length] ?? CALLERS[0];
      const value = shapes[n % shapes.length]?.(id, randomCode());
      attacker.tried += 1;
      const answer = await route(channel, caller, n % 11 === 0 ? [value, value] : [value]);
      if (answer.ok && answer.value.outcome === 'verified') attacker.successes += 1;
    }
  }),
  {
    name: 'any other call between guesses, at the worst of all desks',
    run: async (size) => {
      const desks = Math.ceil(Math.sqrt(size) / 20);
      let [tried, judged, successes] = [0, 0, 0];
      for (let n = 0; n < desks; n += 1) {
        const siege: Siege = { tried: 0, judged: 0, successes: 0 };
        await withProfile(async (profile) => {
          const scene = await openDesk({ profile });
          if (n % 2 === 0) await scene.setUp();
          await besiege(scene, size / desks, siege);
          scene.vault.trouble = null;
          await scene.desk.close();
        });
        tried += siege.tried;
        judged = Math.max(judged, siege.judged);
        successes += siege.successes;
      }
      return { tried, judged, successes, bound: PER_ADDRESS, successBound: 0 };
    },
  },
];
