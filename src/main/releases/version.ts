/** @file Versions of released programs: three numbers, no more. Nothing else is ever shown as one. */
import { fail, ok, type Result } from '../../shared/result.ts';

export type Version = readonly [number, number, number];

/** Six digits each: a longer number is no version of ours, and would not be exact. */
const FORM = /^(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})\.(0|[1-9]\d{0,5})$/;

export function parseVersion(text: string): Result<Version, null> {
  const found = FORM.exec(text);
  if (found === null) return fail(null);
  const [, major, minor, patch] = found;
  return ok([Number(major), Number(minor), Number(patch)]);
}

/** Whether `one` came after `other` (semver.org, section 11). */
export function isNewer(one: Version, other: Version): boolean {
  const place = one.findIndex((number, index) => number !== other[index]);
  return place >= 0 && (one[place] ?? 0) > (other[place] ?? 0);
}
