/**
 * @file Expected failures as values. Electron strips everything but the message from a rejected handler,
 * so nothing on the bridge rejects: a failure crosses as data with a code the page has words for.
 */

export type Result<T, E> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly problem: E };

export const ok = <T>(value: T): { readonly ok: true; readonly value: T } => ({ ok: true, value });
export const fail = <E>(problem: E): { readonly ok: false; readonly problem: E } => ({ ok: false, problem });

/** Marks a branch that the types say cannot be reached; the compiler complains when a case is added. */
export function assertNever(value: never): never {
  throw new Error(`unreachable case: ${JSON.stringify(value)}`);
}
