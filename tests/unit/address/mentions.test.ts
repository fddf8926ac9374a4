/** @file An address in a text for people is found as a whole, in every spelling of its mailbox, and never as a part of another. */
import { describe, expect, it } from 'vitest';
import { withoutMentions } from '../../../src/main/address/mentions.ts';
import { parseAddress } from '../../../src/main/address/parse.ts';
import { valueOf } from '../../fakes/value-of.ts';

function erased(text: string, address: string): string {
  return withoutMentions(text, valueOf(parseAddress(address)).canonical, '█');
}

describe('a mailbox in a note', () => {
  it.each([
    ['mia@example.com', '█'],
    ['See mia@example.com.', 'See █.'],
    ['MIA@EXAMPLE.COM, Mia+shop@Example.com; <mia@example.com>', '█, █; <█>'],
    ["mailto:mia@example.com 'mia@example.com' *mia@example.com* _mia@example.com_", "mailto:█ '█' *█* _█_"],
    ['mia@example.com/karim@example.com, anna/mia@example.com', '█/karim@example.com, anna/█'],
    ['the mia@example.com-address; mia@example.com.Called back', 'the █-address; █.Called back'],
    ['first line\nmia@example.com\tlast', 'first line\n█\tlast'],
    ['½ h later… mia@example.com № 7', '½ h later… █ № 7'],
    ['\u202Emia@example.com, m\u00ADia@exam\u200Bple.com, ｍｉａ＠ｅｘａｍｐｌｅ．ｃｏｍ', '█, █, █'],
    ['…mia@example.com...', '…█...'],
    ['😀mia@example.com😀', '😀█😀'],
  ])('is taken out of %j whole [T-erase-whole]', (text, left) => {
    expect(erased(text, 'mia@example.com')).toBe(left);
  });

  it.each([
    ['m.i.a+x@googlemail.com', 'mia@gmail.com'],
    ['Mia@BÜCHER.example', 'mia@xn--bcher-kva.example'],
    ['müller@example.com'.normalize('NFD'), 'MÜLLER@example.com'],
  ])('is found as %s', (text, address) => {
    expect(erased(`by ${text}!`, address)).toBe('by █!');
  });

  it.each([
    ['maria@b.com', 'a@b.co'],
    ['maria@b.co', 'a@b.co'],
    ['a@b.com, a@b.co.uk, A@B.CO.UK, a@b.co-op.example', 'a@b.co'],
    ['x.a@b.co, x-a@b.co, x_a@b.co, ä@b.co, 1a@b.co', 'a@b.co'],
    ['a@x.b.co', 'a@b.co'],
    ['at b.co, @b.co, a@, a @b.co', 'a@b.co'],
  ])('leaves %s as it is when %s is erased', (text, address) => {
    expect(erased(text, address)).toBe(text);
  });
});
