/** @file JSON as a token carries it: one text says one thing, to every library. */
import { expect, it } from 'vitest';
import { parseJson } from '../../../src/main/journal/encoding.ts';

it.each([
  '{"result":"cancelled","result":"verified"}',
  '{"a":1,"b":{"c":1, "\\u0063" : 2}}',
  '[{"a":{}},{"b":1,"b":1}]',
  '{"__proto__":1,"__proto__":1}',
])('of %s nothing is believed: a member is there twice [T-json-twofold]', (text) => {
  expect(parseJson(text)).toBeNull();
});

it.each([
  '{"a":{"a":[{"a":1},{"a":"a"}]}}',
  '["a","a",{"b":"\\"a\\":1, \\"a\\":{"}]',
  '{"a":"{","b":"\\\\","c":"}"}',
  '{"a\\"":1,"a":2}',
])('%s is read as it stands', (text) => {
  expect(parseJson(text)).toEqual(JSON.parse(text));
});

it('no JSON says nothing', () => {
  for (const text of ['', '{"a":1', '"\\"']) expect(parseJson(text)).toBeNull();
});
