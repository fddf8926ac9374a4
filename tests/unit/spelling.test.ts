/**
 * @file The program and its documents are written in British English, the mail as well as the screen: two spellings of one
 * word look like two hands.
 */
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { PHRASES } from '../../src/main/mail/message/phrases.ts';
import { TEXTS } from '../../src/main/texts.ts';
import { en } from '../../src/renderer/i18n/en.ts';
import { i18n } from '../../src/renderer/i18n/i18n.ts';
import { moment } from '../../src/renderer/i18n/time.ts';
import { HOUR } from '../fakes/time.ts';

const ROOT = join(import.meta.dirname, '../..');

const AMERICAN = new RegExp(
  String.raw`\b(?:` +
    [
      String.raw`\w*[a-z]{2}i[z](?:e|es|ed|ing|er|ers|ation|ations)`,
      String.raw`\w*[a-z]ly[z](?:e|es|ed|ing)`,
      String.raw`(?:col|fav|hon|lab|neighb|behavi|arm|harb|rum|hum)or(?:s|ed|ing|hood|able|ite)?`,
      String.raw`cent(?:er)(?:s|ed|ing)?`,
      String.raw`(?:cancel|label|model|travel|signal|channel|level)(?:ed|ing)`,
      String.raw`gray(?:s|ed)?|catalog|defense|offense|fulfill?(?:s|ment)|skeptic\w*|artifacts?|theaters?`,
    ].join('|') +
    String.raw`)\b`,
  'gi',
);
/** They have no other spelling. */
const BOTH = /^(?:siz|pri[sz]|sei[sz]|capsiz)|^(?:resiz|oversiz)/i;
const americanIn = (text: string): readonly string[] =>
  (text.match(AMERICAN) ?? []).filter((word) => !BOTH.test(word));

/** Every text in a table, with any arguments. */
function textsIn(branch: unknown): readonly string[] {
  if (typeof branch === 'string') return [branch];
  // Every argument is a word that is in no dictionary.
  if (typeof branch === 'function')
    return [String((branch as (...given: string[]) => unknown)('x', 'x', 'x'))];
  return typeof branch === 'object' && branch !== null ? Object.values(branch).flatMap(textsIn) : [];
}

describe('British English', () => {
  it('is told from American', () => {
    expect(
      americanIn('The color of the organization was canceled and analyzed in the center by a neighbor.'),
    ).toEqual(['color', 'organization', 'canceled', 'analyzed', 'center', 'neighbor']);
    expect(
      americanIn('The colour of the organisation; its size, a prize, cancelled, centre, author'),
    ).toEqual([]);
  });

  it.each([
    ['the page', textsIn(en)],
    ['main itself', textsIn(TEXTS)],
    ['the mail', textsIn(PHRASES)],
  ])('is what %s is written in', (_where, texts) => {
    expect(texts.length).toBeGreaterThan(10);
    expect(texts.flatMap(americanIn)).toEqual([]);
  });

  it.each(globSync(['*.md', 'docs/*.md'], { cwd: ROOT }))('is what %s is written in', (path) => {
    const prose = readFileSync(join(ROOT, path), 'utf8')
      .replace(/```[\s\S]*?```/g, '')
      .replace(/`[^`]*`/g, '');
    expect(americanIn(prose)).toEqual([]);
  });

  it('is what dates and units are said in, on the screen as in the mail', () => {
    expect(i18n.language).toBe(PHRASES.en.locale);
    const at = Date.UTC(2026, 10, 24, 12, 0);
    expect(moment(at, at - 48 * HOUR, i18n.language)).toMatch(/^Tue,? 24 Nov, /);
  });
});
