/**
 * @file Which change of the desk is worth saying aloud. Pure: the desk before, the desk now, a sentence or null.
 */
import { type DeskView, type KnownRow, type VerificationView } from '../../shared/desk-view.ts';
import { type Delivery, type VerificationState } from '../../shared/words.ts';
import { type Words } from '../i18n/i18n.ts';
import { capital, noticeTitle, serverOf } from '../i18n/phrases.tsx';
import { clockTime } from '../i18n/time.ts';
import { endWords } from '../i18n/end-words.ts';
import { fewLeft, sendsLeft, status } from './status.ts';

interface LastSeen {
  readonly state: VerificationState;
  readonly delivery: Delivery['state'] | null;
}

/** What could be seen of a verification on the desk before: its screen, or its line in the rail. */
function lastSeen(view: DeskView, id: string): LastSeen {
  if (view.screen.at === 'verification' && view.screen.verification.id === id) {
    const { state, delivery } = view.screen.verification;
    return { state, delivery: delivery.state };
  }
  return knownRow(view, id) ?? { state: 'open', delivery: null };
}

/** A line of the rail that can be read. */
function knownRow({ shift }: DeskView, id: string): KnownRow | undefined {
  const row = shift.find((one) => one.id === id);
  return row?.state === 'unreadable' ? undefined : row;
}

export function announcement(t: Words, before: DeskView, now: DeskView, language: string): string | null {
  const said = [
    ofVerification(t, before, now, language),
    ...ofOthers(t, before, now),
    ofSends(t, before, now, language),
    ofStanding(t, before, now, language),
    ...ofNotices(t, before, now),
  ].filter((text) => text !== null);
  return said.length === 0 ? null : said.join(' ');
}

/** What appeared above the screen. */
function ofNotices(t: Words, before: DeskView, now: DeskView): readonly string[] {
  const known = new Set(before.notices.map((notice) => noticeTitle(t, notice)));
  const titles = now.notices
    .filter((notice) => !known.has(noticeTitle(t, notice)))
    .map((notice) =>
      notice.kind === 'account-saved' && now.account?.standing === 'untested'
        ? t('accountSaved.untested.title')
        : noticeTitle(t, notice),
    );
  // A test that failed because of it says so itself, with what to do.
  const told = now.screen.at === 'setup' && now.screen.test.state === 'failed';
  const shut =
    now.vault !== 'available' && now.vault !== before.vault && !now.sessionOnly && !now.practice && !told;
  const vault = shut ? [t(`frame.vault.${now.vault}.title`)] : [];
  return [...vault, ...titles].map((title) => `${title}.`);
}

/** The step from enough to few, and from few to none: once each, and not with every message. */
function ofSends(t: Words, before: DeskView, now: DeskView, language: string): string | null {
  if (now.practice || before.practice || !fewLeft(now.sends)) return null;
  const same = fewLeft(before.sends) && (before.sends.left === 0) === (now.sends.left === 0);
  const text = same ? null : sendsLeft(t, now, language);
  return text === null ? null : `${text}.`;
}

/** The account is not let in any more: it is said once, when that becomes known. */
function ofStanding(t: Words, before: DeskView, now: DeskView, language: string): string | null {
  const refused = ({ account }: DeskView): boolean => account?.standing === 'refused';
  if (now.practice || !refused(now) || refused(before)) return null;
  const pill = status(t, now, language);
  return pill === null ? null : `${pill.text}.`;
}

function ofVerification(t: Words, before: DeskView, now: DeskView, language: string): string | null {
  if (now.screen.at !== 'verification') return null;
  const { verification } = now.screen;
  const last = lastSeen(before, verification.id);
  if (last.state !== verification.state) return finished(t, now.practice, verification);
  if (verification.state === 'verified') return null;
  const paused = ofPause(t, before, now, verification);
  if (paused !== null || last.delivery === verification.delivery.state) return paused;
  const sent = delivered(t, now, verification);
  const { otherMail } = now.screen;
  return sent === null || otherMail === null || verification.delivery.state !== 'accepted'
    ? sent
    : `${sent} ${t(`code.otherMail.${otherMail}`, { time: clockTime(verification.delivery.at, language) })}`;
}

/** That it waits is said at the first pause, and not before every further attempt. */
function ofPause(t: Words, before: DeskView, now: DeskView, verification: VerificationView): string | null {
  const { delivery } = verification;
  if (delivery.state !== 'sending' || delivery.pause === null || delivery.attempt > 1) return null;
  const last = before.screen.at === 'verification' ? before.screen.verification : null;
  const known =
    last?.id === verification.id && last.delivery.state === 'sending' && last.delivery.pause !== null;
  const title = capital(t(`causes.${delivery.pause.cause}.title`, { server: serverOf(t, now) }));
  return known ? null : t('announced.paused', { title });
}

/** What became of a mail whose verification is not on the screen: its line in the rail changes, and nothing else. */
function ofOthers(t: Words, before: DeskView, now: DeskView): readonly string[] {
  const shown = now.screen.at === 'verification' ? now.screen.verification.id : null;
  return now.shift.flatMap((row) => {
    const last = knownRow(before, row.id);
    if (row.id === shown || last === undefined) return [];
    if (row.state === 'verified' || row.state === 'unreadable') return [];
    // A report may say more than the one before it.
    if (last.delivery === row.delivery && last.returned === row.returned) return [];
    const title = badNews(t, row);
    return title === null ? [] : [t('announced.elsewhere', { address: row.sentTo, title })];
  });
}

function badNews(t: Words, { delivery, returned, sends }: KnownRow): string | null {
  switch (delivery) {
    case 'returned':
      return t(`code.returned.${returned ?? 'other'}.title`);
    case 'refused':
      return sends === 0 ? t('frame.rail.notSent') : t('code.resendRefused.title');
    case 'unknown':
      return t('code.unknown.title');
    case 'sending':
    case 'accepted':
    case 'interrupted':
      return null;
  }
}

function finished(t: Words, practice: boolean, { state, endReason }: VerificationView): string | null {
  switch (state) {
    case 'verified':
      return practice ? t('announced.verifiedPractice') : t('announced.verified');
    case 'expired':
    case 'locked':
      return t('announced.ended', { title: t(`ended.${endWords(state, endReason)}.title`) });
    case 'open':
    case 'cancelled':
      return null;
  }
}

function delivered(t: Words, view: DeskView, { delivery, sentTo }: VerificationView): string | null {
  switch (delivery.state) {
    case 'accepted':
      return t('announced.sent', { address: sentTo });
    case 'refused':
      return t('announced.notSent', {
        why: t(`causes.${delivery.problem.cause}.title`, { server: serverOf(t, view) }),
      });
    case 'returned': {
      return t('announced.returned', {
        title: t(`code.returned.${delivery.why}.title`),
        remedy: t(`code.returned.${delivery.why}.remedy`),
      });
    }
    case 'unknown':
    case 'interrupted':
      return t('announced.unknown');
    case 'sending':
      return null;
  }
}
