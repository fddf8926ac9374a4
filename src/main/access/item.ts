/**
 * @file The vault item that says who works at the desk: the owner, the operators, what is kept of their PINs, and how
 * often a wrong one was typed. Removing or restoring a file changes nothing of it.
 */
import { z } from 'zod';
import { MOST_OPERATORS, NAME_BYTES } from '../../shared/access.ts';
import type { Result } from '../../shared/result.ts';
import { count, readStored } from '../ledger/stored.ts';

export interface KeptPin {
  /** base64url of scrypt's output. */
  readonly hash: string;
  /** Wrong ones in a row. */
  readonly wrong: number;
}

export interface Operator {
  readonly id: string;
  readonly name: string;
  /** Null for one who is not asked for a PIN. */
  readonly pin: KeptPin | null;
}

export interface AccessItem {
  readonly owner: {
    readonly name: string;
    readonly pin: KeptPin;
    /** base64url of scrypt's output for the recovery code. */
    readonly recovery: string;
  };
  readonly operators: readonly Operator[];
}

/** Characters of base64url. */
export const ID_LENGTH = 6;

/** Of the vault item. Names are base64url of UTF-8, because a keychain takes ASCII. */
const VERSION = 1;
const hash = z.string().regex(/^[\w-]{22}$/);
const name = z
  .string()
  .regex(/^[\w-]+$/)
  .transform((text) => Buffer.from(text, 'base64url').toString())
  .refine((text) => Buffer.byteLength(text) <= NAME_BYTES);
const Item = z.object({
  owner: z.object({ n: name, p: hash, w: count, r: hash }),
  ops: z
    .array(
      z.object({
        i: z
          .string()
          .regex(/^[\w-]+$/)
          .length(ID_LENGTH),
        n: name,
        p: hash.nullable(),
        w: count,
      }),
    )
    .max(MOST_OPERATORS),
});

const encoded = (text: string): string => Buffer.from(text).toString('base64url');
/** A higher count waits no longer, and would only make the item longer. */
const counted = (wrong: number): number => Math.min(wrong, 999);

/** One letter a field: a keychain's entry has room for 2,000 characters. */
export const formatAccess = ({ owner, operators }: AccessItem): string =>
  JSON.stringify({
    version: VERSION,
    owner: { n: encoded(owner.name), p: owner.pin.hash, w: counted(owner.pin.wrong), r: owner.recovery },
    ops: operators.map(({ id, name: called, pin }) => ({
      i: id,
      n: encoded(called),
      p: pin?.hash ?? null,
      w: counted(pin?.wrong ?? 0),
    })),
  });

/** Null when there is none, or it is damaged, which is treated alike. */
export function parseAccess(text: string | null): Result<AccessItem | null, 'later'> {
  const read = readStored(text, VERSION, Item);
  if (!read.ok || read.value === null) return read as Result<null, 'later'>;
  const { owner, ops } = read.value;
  return {
    ok: true,
    value: {
      owner: { name: owner.n, pin: { hash: owner.p, wrong: owner.w }, recovery: owner.r },
      operators: ops.map(({ i, n, p, w }) => ({
        id: i,
        name: n,
        pin: p === null ? null : { hash: p, wrong: w },
      })),
    },
  };
}
