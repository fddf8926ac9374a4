/**
 * @file Tells plain data (what a form can say) from everything else that structured clone lets through: maps,
 * dates, typed arrays, cycles, towers of nesting. It must never recurse, so that no input can exhaust the stack.
 */

/** No input of the contract nests deeper than form → server → port. */
const DEPTH = 8;
/** Nor holds more values than a filled-in form. */
const VALUES = 200;

/** Whether `value` consists of nothing but primitives, plain objects and arrays, within the limits above. */
export function isPlainData(value: unknown): boolean {
  const waiting: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let seen = 0; seen < waiting.length; seen += 1) {
    const next = waiting[seen];
    if (next === undefined || seen >= VALUES || next.depth > DEPTH) return false;
    const children = childrenOf(next.value);
    if (children === null || children.length > VALUES) return false;
    for (const child of children) waiting.push({ value: child, depth: next.depth + 1 });
  }
  return true;
}

/** The values inside a plain container, none for a primitive, null for what is not plain. */
function childrenOf(value: unknown): readonly unknown[] | null {
  if (typeof value === 'function' || typeof value === 'symbol' || typeof value === 'bigint') return null;
  if (typeof value !== 'object' || value === null) return [];
  // Structured clone keeps the length of a sparse array: [] with length 4294967295 costs its sender nothing.
  if (Array.isArray(value)) return value.length > VALUES ? null : value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return null;
  // Structured clone makes `__proto__` an own property; anything that later copies it would set a prototype.
  return Object.hasOwn(value, '__proto__') ? null : Object.values(value);
}
