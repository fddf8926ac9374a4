/**
 * @file What the frame says: the pill, the lines of the rail, the announcements.
 */
import { requestOf } from '../../../src/shared/request.ts';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DeskView, type KnownRow } from '../../../src/shared/desk-view.ts';
import { i18n } from '../../../src/renderer/i18n/i18n.ts';
import { announcement } from '../../../src/renderer/frame/announcement.ts';
import { railGroups, railText } from '../../../src/renderer/frame/rail-text.ts';
import { status } from '../../../src/renderer/frame/status.ts';
import type { NewerStage } from '../../../src/shared/newer-version.ts';
import { codeView, newerVersion, NOW, view } from '../../gallery/parts.ts';

const t = i18n.t;

beforeAll(() => void vi.stubEnv('TZ', 'UTC'));
afterAll(() => void vi.unstubAllEnvs());

describe('the pill', () => {
  const pill = (change: Partial<DeskView> = {}) => status(t, view(change), 'en');
  const says = (tone: string, text: string, remedy: string | null = null) => ({ tone, text, remedy });
  const account = view().account;
  if (account === null) throw new Error('the sample desk has an account');

  it('says that Gmail is ready and how many are codes left', () => {
    expect(pill()).toEqual(says('yes', 'Gmail ready · 237 codes left'));
  });

  it('marks practice before anything else, whatever else is wrong', () => {
    expect(pill({ practice: true, vault: 'locked', account: null })).toEqual(
      says('wait', 'Practice: what you try stays on this computer'),
    );
  });

  const few = { left: 80, allowed: 400, freesAt: NOW + 3_600_000, limitSaid: false };

  it('warns from 80 % on, in words, with the time from which there are more', () => {
    expect(pill({ sends: { ...few, left: 81 } })?.tone).toBe('yes');
    expect(pill({ sends: few })).toEqual(says('wait', '80 of 400 codes left · more from 15:06', 'limits'));
  });

  it('says when the next one frees once none is left', () => {
    expect(pill({ sends: { ...few, left: 0 } })).toEqual(says('no', 'No codes left · next 15:06', 'limits'));
  });

  it('says so when it was the server that named its limit, and that its time is a guess', () => {
    expect(pill({ sends: { ...few, left: 0, limitSaid: true } })).toEqual(
      says('no', 'Gmail sends no more today · next about 15:06', 'limits'),
    );
  });

  it('speaks of the keychain while it is locked or missing, but not for a session without it', () => {
    expect(pill({ vault: 'locked' })?.text).toBe('Keychain locked');
    expect(pill({ vault: 'missing' })?.text).toBe('No keychain');
    expect(pill({ vault: 'missing', sessionOnly: true })?.tone).toBe('yes');
  });

  it('asks for the app password when it is gone', () => {
    expect(pill({ account: { ...account, secret: null } })).toEqual(says('no', 'Password needed', 'account'));
  });

  it('does not call an account ready that was refused at the last message, nor one without its records', () => {
    const standing = (which: 'refused' | 'no-records') => pill({ account: { ...account, standing: which } });
    expect(standing('refused')).toEqual(says('no', 'Gmail sign-in failed', 'account'));
    expect(standing('no-records')).toEqual(says('no', 'Records cannot be used', 'records'));
  });

  it('does not call an account ready that was saved untested', () => {
    expect(pill({ account: { ...account, standing: 'untested' } })?.text).toBe('Gmail not tested yet');
  });

  it('says nothing before there is an account', () => {
    expect(pill({ account: null })).toBeNull();
  });
});

describe('a line of the rail', () => {
  const row: KnownRow = {
    id: 'v1',
    sentTo: 'mia.keller@example.com',
    request: requestOf('payment', { amount: '€49.90', payee: 'Harbour Clinic' }),
    state: 'open',
    endReason: null,
    openedAt: NOW,
    expiresAt: NOW + 492_000,
    endedAt: null,
    delivery: 'accepted',
    returned: null,
    sends: 1,
    ticket: '',
  };
  const line = (over: Partial<KnownRow>) => railText(t, { ...row, ...over });

  it('says what it is for while nothing is wrong', () => {
    expect(line({})).toEqual({ second: 'Payment, €49.90', tone: 'plain', verified: false });
  });

  it.each<[Partial<KnownRow>, string, string]>([
    [{ delivery: 'sending' }, 'Sending…', 'plain'],
    [{ delivery: 'refused', sends: 0 }, 'Not sent', 'no'],
    [{ delivery: 'refused', sends: 1 }, 'Payment, €49.90', 'plain'],
    [{ delivery: 'returned', returned: 'no-such-mailbox' }, 'Not delivered: no such mailbox', 'no'],
    [{ delivery: 'returned', returned: 'recipient-full' }, 'Not delivered: mailbox full', 'no'],
    [{ delivery: 'returned', returned: 'refused-there' }, 'Not delivered: refused there', 'no'],
    [{ state: 'expired', delivery: 'returned', returned: 'other' }, 'Not delivered', 'no'],
    [{ state: 'expired', delivery: 'refused', sends: 0 }, 'Not sent', 'no'],
    [{ state: 'expired', delivery: 'refused', sends: 1 }, 'Expired', 'plain'],
    [{ delivery: 'unknown' }, 'May not have arrived', 'wait'],
    [{ delivery: 'interrupted' }, 'May not have arrived', 'wait'],
    [{ state: 'expired' }, 'Expired', 'plain'],
    [{ state: 'locked' }, 'Too many wrong codes', 'no'],
    [{ state: 'cancelled' }, 'Replaced', 'plain'],
  ])('of %j says %s', (over, second, tone) => {
    expect(line(over)).toMatchObject({ second, tone, verified: false });
  });

  it('is ticked only when it is verified', () => {
    expect(line({ state: 'verified', endedAt: NOW })).toEqual({
      second: 'Payment, €49.90',
      tone: 'yes',
      verified: true,
    });
  });

  it('stands with the open ones on top, however old, and the newest end first below them', () => {
    const one = (id: string, over: Partial<KnownRow>): KnownRow => ({ ...row, id, ...over });
    const { open, ended } = railGroups([
      one('verified', { state: 'verified', endedAt: NOW }),
      one('old and open', { openedAt: NOW - 500_000 }),
      one('expired', { state: 'expired', endedAt: null, expiresAt: NOW + 1 }),
      one('open', {}),
      one('locked', { state: 'locked', endedAt: NOW + 2 }),
    ]);
    expect(open.map(({ id }) => id)).toEqual(['open', 'old and open']);
    expect(ended.map(({ id }) => id)).toEqual(['locked', 'expired', 'verified']);
  });
});

describe('an announcement', () => {
  const announced = (before: DeskView, now: DeskView) => announcement(t, before, now, 'en');
  const sending = codeView({ delivery: { state: 'sending', stage: 'connecting', attempt: 1, pause: null } });
  const sent = codeView();

  it('is made when the mail is handed over', () => {
    expect(announced(sending, sent)).toBe('Code sent to mia.keller@example.com.');
  });

  it('is made when it was not, and says why', () => {
    const refused = codeView({
      delivery: {
        state: 'refused',
        at: NOW,
        problem: { cause: 'no-such-mailbox', serverSaid: null },
      },
    });
    expect(announced(sending, refused)).toBe('Not sent. There is no such mailbox');
  });

  it('is made when the mail comes back after all', () => {
    const returned = codeView({
      delivery: { state: 'returned', at: NOW, status: '5.1.1', why: 'no-such-mailbox' },
    });
    expect(announced(sent, returned)).toMatch(/^Not delivered: there is no such mailbox\./);
  });

  it.each([
    ['verified', 'Verified. Whoever read this code back controls this mailbox now.'],
    ['expired', 'The code has expired. Nothing was verified.'],
    ['locked', 'Too many wrong codes. Nothing was verified.'],
  ] as const)('is made when the verification is %s', (state, said) => {
    expect(announced(sent, codeView({ state }))).toBe(said);
  });

  it('gives the reason when it ended before its time', () => {
    expect(announced(sent, codeView({ state: 'expired', endReason: 'clock' }))).toBe(
      'Ended, because the clock changed. Nothing was verified.',
    );
  });

  it('says once that it waits to try again, and why', () => {
    const paused = (attempt: number) =>
      codeView({
        delivery: {
          state: 'sending',
          stage: 'connecting',
          attempt,
          pause: { cause: 'busy', until: NOW + 5_000 },
        },
      });
    expect(announced(sending, paused(1))).toBe('Gmail is busy. Trying again by itself.');
    expect(announced(paused(1), paused(1))).toBeNull();
    expect(announced(sending, paused(2))).toBeNull();
  });

  it('tells what became of a mail whose verification is not on the screen', () => {
    const rail = (over: Partial<KnownRow>) =>
      view({
        screen: { at: 'address' },
        shift: view()
          .shift.filter((row) => row.state !== 'unreadable')
          .map((row) => ({ ...row, ...over }))
          .slice(0, 1),
      });
    const out = rail({ state: 'open', delivery: 'accepted' });
    const back = rail({ state: 'open', delivery: 'returned', returned: 'no-such-mailbox' });
    expect(announced(out, back)).toBe('mia.keller@example.com: Not delivered: there is no such mailbox.');
    expect(announced(back, back)).toBeNull();
    expect(announced(rail({ delivery: 'sending' }), out)).toBeNull();
    expect(announced(rail({ delivery: 'sending' }), rail({ delivery: 'refused', sends: 0 }))).toBe(
      'mia.keller@example.com: Not sent.',
    );
  });

  it('says in practice that it proves nothing', () => {
    const practice = { practice: true };
    expect(announced(codeView({}, practice), codeView({ state: 'verified' }, practice))).toBe(
      'Verified, in practice. This proves nothing.',
    );
  });

  it('says once that few are left, and once that none is', () => {
    const left = (count: number) =>
      view({ sends: { left: count, allowed: 400, freesAt: NOW + 3_600_000, limitSaid: false } });
    expect(announced(left(81), left(80))).toBe('80 of 400 codes left · more from 15:06.');
    expect(announced(left(80), left(79))).toBeNull();
    expect(announced(left(1), left(0))).toBe('No codes left · next 15:06.');
    expect(announced(left(0), left(0))).toBeNull();
    expect(announced(left(81), { ...left(80), practice: true })).toBeNull();
  });

  it('is made for a notice that appears and for a keychain that is shut, once', () => {
    const noticed = view({ notices: [{ kind: 'choices-reset' }] });
    expect(announced(view(), noticed)).toBe('Some settings were put back to their defaults.');
    expect(announced(noticed, noticed)).toBeNull();
    const newer = (stage: NewerStage) =>
      view({ notices: [{ kind: 'newer-version', ...newerVersion(stage) }] });
    const awaited = newer({ at: 'awaited' });
    expect(announced(view(), awaited)).toBe('Countersign 1.4.0 is out.');
    const ready = newer({ at: 'ready' });
    expect(announced(awaited, ready)).toBe(
      'Countersign 1.4.0 will be installed when you quit with nothing open.',
    );
    expect(announced(ready, ready)).toBeNull();
    expect(announced(view(), view({ vault: 'locked' }))).toBe('The keychain is locked.');
    expect(announced(view({ vault: 'locked' }), view({ vault: 'locked' }))).toBeNull();
  });

  it('is not made for a stage of the way, for time that passes, or for a guess that is counted', () => {
    const later = codeView({ delivery: { state: 'sending', stage: 'data-sent', attempt: 1, pause: null } });
    expect(announced(sending, later)).toBeNull();
    expect(announced(sent, codeView({}, { now: NOW + 60_000 }))).toBeNull();
    expect(announced(sent, codeView({ guessesLeft: 4 }))).toBeNull();
  });

  it('is not made again for what the rail already showed', () => {
    // The first line of the sample shift is this verification, open and accepted.
    expect(announced(view(), sent)).toBeNull();
  });

  it('is made for a verification that was sent before its screen was first pushed', () => {
    expect(announced(view({ shift: [] }), sent)).toBe('Code sent to mia.keller@example.com.');
  });
});
