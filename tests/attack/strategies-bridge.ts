/** @file Attacks through the bridge: what a page that was taken over could send, at the real router. */
import { createRoute } from '../../src/main/ipc/route.ts';
import { defaultChoices } from '../../src/shared/choices.ts';
import { type Channel, channels, type Handlers } from '../../src/shared/contract.ts';
import { fail } from '../../src/shared/result.ts';
import { atDesk, randomCode, type Strategy } from './strategy.ts';

const { guesses: PER_VERIFICATION } = defaultChoices('gmail');
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

export const BRIDGE: readonly Strategy[] = [
  {
    name: 'hostile calls of the bridge',
    run: (size) =>
      atDesk(async (attacker) => {
        const { scene } = attacker;
        const id = (await attacker.open('maria@example.test')) ?? '';
        // Every channel that is not a guess refuses: they have a fuzzing test of their own.
        const refuse = () => Promise.resolve(fail({ code: 'busy' }));
        const handlers = Object.fromEntries(
          channels.map((channel) => [channel, refuse]),
        ) as unknown as Handlers;
        const route = createRoute({
          origin: ORIGIN,
          refusal: () => null,
          logException: (_reference, _where, error) => {
            throw error;
          },
          logRefusal: () => undefined,
          handlers: {
            ...handlers,
            'verification.check': (input) => scene.verifier.check(input.id, input.code),
          },
        });
        for (let n = 0; n < size; n += 1) {
          const channel: Channel = 'verification.check';
          const caller = CALLERS[n % 7 < 3 ? 0 : n % CALLERS.length] ?? CALLERS[0];
          const value = shapes[n % shapes.length]?.(id, randomCode());
          attacker.tried += 1;
          const answer = await route(channel, caller, n % 11 === 0 ? [value, value] : [value]);
          if (answer.ok && answer.value.outcome === 'verified') attacker.successes += 1;
        }
        return attacker.finding(PER_VERIFICATION);
      }),
  },
];
