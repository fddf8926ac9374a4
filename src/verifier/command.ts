#!/usr/bin/env node
/**
 * @file The checker as a command, for Node 20 or newer: the same judgement in the same words as the page. It ends with 0
 * when everything is genuine, with 1 when something is wrong, and with 2 when something is missing to say so.
 */
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { parseArgs } from 'node:util';
import { readKey } from '../main/journal/key.ts';
import { canCheckSignatures } from '../main/journal/signature.ts';
import { visible } from '../main/journal/visible.ts';
import { judge } from './judge.ts';
import { BAD_KEY, type Finding, findingsOf } from './sentences.ts';

const USAGE =
  'usage: node countersign-check.mjs [--key KEY] FILE ...\nKEY is the desk’s key; FILE a receipt or a journal.';
const [WRONG, NOT_KNOWN] = [1, 2];
const COLUMN = 14;

const out = (line: string): void => void process.stdout.write(`${line}\n`);

function endWith(code: number, message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function print({ name, headline, wrong, proven, notProven, rows }: Finding): void {
  out(`${name}: ${headline}`);
  for (const [title, items] of [
    ['What is wrong', wrong],
    ['What is proven', proven],
    ['What is not proven', notProven],
  ] as const) {
    if (items.length > 0) out(`  ${title}`);
    for (const item of items) out(`    - ${item}`);
  }
  if (rows.length > 0) out('  What is signed');
  for (const { label, value } of rows) {
    const [first = '', ...more] = value.split('\n');
    out(`    ${label.padEnd(COLUMN)}${first}`);
    for (const line of more) out(`    ${' '.repeat(COLUMN)}${line}`);
  }
  out('');
}

function read(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return endWith(NOT_KNOWN, `${visible(file)} cannot be read.`);
  }
}

function argumentsGiven() {
  try {
    return parseArgs({ options: { key: { type: 'string' } }, allowPositionals: true });
  } catch {
    return endWith(NOT_KNOWN, USAGE);
  }
}

const { values, positionals } = argumentsGiven();
if (positionals.length === 0) endWith(NOT_KNOWN, USAGE);
if (!(await canCheckSignatures())) {
  endWith(NOT_KNOWN, 'This Node cannot check Ed25519 signatures: use Node 20 or newer.');
}
const key = values.key === undefined ? null : ((await readKey(values.key)) ?? endWith(NOT_KNOWN, BAD_KEY));
const documents = positionals.map((file) => ({ name: visible(basename(file)), text: read(file) }));
const found = findingsOf(await judge(documents, key));
found.forEach(print);
if (found.some(({ tone }) => tone === 'wrong' || tone === 'practice')) process.exitCode = WRONG;
else if (found.some(({ tone }) => tone === 'open')) process.exitCode = NOT_KNOWN;
