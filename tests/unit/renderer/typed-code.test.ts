/**
 * @file What becomes of the slots: parts add up, corrections never judge by themselves, and what is not taken leaves
 * everything as it was.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cleanCode } from '../../../src/main/verification/clean.ts';
import {
  entered,
  firstGroup,
  NO_DIGITS,
  type Edit,
  type Slots,
} from '../../../src/renderer/ui/typed-code.ts';
import { ok } from '../../../src/shared/result.ts';

const caret = (digits: string, at = digits.length): Slots => ({ digits, start: at, end: at });
const selected = (digits: string, start: number, end = start + 1): Slots => ({ digits, start, end });

/** Each text in turn, from empty slots. */
const after = (texts: readonly string[], from: Slots = NO_DIGITS): Edit =>
  texts.reduce<Edit>((edit, text) => (edit.kind === 'taken' ? entered(edit.slots, text, 6) : edit), {
    kind: 'taken',
    slots: from,
    complete: false,
  });
const taken = (digits: string, complete: boolean, at = digits.length): Edit => ({
  kind: 'taken',
  slots: caret(digits, at),
  complete,
});

describe('digits typed one by one', () => {
  it('are judged with the last one, and not before', () => {
    expect(after(['4', '0', '9', '3', '1'])).toEqual(taken('40931', false));
    expect(after(['4', '0', '9', '3', '1', '3'])).toEqual(taken('409313', true));
  });

  it.each(['٤', '４', '४', '𝟒'])('%s stands in its slot as the digit it is', (digit) => {
    expect(after([digit])).toEqual(taken('4', false));
  });

  it.each([' ', '-', '\u200b', '\u00a0', '.'])('go on after %j, which is nothing', (text) => {
    expect(entered(caret('409'), text, 6)).toEqual({ kind: 'nothing' });
  });

  it('are ignored when every slot is full', () => {
    expect(entered(caret('409313'), '7', 6)).toEqual({ kind: 'nothing' });
  });

  it.each(['O', 'l', '²', '!', 'a'])('leave everything as it was for %s', (text) => {
    expect(entered(caret('40'), text, 6)).toEqual({ kind: 'refused', problem: { kind: 'not-digits' } });
  });
});

describe('a paste', () => {
  it.each([
    ['409313'],
    [' 409\u00a0313\n'],
    ['409-313'],
    ['409,313'],
    ['409.313.'],
    ['Your code is 409313.'],
    ['409313 is your code for Harbour Clinic (until 17:51)'],
    ['\u2068409313\u2069'],
    ['４０９３１３'],
    ['code: 409 313'],
  ])('%j is the code, whatever was there', (text) => {
    for (const before of [NO_DIGITS, caret('12'), caret('123456'), selected('123', 1), caret('123', 0)])
      expect(entered(before, text, 6)).toEqual(taken('409313', true));
  });

  it('of a part adds up with the next one', () => {
    expect(after(['480', '587'])).toEqual(taken('480587', true));
    expect(after(['48', '05', '87'])).toEqual(taken('480587', true));
    expect(after(['4', '805', '8'])).toEqual(taken('48058', false));
  });

  it('of more than there is room for is refused, and what is there stays', () => {
    expect(entered(caret('4805'), '587', 6)).toEqual({
      kind: 'refused',
      problem: { kind: 'too-long', digits: 7, wanted: 6 },
    });
  });

  it.each([
    ['7'.repeat(1_000_000), { kind: 'too-long', digits: 1_000_000, wanted: 6 }],
    ['4093131', { kind: 'too-long', digits: 7, wanted: 6 }],
    ['Your code is 40931.', { kind: 'not-digits' }],
    ['Until 17:51 (10 minutes)', { kind: 'not-digits' }],
    ['409313 or 587480', { kind: 'not-digits' }],
    ['4O9313', { kind: 'not-digits' }],
  ] as const)('%# that is no code is refused, and what is there stays', (text, problem) => {
    expect(entered(caret('12'), text, 6)).toEqual({ kind: 'refused', problem });
  });
});

describe('a correction', () => {
  it('types over the digit that is selected and goes on with the next one', () => {
    expect(entered(selected('12345', 1), '9', 6)).toEqual({
      kind: 'taken',
      slots: selected('19345', 2),
      complete: false,
    });
    expect(after(['9', '8'], selected('12345', 1))).toEqual({
      kind: 'taken',
      slots: selected('19845', 3),
      complete: false,
    });
  });

  it('is never judged by itself, whichever digit it is and however full the slots are', () => {
    for (let at = 0; at < 6; at += 1) {
      const edit = entered(selected('123456', at), '9', 6);
      expect(edit).toMatchObject({ kind: 'taken', complete: false });
    }
  });

  it('that is followed by the last digit at the end is judged with that', () => {
    const corrected = entered(selected('12345', 4), '9', 6);
    expect(corrected).toEqual(taken('12349', false));
    expect(after(['9', '6'], selected('12345', 4))).toEqual(taken('123496', true));
  });

  it('puts a digit in between where one was taken out, and is not judged for completing the code there', () => {
    expect(entered(caret('1345', 1), '2', 6)).toEqual(taken('12345', false, 2));
    expect(entered(caret('13456', 1), '2', 6)).toEqual(taken('123456', false, 2));
  });

  it('types over the next digit where there is no room', () => {
    expect(entered(caret('123456', 1), '9', 6)).toEqual(taken('193456', false, 2));
  });

  it('of everything at once begins anew', () => {
    expect(after(['4', '0'], selected('123456', 0, 6))).toEqual(taken('40', false));
    expect(after(['4', '0', '9', '3', '1', '3'], selected('123456', 0, 6))).toEqual(taken('409313', true));
  });

  it('with a part takes what it has room for', () => {
    expect(entered(caret('1256', 2), '34', 6)).toEqual(taken('123456', false, 4));
    expect(entered(caret('123', 1), '99', 6)).toEqual(taken('19923', false, 3));
  });
});

describe('whatever is entered', () => {
  const edits = fc.array(
    fc.record({
      text: fc.oneof(
        fc.stringMatching(/^\d{1,3}$/),
        fc.constantFrom(' ', '409 313', 'x', 'code 123456.', '12345678'),
      ),
      start: fc.nat(6),
      length: fc.nat(3),
    }),
    { maxLength: 12 },
  );

  it('the slots hold digits only, never too many, and are judged only when full, as main would take them', () => {
    fc.assert(
      fc.property(edits, (entries) => {
        let slots = NO_DIGITS;
        for (const { text, start, length } of entries) {
          const from = Math.min(start, slots.digits.length);
          const edit = entered(
            { ...slots, start: from, end: Math.min(from + length, slots.digits.length) },
            text,
            6,
          );
          if (edit.kind !== 'taken') continue;
          slots = edit.slots;
          expect(slots.digits).toMatch(/^\d{0,6}$/);
          expect(slots.start).toBeLessThanOrEqual(slots.end);
          expect(slots.end).toBeLessThanOrEqual(slots.digits.length);
          if (edit.complete) expect(cleanCode(slots.digits, 6)).toEqual(ok(slots.digits));
        }
      }),
    );
  });
});

it.each([
  [6, 3],
  [7, 4],
  [8, 4],
])('reads %i digits in groups, the first of %i', (length, group) => {
  expect(firstGroup(length)).toBe(group);
});
