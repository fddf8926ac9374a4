/** @file What the desk verifies for: which lists are taken, and which names can never stand in a mail. */
import { describe, expect, it } from 'vitest';
import { checkChoices, readChoice } from '../../../src/main/choices/choices.ts';
import {
  isOffered,
  MOST_DETAILS,
  MOST_OWN_PURPOSES,
  nameFault,
  type OfferedPurpose,
  type Purposes,
  USUAL_PURPOSES,
  usualRequest,
} from '../../../src/shared/purposes.ts';
import { requestOf, requestWith } from '../../../src/shared/request.ts';

const own = (purpose: string, details: readonly string[] = [], offered = true): OfferedPurpose => ({
  purpose,
  details,
  offered,
});
const withOwn = (...more: readonly OfferedPurpose[]): Purposes => ({
  ...USUAL_PURPOSES,
  list: [...USUAL_PURPOSES.list, ...more],
});
const judged = (purposes: Purposes) => {
  const checked = checkChoices({ purposes }, 'gmail');
  return checked.ok ? checked.value.purposes : checked.problem.why;
};

describe('the purposes of a desk', () => {
  it('are kept in their order, with their names cleaned and nothing else changed', () => {
    const typed = withOwn(own('  Home visit ', [' Street', 'Door ']));
    expect(judged({ ...typed, list: typed.list.toReversed() })).toEqual({
      usual: 'registration',
      list: [own('Home visit', ['Street', 'Door']), ...USUAL_PURPOSES.list.toReversed()],
    });
  });

  it('are refused when the usual one is not offered, or is none', () => {
    const off = USUAL_PURPOSES.list.map((one) => ({ ...one, offered: false }));
    expect(judged({ usual: 'registration', list: off })).toBe('out-of-range');
    expect(judged({ ...USUAL_PURPOSES, usual: 'Elsewhere' })).toBe('out-of-range');
  });

  it('have the program’s own among them, once each and with their own details', () => {
    const [first] = USUAL_PURPOSES.list;
    if (first === undefined) throw new Error('there are purposes');
    expect(judged(withOwn(first))).toBe('out-of-range');
    // A version that knows one more finds it, not offered.
    const fewer = {
      ...USUAL_PURPOSES,
      list: USUAL_PURPOSES.list.filter(({ purpose }) => purpose !== 'other'),
    };
    expect(judged(fewer)).toMatchObject({
      list: expect.arrayContaining([{ ...own('other', ['what']), offered: false }]) as unknown,
    });
    const bent = USUAL_PURPOSES.list.map((one) => ({ ...one, details: ['Anything'] }));
    expect(judged({ ...USUAL_PURPOSES, list: bent })).toEqual(USUAL_PURPOSES);
  });

  it('have a bound on how many there are, and how much each asks for', () => {
    const many = Array.from({ length: MOST_OWN_PURPOSES + 1 }, (_, index) => own(`Visit ${index}`));
    expect(judged(withOwn(...many.slice(1)))).toMatchObject({ usual: 'registration' });
    expect(judged(withOwn(...many))).toBe('out-of-range');
    const details = Array.from({ length: MOST_DETAILS + 1 }, (_, index) => `Part ${index}`);
    expect(judged(withOwn(own('Visit', details)))).toBe('out-of-range');
  });

  it('are as on the first day when the file has something else', () => {
    for (const stored of [
      null,
      'registration',
      [],
      { usual: 'registration' },
      { ...USUAL_PURPOSES, more: 1 },
    ])
      expect(readChoice('purposes', stored).ok).toBe(false);
  });
});

describe('the name of a purpose or a detail', () => {
  it.each([
    'Home visit',
    'Rückruf',
    'ביקור בית',
    'Ärztliche Überweisung',
    'Visit 2026',
    'No. 5',
    '上門服務',
    'R&D <b>',
  ])('can be %s', (name) => expect(nameFault(name, [])).toBeNull());

  it.each([
    ['', 'empty'],
    [' \t ', 'empty'],
    ['x'.repeat(41), 'too-long'],
    ['Home\nvisit', 'control-character'],
    ['Home\u202Evisit', 'control-character'],
    ['Home\u200Bvisit', 'control-character'],
    ['Home\u2028visit', 'control-character'],
    ['409314', 'like-a-code'],
    ['Code 409 314', 'like-a-code'],
    ['４０９３１４', 'like-a-code'],
    ['٤٠٩٣١٤', 'like-a-code'],
    ['4-0-9-3-1-4', 'like-a-code'],
    ['See evil.example', 'like-a-link'],
    ['https://x', 'like-a-link'],
    ['www.evil', 'like-a-link'],
    ['ask mia@home', 'like-a-link'],
    ['evil．com', 'like-a-link'],
    ['Visit of {name}', 'like-a-placeholder'],
    ['%NAME%', 'like-a-placeholder'],
    ['home VISIT', 'taken'],
    ['Home-visit', 'taken'],
  ])('can’t be %j: %s', (name, why) => expect(nameFault(name, ['Home visit'])).toBe(why));

  it('can’t be one of ours, whose words it would be shown with', () => {
    for (const name of ['Registration', 'Password reset', 'sign in', 'Other'])
      expect(judged(withOwn(own(name)))).toBe('taken');
  });
});

describe('what can be asked for', () => {
  const purposes = withOwn(own('Home visit', ['Street', 'Door']), own('Closed', [], false));

  it('is ours, and the owner’s own as it is offered', () => {
    expect(isOffered(requestOf('payment'), purposes)).toBe(true);
    expect(isOffered(requestWith('Home visit', ['Street', 'Door']), purposes)).toBe(true);
    for (const asked of [
      requestWith('Home visit', ['Street']),
      requestWith('Home visit', ['Door', 'Street']),
      requestWith('home visit', ['Street', 'Door']),
      requestWith('Closed', []),
      requestWith('constructor', []),
      requestWith('payment', ['amount']),
    ])
      expect(isOffered(asked, purposes), asked.purpose).toBe(false);
  });

  it('is usually the usual one, with the desk as the payee where ours asks for one', () => {
    expect(usualRequest({ ...purposes, usual: 'payment' }, 'Clinic')).toEqual(
      requestOf('payment', { payee: 'Clinic' }),
    );
    const payee = withOwn(own('Refund', ['payee']));
    expect(usualRequest({ ...payee, usual: 'Refund' }, 'Clinic')).toEqual(requestWith('Refund', ['payee']));
  });
});
