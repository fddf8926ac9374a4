/** @file docs/troubleshooting.md, the screen's words and the table of causes say the same. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Row, rowOf, STEPS, type Step, TABLE } from '../../../src/main/mail/smtp/replies.ts';
import { parseReply } from '../../../src/main/mail/smtp/reply.ts';
import { type Cause, CAUSE_NAMES, CAUSES } from '../../../src/shared/causes.ts';
import { causes } from '../../../src/renderer/i18n/en/causes.ts';
import { code } from '../../../src/renderer/i18n/en/desk.ts';

const PAGE = readFileSync(new URL('../../../docs/troubleshooting.md', import.meta.url), 'utf8');

const AGAIN_IN_WORDS = {
  soon: 'three times within seconds',
  wait: 'for as long as the code is good, less and less often',
  later: 'no, it would not help at once',
  never: 'no, something has to be changed first',
} as const;

interface Section {
  readonly title: string;
  readonly cause: string;
  readonly meaning: string;
  readonly remedy: string;
  readonly signs: readonly string[];
  readonly again: string;
}

const SECTION =
  /^## (?<title>.+)\n\n`(?<cause>[a-z0-9-]+)`: (?<meaning>.+)\n\n- \*\*Do now:\*\* (?<remedy>.+)\n- \*\*Signs:\*\* (?<signs>.+)\n- \*\*Tried again by itself:\*\* (?<again>.+)$/gmu;

const sections: readonly Section[] = [...PAGE.matchAll(SECTION)].map(({ groups = {} }) => ({
  title: groups['title'] ?? '',
  cause: groups['cause'] ?? '',
  meaning: groups['meaning'] ?? '',
  remedy: groups['remedy'] ?? '',
  signs: [...(groups['signs'] ?? '').matchAll(/`([^`]+)`/gu)].map(([, sign]) => sign ?? ''),
  again: groups['again'] ?? '',
}));

/** The page speaks of "the server" where the screen puts its name, and of "the time shown" where it shows one. */
const onPage = (text: string) =>
  text.replaceAll('{{server}}', 'the server').replaceAll('{{time}}', 'the time shown').toLowerCase();

/** What the screen says of a message once it was handed over. */
interface Afterwards {
  readonly word: string;
  readonly title: string;
  /** Only where the screen says it in words of its own. */
  readonly meaning?: string;
  readonly remedy: string;
}

type ReturnedWords = Pick<Afterwards, 'title' | 'remedy'>;

const afterwards: readonly Afterwards[] = [
  { word: 'unknown', ...code.unknown },
  { word: 'interrupted', ...code.interrupted },
  { word: 'refused', title: code.resendRefused.title, remedy: code.resendRefused.remedy },
  ...Object.entries<string | ReturnedWords>(code.returned).flatMap(([word, said]) =>
    typeof said === 'string' ? [] : [{ word, ...said }],
  ),
];

const AFTERWARDS =
  /^### (?<title>.+)\n\n`(?<word>[a-z0-9-]+)`(?:: (?<meaning>.+))?\n\n- \*\*Do now:\*\* (?<remedy>.+)$/gmu;

const told = [...PAGE.matchAll(AFTERWARDS)].map(({ groups = {} }) => groups);

/** "gmail sign-in 535 5.7.8" or "connect ECONNREFUSED" → the row of the table that it leads to. */
function rowOfSign(sign: string): Row | undefined {
  const [, gmail, again, at = '', ...rest] = /^(gmail )?(again )?(\S+) (.+)$/u.exec(sign) ?? [];
  const step = STEPS.find((known): known is Step => known === at);
  if (step === undefined) throw new Error(`no such step: ${sign}`);
  const said = rest.join(' ');
  const reply = parseReply(said);
  const failure = { step, reply, error: reply === null ? said : null };
  return rowOf(again === undefined ? failure : { ...failure, repeated: true }, gmail !== undefined);
}

// What no row fits is an error that the program did not expect.
const causeOfSign = (sign: string): Cause => rowOfSign(sign)?.cause ?? 'internal';

describe('the troubleshooting page', () => {
  it('has every cause once, in the order of the program', () => {
    expect(sections.map(({ cause }) => cause)).toEqual(CAUSE_NAMES);
  });

  it.each(CAUSE_NAMES)('says of %s what the screen says', (cause) => {
    const section = sections.find((one) => one.cause === cause);
    expect(onPage(section?.title ?? '')).toBe(onPage(causes[cause].title));
    expect(onPage(section?.meaning ?? '')).toBe(onPage(causes[cause].meaning));
    expect(onPage(section?.remedy ?? '')).toBe(onPage(causes[cause].remedy));
  });

  it.each(sections)('names signs of $cause that lead to it, and whether it is tried again', (section) => {
    const known = CAUSE_NAMES.find((cause) => cause === section.cause);
    const again = known === undefined ? null : CAUSES[known].again;
    if (again === null) {
      expect(section.signs).toEqual([]);
      expect(section.again).toBe('no');
      return;
    }
    expect(section.signs).not.toEqual([]);
    for (const sign of section.signs) expect([sign, causeOfSign(sign)]).toEqual([sign, section.cause]);
    expect(section.again).toBe(AGAIN_IN_WORDS[again]);
  });

  it('names a sign of every row of the table that the row is the first to fit', () => {
    const found = new Set(sections.flatMap(({ signs }) => signs).map(rowOfSign));
    expect(TABLE.filter((row) => !found.has(row))).toEqual([]);
  });

  it('has everything that is said after the hand-over once, in the order of the words', () => {
    expect(told.map(({ word }) => word)).toEqual(afterwards.map(({ word }) => word));
  });

  it.each(afterwards)('says after the hand-over of $word what the screen says', (said) => {
    const found = told.find(({ word }) => word === said.word);
    expect(onPage(found?.['title'] ?? '')).toBe(onPage(said.title));
    expect(onPage(found?.['remedy'] ?? '')).toBe(onPage(said.remedy));
    if (said.meaning !== undefined) expect(onPage(found?.['meaning'] ?? '')).toBe(onPage(said.meaning));
  });
});
