/** @file The stand-in's wire carries what structured clone carries, and refuses what it refuses. */
import { isDeepStrictEqual } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decode, encode } from '../../standin/clone.ts';

const cloned = (value: unknown): unknown => deserialize(serialize(value)) as unknown;

describe('a value over the wire', () => {
  it('arrives as V8’s own structured clone would bring it', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withTypedArray: true,
      withSparseArray: true,
      withBoxedValues: true,
    });
    fc.assert(
      fc.property(anything, (value) => {
        expect(isDeepStrictEqual(decode(encode(value)), cloned(value))).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps an own __proto__ key as a key', () => {
    const arrived = decode(encode(JSON.parse('{"__proto__":{"x":1}}'))) as object;
    expect(Object.hasOwn(arrived, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(arrived)).toBe(Object.prototype);
  });

  it('keeps cycles, shared parts and windows on one buffer', () => {
    const buffer = new Uint8Array([1, 2, 3, 4]).buffer;
    const ring: Record<string, unknown> = { a: new Uint8Array(buffer, 1, 2), b: new Uint16Array(buffer) };
    ring['self'] = ring;
    const arrived = decode(encode(ring)) as { self: unknown; a: Uint8Array; b: Uint16Array };
    expect(arrived.self).toBe(arrived);
    expect([...arrived.a]).toEqual([2, 3]);
    expect(arrived.a.buffer).toBe(arrived.b.buffer);
  });

  it('keeps a sparse array of 4,294,967,295 sparse', () => {
    const list: unknown[] = [];
    list.length = 4_294_967_295;
    const arrived = decode(encode(list)) as unknown[];
    expect([arrived.length, Object.keys(arrived).length]).toEqual([4_294_967_295, 0]);
  });

  it.each([
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
    ['a promise', Promise.resolve()],
    ['a weak map', new WeakMap()],
  ])('cannot be %s, nor hold one', (_what, value) => {
    expect(() => encode(value)).toThrow('could not be cloned');
    expect(() => encode({ inside: [value] })).toThrow('could not be cloned');
  });
});
