/**
 * @file A second language, tried with the compiler: with words of its own it compiles, with a wrong or a missing key it
 * does not, and a language that only part of the program has is named wherever it is missing.
 */
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/renderer/i18n/en.ts';

const ROOT = join(import.meta.dirname, '../..');
const WORDS = 'src/shared/words.ts';
const TABLES = ['src/renderer/i18n/i18n.ts', 'src/main/texts.ts', 'src/main/mail/message/phrases.ts'];

const { options } = ts.parseJsonConfigFileContent(
  { extends: './tsconfig.base.json', files: [WORDS] },
  ts.sys,
  ROOT,
);

/** What the compiler says of `files`, where `changed` stands in place of what is on the disk. */
function complaints(files: readonly string[], changed: Readonly<Record<string, string>>): readonly string[] {
  const host = ts.createCompilerHost(options);
  const read = host.getSourceFile.bind(host);
  const changedAt = (path: string) => changed[relative(ROOT, path)];
  host.fileExists = (path) => changedAt(path) !== undefined || ts.sys.fileExists(path);
  host.getSourceFile = (path, version) => {
    const text = changedAt(path);
    return text === undefined ? read(path, version) : ts.createSourceFile(path, text, version);
  };
  const program = ts.createProgram(
    files.map((file) => join(ROOT, file)),
    options,
    host,
  );
  return files.flatMap((file) =>
    program
      .getSemanticDiagnostics(program.getSourceFile(join(ROOT, file)))
      .map(({ messageText }) => `${file}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`),
  );
}

type Branch = { readonly [key: string]: string | Branch };

/** The English texts in another tongue: each one written backwards. */
const backwards = (branch: Branch): Branch =>
  Object.fromEntries(
    Object.entries(branch).map(([key, value]) => [
      key,
      typeof value === 'string' ? Array.from(value).reverse().join('') : backwards(value),
    ]),
  );

const translation = 'src/renderer/i18n/xx.ts';
const translated = (change: (branch: Branch) => Branch): readonly string[] =>
  complaints([translation], {
    [translation]: `
      import { type Texts } from '../../shared/texts.ts';
      import { type en } from './en.ts';
      export const xx: Texts<typeof en> = ${JSON.stringify(change(backwards(en)))};
    `,
  });

describe('a translation of the page', () => {
  it('compiles with words of its own in every place', () => {
    expect(translated((all) => all)).toEqual([]);
  });

  it('compiles with more plurals than English has', () => {
    expect(
      translated((all) => ({
        ...all,
        code: { ...(all['code'] as Branch), guesses_few: 'x', wrong_many: 'x' },
      })),
    ).toEqual([]);
  });

  it.each<[string, (all: Branch) => Branch, RegExp]>([
    [
      'a room is missing',
      (all) => Object.fromEntries(Object.entries(all).filter(([key]) => key !== 'welcome')),
      /'welcome' is missing/,
    ],
    [
      'a text deep inside is missing',
      (all) => ({ ...all, causes: { ...(all['causes'] as Branch), offline: { title: 'x', meaning: 'x' } } }),
      /'remedy' is missing/,
    ],
    ['a key is misspelled', (all) => ({ ...all, welcom: 'x' }), /welcom"' does not exist/],
    [
      'a plural belongs to nothing that is counted',
      (all) => ({ ...all, code: { ...(all['code'] as Branch), field_few: 'x' } }),
      /field_few"' does not exist/,
    ],
    ['a text stands where a room belongs', (all) => ({ ...all, welcome: 'x' }), /'string' is not assignable/],
  ])('does not compile when %s', (_, change, told) => {
    expect(translated(change).join('\n')).toMatch(told);
  });
});

describe('a language of the program', () => {
  const words = readFileSync(join(ROOT, WORDS), 'utf8');
  const two = words.replace("LANGUAGES = ['en']", "LANGUAGES = ['en', 'xx']");

  it('is one of a list', () => {
    expect(two).not.toBe(words);
    expect(complaints(TABLES, { [WORDS]: words })).toEqual([]);
  });

  it('is missed by the compiler in the page, in main and in the message', () => {
    const missed = complaints(TABLES, { [WORDS]: two });
    for (const table of TABLES)
      expect(missed.filter((complaint) => complaint.startsWith(table))).toEqual([
        expect.stringMatching(/'xx' is missing/),
      ]);
  });
});
