/**
 * @file A hundred thousand hostile calls of the bridge, through the real route to the real desk: nothing rejects,
 * nothing crashes, nothing that must not change does, and the memory is where it was.
 */
import { requestOf } from '../../src/shared/request.ts';
import { deserialize, serialize, setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRoute, type Caller } from '../../src/main/ipc/route.ts';
import { createRefusalLog } from '../../src/main/log/refusal-log.ts';
import { EMPTY_DRAFT } from '../../src/main/desk/locked-view.ts';
import { channels, type Channel } from '../../src/shared/contract.ts';
import type { DeskView } from '../../src/shared/desk-view.ts';
import { fail } from '../../src/shared/result.ts';
import { openDesk, startFor } from '../fakes/desk-scene.ts';
import { hostileText, plausibleAddress } from '../unit/address/addresses.ts';
import { GOOD, HOSTILE } from '../unit/ipc/inputs.ts';
import { VERIFIED } from '../fakes/answers.ts';

const ROUNDS = 60;
/** Of each kind of value in a round; garbage goes to every channel. */
const [GARBAGE, ALMOST, SHAPED] = [60, 12, 10];
/** What a leak of ten bytes a call would exceed. */
const MOST_GROWTH = 0.5 * 1024 * 1024;

const ORIGIN = 'app://countersign';
const PAGE = { origin: ORIGIN, url: `${ORIGIN}/index.html`, parent: null };
const US: Caller = { frame: PAGE, fromOurWindow: true };
const STRANGER: Caller = { frame: { ...PAGE, parent: PAGE }, fromOurWindow: true };
const INVALID = fail({ code: 'invalid-input' });
const REFUSED = fail({ code: 'refused-sender' });

/** What arrives when a value crosses from one process to another. */
const crossed = (value: unknown): unknown => deserialize(serialize(value)) as unknown;

setFlagsFromString('--expose-gc');
// Node gives the collector only when it is asked for at the start; a new context has it.
const collect = runInNewContext('gc') as () => void;

const wild = fc
  .anything({
    maxDepth: 4,
    withBigInt: true,
    withDate: true,
    withMap: true,
    withSet: true,
    withTypedArray: true,
    withSparseArray: true,
    withNullPrototype: true,
    withBoxedValues: true,
    withObjectString: true,
  })
  .filter((value) => value !== undefined);

type Path = readonly string[];

/** The way to every value inside. */
const pathsIn = (value: unknown, path: Path = []): readonly Path[] =>
  typeof value === 'object' && value !== null
    ? [path, ...Object.entries(value).flatMap(([key, child]) => pathsIn(child, [...path, key]))]
    : [path];

/** `value` with what is at `path` replaced by what `change` makes of it. */
const changed = (value: unknown, [key, ...rest]: Path, change: (old: unknown) => unknown): unknown =>
  key === undefined
    ? change(value)
    : { ...(value as object), [key]: changed(Reflect.get(value as object, key), rest, change) };

const withField = (name: string, field: unknown) => (old: unknown) => {
  const copy: object = typeof old === 'object' && old !== null ? { ...old } : {};
  // As structured clone does it: `__proto__` becomes a field like any other.
  return Object.defineProperty(copy, name, { value: field, enumerable: true });
};

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'array' : typeof value);

/** What a good input may lack: only the domain knows when it must be there, and of the choices any may be made alone. */
const isOptional = (channel: Channel, path: Path): boolean =>
  channel === 'settings.choose' || ['server', 'mailbox', 'page'].includes(path.at(-1) ?? '');

/** A good input with one thing wrong: another type somewhere, a field more, or a field less. */
const almostRight = (channel: Channel) => {
  const good: unknown = GOOD[channel];
  const paths = pathsIn(good);
  const fields = paths.filter((path) => path.length > 0 && !isOptional(channel, path));
  const objects = paths.filter((path) => typeof at(good, path) === 'object' || good === undefined);
  const retyped = fc
    .tuple(fc.constantFrom(...paths), wild)
    // What is null here may rightly be of another kind.
    .filter(([path, value]) => at(good, path) !== null && kindOf(value) !== kindOf(at(good, path)))
    .map(([path, value]) => changed(good, path, () => value));
  const more = fc
    .tuple(
      fc.constantFrom(...objects),
      fc.constantFrom('__proto__', 'constructor', 'extra', 'toString', '0'),
      wild,
    )
    .map(([path, name, value]) => changed(good, path, withField(name, value)));
  if (fields.length === 0) return fc.oneof(retyped, more);
  const less = fc.constantFrom(...fields).map((path) =>
    changed(good, path.slice(0, -1), (old) => {
      const rest = Object.entries(old as object).filter(([name]) => name !== path.at(-1));
      return Object.fromEntries(rest);
    }),
  );
  return fc.oneof(retyped, more, less);
};

const at = (value: unknown, path: Path): unknown =>
  path.reduce((inside: unknown, key) => Reflect.get(inside as object, key) as unknown, value);

/** No text with as many digits as a code: a guess may not be made by chance. */
const text = hostileText.filter((typed) => (typed.match(/\p{Nd}/gu) ?? []).length < 6);
const request = fc.oneof(
  fc.constant(requestOf('sign-in')),
  fc.tuple(text, text).map(([amount, payee]) => requestOf('payment', { amount, payee })),
  text.map((what) => requestOf('other', { what })),
);
const draft = fc.record({ address: fc.oneof(text, plausibleAddress), request });
const number = fc.oneof(fc.double(), fc.integer());
const id = fc.record({ id: text.map((typed) => typed.slice(0, 200)) });

/** The right shape, with everything in it that a text can hold. Nothing here is a good account or policy. */
const shaped: Partial<Record<Channel, (ours: string) => fc.Arbitrary<unknown>>> = {
  'desk.show': () => id,
  'desk.draft': () => draft,
  'desk.advise': () => fc.record({ address: fc.oneof(text, plausibleAddress) }),
  'desk.dismiss': () => id.map((value) => ({ notice: value.id })),
  'setup.save': () =>
    fc.record({
      form: fc.record({
        kind: fc.constantFrom('gmail', 'workspace', 'server'),
        address: fc.oneof(text, plausibleAddress),
        name: text,
        server: fc.record({ host: text, port: number, security: fc.constantFrom('starttls'), user: text }),
      }),
      password: text.map((typed) => `${typed}\0`),
      keep: fc.constantFrom('keychain', 'session'),
      untested: fc.boolean(),
      endOpen: fc.boolean(),
    }),
  'verification.start': () => draft,
  'verification.check': (ours) => fc.record({ id: fc.constant(ours), code: text }),
  'verification.resend': () => id,
  'verification.changeAddress': () => id,
  'verification.again': () => id,
  'settings.choose': () =>
    fc.record({
      codeLength: number,
      lifetimeMinutes: number,
      guesses: number.filter((guesses) => guesses !== 3 && guesses !== 4 && guesses !== 5),
      addressGuesses: number,
      addressSends: number,
      accountSends: number,
      deskOneIn: number,
    }),
  'settings.saveName': () => text.map((name) => ({ name })),
};

/** What no call here may change. The rest is what was typed, where one is, and what was started. */
function standing(view: DeskView): unknown {
  const { account, choices, chance, vault, sessionOnly, practice, notices, practiceMails } = view;
  const form = account === null ? null : { ...account.form, name: '' };
  return {
    form,
    secret: account?.secret,
    choices,
    chance,
    vault,
    sessionOnly,
    practice,
    notices,
    practiceMails,
  };
}

it('holds against a hundred thousand hostile calls on every channel [T-bridge-fuzz]', async () => {
  const scene = await openDesk();
  await scene.setUp();
  const { desk } = scene;
  const { id, code } = await startFor(scene);
  const ours = { id, code };

  const exceptions: string[] = [];
  const lines: string[] = [];
  const route = createRoute({
    handlers: desk.handlers,
    refusal: desk.refusal,
    origin: ORIGIN,
    logException: (_reference, where, error) => exceptions.push(`${where}: ${String(error)}`),
    logRefusal: createRefusalLog(
      (line) => lines.push(line),
      () => scene.clock.monotonic(),
    ),
  });
  let calls = 0;
  const call = (channel: Channel, args: readonly unknown[], caller = US): Promise<unknown> => {
    calls += 1;
    return route(channel, caller, args);
  };
  /** Asserts that calls are turned away and that the page is told of no change. */
  async function turnedAway(
    target: readonly Channel[],
    args: readonly unknown[],
    caller = US,
  ): Promise<void> {
    const published = scene.published();
    for (const channel of target) {
      const answer = JSON.stringify(await call(channel, args, caller));
      if (answer !== JSON.stringify(caller === US ? INVALID : REFUSED) || scene.published() !== published)
        expect.unreachable(`${channel} answered ${answer} to ${fc.stringify(args)}`);
    }
  }

  const before = JSON.stringify(standing(desk.view()));
  const answers = new Map<string, number>();
  const heap: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const sample = <T>(values: fc.Arbitrary<T>, numRuns: number): readonly T[] =>
      fc.sample(values, { numRuns, seed: round });
    const seen = JSON.stringify(desk.view());
    // The huge ones take their time; the first round has them, so that their memory is back by half-time.
    if (round === 0) for (const what of Object.values(HOSTILE)) await turnedAway(channels, [crossed(what)]);
    for (const value of sample(wild, GARBAGE)) await turnedAway(channels, [crossed(value)]);
    for (const channel of channels) {
      for (const value of sample(almostRight(channel), ALMOST)) await turnedAway([channel], [crossed(value)]);
      await turnedAway([channel], [GOOD[channel], GOOD[channel]]);
      await turnedAway([channel], [GOOD[channel]], STRANGER);
    }
    expect(JSON.stringify(desk.view())).toBe(seen);

    for (const [channel, values] of Object.entries(shaped)) {
      for (const value of sample(values(ours.id), SHAPED)) {
        const answering = call(channel as Channel, [crossed(value)]);
        // It waits for the draft to rest, and is answered when it changes.
        if (channel === 'desk.advise') await desk.handlers['desk.draft'](EMPTY_DRAFT);
        const answer = await answering;
        const { ok, problem } = answer as { ok: boolean; problem?: { code: string } };
        const kind = `${channel} ${ok ? 'ok' : (problem?.code ?? '')}`;
        answers.set(kind, (answers.get(kind) ?? 0) + 1);
      }
    }
    await scene.settle();
    // The letters are this test's own; the desk keeps none.
    scene.post.letters.length = 0;
    if (round === ROUNDS / 2 - 1 || round === ROUNDS - 1) {
      collect();
      heap.push(process.memoryUsage().heapUsed);
    }
  }

  expect(calls).toBeGreaterThanOrEqual(100_000);
  expect(answers.get('verification.start ok'), 'hostile details reached the records').toBeGreaterThan(100);
  expect(exceptions).toEqual([]);
  expect(scene.reports).toEqual([]);
  expect([...answers.keys()].filter((kind) => kind.endsWith(' internal'))).toEqual([]);
  expect(JSON.stringify(standing(desk.view()))).toBe(before);
  expect(scene.probes, 'no server was asked for a sign-in but at set-up').toHaveLength(1);
  // A line a channel and reason: the clock stood still, so a minute never passed.
  expect(lines.length).toBeLessThanOrEqual(channels.length * 2);

  const [half = 0, whole = Infinity] = heap;
  expect(whole - half).toBeLessThan(MOST_GROWTH);
  expect(await desk.handlers['verification.check'](ours), 'nobody spent a guess or ended it').toEqual(
    VERIFIED,
  );
});
