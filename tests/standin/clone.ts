/**
 * @file Structured clone over a string, because the DevTools protocol carries nothing else between the isolated
 * world and Node. Both functions are also sent into the page as source, so they must use nothing from outside
 * their own braces. They must not tidy up: a hostile value has to arrive as hostile as it was.
 */

/** [kind, ...what it takes to make it again]; numbers that stand for values are places in the list of nodes. */
type Node = readonly [kind: string, ...parts: unknown[]];

/** Throws what Electron's own serialiser throws when it meets a function, a symbol, a promise, a DOM node. */
export function encode(root: unknown): string {
  const nodes: Node[] = [];
  const places = new Map<unknown, number>();
  const entries = (value: object): (readonly [string, number])[] =>
    Object.keys(value).map((key) => [key, place((value as Record<string, unknown>)[key])] as const);
  const primitive = (value: unknown): Node | null => {
    if (value === undefined) return ['undefined'];
    if (typeof value === 'bigint') return ['bigint', String(value)];
    if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0)))
      return ['number', Object.is(value, -0) ? '-0' : String(value)];
    const plain = value === null || ['number', 'string', 'boolean'].includes(typeof value);
    return plain ? ['plain', value] : null;
  };
  const node = (value: object): Node => {
    if (Array.isArray(value)) return ['array', value.length, entries(value)];
    if (ArrayBuffer.isView(value))
      return ['view', value.constructor.name, place(value.buffer), value.byteOffset, value.byteLength];
    switch (Object.prototype.toString.call(value)) {
      case '[object Object]':
        return ['object', entries(value)];
      case '[object Map]':
        return ['map', [...(value as Map<unknown, unknown>)].map(([k, v]) => [place(k), place(v)])];
      case '[object Set]':
        return ['set', [...(value as Set<unknown>)].map(place)];
      case '[object Date]':
        return ['date', place((value as Date).getTime())];
      case '[object RegExp]':
        return ['regexp', (value as RegExp).source, (value as RegExp).flags];
      case '[object Error]':
        return ['error', (value as Error).name, (value as Error).message];
      case '[object ArrayBuffer]':
        return ['buffer', Array.from(new Uint8Array(value as ArrayBuffer))];
      case '[object String]':
      case '[object Number]':
      case '[object Boolean]':
        return ['boxed', place(value.valueOf())];
      default:
        throw new Error('An object could not be cloned.');
    }
  };
  function place(value: unknown): number {
    const known = places.get(value);
    if (known !== undefined) return known;
    const here = nodes.push(['undefined']) - 1;
    const simple = primitive(value);
    if (simple !== null) nodes[here] = simple;
    else if (typeof value === 'object' && value !== null) {
      // Noted before its inside is looked at: that is what ends a cycle.
      places.set(value, here);
      nodes[here] = node(value);
    } else throw new Error('An object could not be cloned.');
    return here;
  }
  place(root);
  return JSON.stringify(nodes);
}

/** What was encoded, with its cycles, holes, prototypes and own `__proto__` keys. */
export function decode(wire: string): unknown {
  const nodes = JSON.parse(wire) as Node[];
  const made = new Map<number, unknown>();
  const put = (target: object, list: unknown): void => {
    for (const [key, place] of list as [string, number][])
      Object.defineProperty(target, key, {
        value: make(place),
        writable: true,
        enumerable: true,
        configurable: true,
      });
  };
  const keep = <T>(place: number, value: T): T => {
    made.set(place, value);
    return value;
  };
  function make(place: number): unknown {
    if (made.has(place)) return made.get(place);
    const [kind, first, second, third, fourth] = nodes[place] ?? ['undefined'];
    switch (kind) {
      case 'undefined':
        return undefined;
      case 'plain':
        return first;
      case 'number':
        return Number(first);
      case 'bigint':
        return BigInt(String(first));
      case 'date':
        return keep(place, new Date(make(first as number) as number));
      case 'regexp':
        return keep(place, new RegExp(String(first), String(second)));
      case 'error':
        return keep(place, Object.assign(new Error(String(second)), { name: String(first) }));
      case 'boxed':
        return keep(place, Object(make(first as number)));
      case 'buffer':
        return keep(place, new Uint8Array(first as number[]).buffer);
      case 'view': {
        const View = (globalThis as Record<string, unknown>)[String(first)] as Uint8ArrayConstructor;
        const size = (fourth as number) / ((View.BYTES_PER_ELEMENT as number | undefined) ?? 1);
        return keep(place, new View(make(second as number) as ArrayBuffer, third as number, size));
      }
      case 'array': {
        const list = keep<unknown[]>(place, []);
        list.length = first as number;
        put(list, second);
        return list;
      }
      case 'map': {
        const map = keep(place, new Map<unknown, unknown>());
        for (const [key, value] of first as [number, number][]) map.set(make(key), make(value));
        return map;
      }
      case 'set': {
        const set = keep(place, new Set<unknown>());
        for (const value of first as number[]) set.add(make(value));
        return set;
      }
      default: {
        const object = keep(place, {});
        put(object, first);
        return object;
      }
    }
  }
  return make(0);
}
