/**
 * @file Where a text for people names a mailbox, in whatever spelling: whole addresses only, because "a@b.co" is no part of
 * "maria@b.com" that says anything about its owner.
 */
import type { CanonicalAddress } from './address.ts';
import { parseAddress } from './parse.ts';

/** "@", and what an East Asian keyboard writes for it. */
const AT = /[@＠﹫]/u;
/** What looks like an address with all that touches it: "…'mia@example.com-address". */
const RUN = /[\p{L}\p{M}\p{Nd}\p{DI}.．_+\-!#$%&'*/=?^`{|}~]+[@＠﹫][\p{L}\p{M}\p{Nd}\p{DI}.．。-]+/gu;
/** Signs that a local part may have and hardly ever has: before it they are a quotation mark, a star or a slash. */
const BEFORE = /^[._+-]+|[!#$%&'*/=?^`{|}~][._+-]*/gu;

/** The text with `instead` in the place of every address of this mailbox. */
export function withoutMentions(text: string, mailbox: CanonicalAddress, instead: string): string {
  if (!AT.test(text)) return text;
  return text.replace(RUN, (run) => {
    for (const start of startsOf(run))
      for (const end of endsOf(run))
        if (canonicalIn(run.slice(start, end)) === mailbox)
          return run.slice(0, start) + instead + run.slice(end);
    return run;
  });
}

/** The widest first. */
function startsOf(run: string): readonly number[] {
  const local = run.slice(0, run.search(AT));
  return [0, ...Array.from(local.matchAll(BEFORE), ({ 0: signs, index }) => index + signs.length)];
}

/** The widest first: a sentence may go on without a space, and a compound hangs on a hyphen, which no last label has. */
function endsOf(run: string): readonly number[] {
  const whole = run.replace(/[.．。-]+$/u, '');
  const sentence = whole.replace(/[.．]\p{Lu}.*$/u, '');
  return [whole, sentence, ...[whole, sentence].map((text) => text.replace(/-[^.．。]*$/u, ''))].map(
    ({ length }) => length,
  );
}

function canonicalIn(text: string): CanonicalAddress | null {
  const parsed = parseAddress(text.normalize('NFKC').replaceAll(/\p{DI}/gu, ''));
  return parsed.ok ? parsed.value.canonical : null;
}
