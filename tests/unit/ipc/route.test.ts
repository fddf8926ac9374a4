/** @file The route from the page to a handler: who may call, what gets through, and that nothing rejects. */
import { DatabaseSync } from 'node:sqlite';
import { requestOf } from '../../../src/shared/request.ts';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createRoute, type Caller, type RouteParts } from '../../../src/main/ipc/route.ts';
import { channels, type Handlers } from '../../../src/shared/contract.ts';
import { TYPED_LENGTH } from '../../../src/shared/words.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { GOOD, HOSTILE } from './inputs.ts';
import { recordedHandlers, type Reached } from './recorded-handlers.ts';

const ORIGIN = 'app://countersign';
const PAGE = { origin: ORIGIN, url: `${ORIGIN}/index.html`, parent: null };
const US: Caller = { frame: PAGE, fromOurWindow: true };
const INVALID = fail({ code: 'invalid-input' });
const REFUSED = fail({ code: 'refused-sender' });

function route(overrides: Partial<RouteParts> = {}) {
  const reached: Reached[] = [];
  const logged: { reference: string; where: string; error: unknown }[] = [];
  const turnedAway: string[] = [];
  const call = createRoute({
    handlers: recordedHandlers(reached),
    origin: ORIGIN,
    refusal: () => null,
    logException: (reference, where, error) => logged.push({ reference, where, error }),
    logRefusal: (channel, refusal) => turnedAway.push(`${channel} ${refusal}`),
    ...overrides,
  });
  return { call, reached, logged, turnedAway };
}

/** What arrives when a value crosses from one process to another. */
const crossed = (value: unknown): unknown => deserialize(serialize(value)) as unknown;

describe('the route', () => {
  it.each(channels)('passes a good %s on, unchanged', async (channel) => {
    const { call, reached } = route();
    expect(await call(channel, US, [crossed(GOOD[channel])])).toEqual(ok(null));
    expect(reached).toEqual([{ channel, input: GOOD[channel] }]);
  });

  it('takes a call without an argument where the contract wants none', async () => {
    const { call, reached } = route();
    await call('desk.view', US, []);
    expect(reached).toEqual([{ channel: 'desk.view', input: undefined }]);
  });

  it('refuses a second argument', async () => {
    const { call, reached } = route();
    expect(await call('desk.view', US, [undefined, undefined])).toEqual(INVALID);
    expect(reached).toEqual([]);
  });

  it.each(Object.keys(HOSTILE))(
    'answers %s with invalid-input on every channel [T-route-hostile]',
    async (what) => {
      const { call, reached, logged } = route();
      for (const channel of channels)
        expect(await call(channel, US, [crossed(HOSTILE[what])])).toEqual(INVALID);
      expect({ reached, logged }).toEqual({ reached: [], logged: [] });
    },
  );

  it('answers what cannot have crossed, a function or a proxy, with invalid-input too [T-route-uncloneable]', async () => {
    const { call, reached, logged } = route();
    const thrower = new Proxy(
      {},
      {
        getPrototypeOf: () => {
          throw new Error('no');
        },
      },
    );
    for (const value of [() => 1, Symbol('id'), thrower]) {
      for (const channel of channels) expect(await call(channel, US, [value])).toEqual(INVALID);
    }
    expect({ reached, logged }).toEqual({ reached: [], logged: [] });
  });

  it.each(channels)(
    'answers generated values on %s with invalid-input [T-route-generated]',
    async (channel) => {
      const { call, reached } = route();
      const wild = fc.anything({
        withBigInt: true,
        withDate: true,
        withMap: true,
        withSet: true,
        withTypedArray: true,
        withSparseArray: true,
        withNullPrototype: true,
        withBoxedValues: true,
      });
      await fc.assert(
        fc.asyncProperty(wild, async (value) => {
          fc.pre(value !== undefined);
          expect(await call(channel, US, [crossed(value)])).toEqual(INVALID);
        }),
        { numRuns: 200 },
      );
      expect(reached).toEqual([]);
    },
  );

  it('lets as much through as a field takes, and no more [T-route-size]', async () => {
    const { call, reached } = route();
    const pasted = '4'.repeat(TYPED_LENGTH);
    const drafted = (address: string) => ({ address, request: requestOf('sign-in') });
    await call('verification.check', US, [{ id: 'a', code: pasted }]);
    await call('desk.draft', US, [drafted(pasted)]);
    expect(reached.map(({ channel }) => channel)).toEqual(['verification.check', 'desk.draft']);
    expect(await call('desk.draft', US, [drafted(`${pasted}4`)])).toEqual(INVALID);
    expect(reached).toHaveLength(2);
  });

  it('lets an emptied number field through to the domain, which has words for it', async () => {
    const { call, reached } = route();
    await call('settings.choose', US, [{ guesses: NaN }]);
    expect(reached).toHaveLength(1);
  });

  it.each<[string, Caller]>([
    ['a frame that is gone', { frame: null, fromOurWindow: true }],
    ['a window that is not ours', { frame: PAGE, fromOurWindow: false }],
    ['a frame inside our page', { frame: { ...PAGE, parent: PAGE }, fromOurWindow: true }],
    ['about:blank', { frame: { ...PAGE, url: 'about:blank', origin: 'null' }, fromOurWindow: true }],
    [
      'about:blank that inherited our origin',
      { frame: { ...PAGE, url: 'about:blank' }, fromOurWindow: true },
    ],
    ['a blob: of ours', { frame: { ...PAGE, url: `blob:${ORIGIN}/1-2-3` }, fromOurWindow: true }],
    ['an opaque origin', { frame: { ...PAGE, origin: 'null' }, fromOurWindow: true }],
    ['a longer host', { frame: frameAt('app://countersign.example.test'), fromOurWindow: true }],
    ['another scheme', { frame: frameAt('https://countersign'), fromOurWindow: true }],
    ['a port', { frame: frameAt('app://countersign:80'), fromOurWindow: true }],
    ['a file', { frame: { ...PAGE, origin: 'file://', url: 'file:///index.html' }, fromOurWindow: true }],
  ])('refuses %s on every channel, before it looks at the input [T-route-sender]', async (_who, caller) => {
    const { call, reached } = route();
    for (const channel of channels) expect(await call(channel, caller, [GOOD[channel]])).toEqual(REFUSED);
    expect(reached).toEqual([]);
  });

  it('has every call that it turns away logged by channel and reason, and no other [T-route-logged]', async () => {
    const { call, turnedAway } = route();
    await call('verification.start', { frame: null, fromOurWindow: true }, [GOOD['verification.start']]);
    await call('verification.check', US, [{ id: 'a', code: 123_456 }]);
    await call('verification.check', US, [GOOD['verification.check']]);
    expect(turnedAway).toEqual(['verification.start refused-sender', 'verification.check invalid-input']);
  });

  it('answers an exception with a reference and logs it under the same one [T-route-exception]', async () => {
    const error = new Error('mailbox ana@example.test exploded');
    const handlers: Handlers = {
      ...recordedHandlers([]),
      'desk.view': () => Promise.reject(error),
      'vault.retry': () => {
        throw error;
      },
    };
    const { call, logged } = route({ handlers });
    for (const channel of ['desk.view', 'vault.retry'] as const) {
      const answer = await call(channel, US, []);
      const { reference } = logged.at(-1) ?? { reference: '' };
      expect(reference).toMatch(/^[0-9a-f]{8}$/);
      expect(answer).toEqual(fail({ code: 'internal', reference }));
      expect(logged.at(-1)).toEqual({ reference, where: channel, error });
    }
    expect(logged[0]?.reference).not.toBe(logged[1]?.reference);
  });

  it.each([fullDatabase(), Object.assign(new Error('no space left'), { code: 'ENOSPC' })])(
    'says that the disk is full, and logs it all the same: %s',
    async (error) => {
      const { call, logged } = route({
        handlers: {
          ...recordedHandlers([]),
          'vault.retry': () => {
            throw error;
          },
        },
      });
      expect(await call('vault.retry', US, [])).toEqual(fail({ code: 'disk-full' }));
      expect(logged).toMatchObject([{ error }]);
    },
  );
});

/** What SQLite itself says when there is no room. */
function fullDatabase(): Error {
  const database = new DatabaseSync(':memory:');
  database.exec('PRAGMA max_page_count = 2; CREATE TABLE t (x)');
  try {
    for (;;) database.exec('INSERT INTO t VALUES (zeroblob(4000))');
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  } finally {
    database.close();
  }
}

function frameAt(origin: string) {
  return { origin, url: `${origin}/index.html`, parent: null };
}
