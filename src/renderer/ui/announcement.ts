/**
 * @file Which change of the desk is worth saying aloud. Pure: the desk before, the desk now, a sentence or null.
 */
import { type DeskView, type VerificationView } from '../../shared/desk-view.ts';
import { type Delivery, type VerificationState } from '../../shared/words.ts';
import { type Words } from '../i18n/i18n.ts';
import { returnedWhy, serverOf } from '../i18n/phrases.tsx';
import { fewLeft, sendsLeft } from './status.ts';

interface Known {
  readonly state: VerificationState;
  readonly delivery: Delivery['state'] | null;
}

/** What could be seen of a verification on the desk before: its screen, or its line in the rail. */
function known(view: DeskView, id: string): Known {
  if (view.screen.at === 'verification' && view.screen.verification.id === id) {
    const { state, delivery } = view.screen.verification;
    return { state, delivery: delivery.state };
  }
  return view.shift.find((row) => row.id === id) ?? { state: 'open', delivery: null };
}

export function announcement(t: Words, before: DeskView, now: DeskView, language: string): string | null {
  const said = [
    ofVerification(t, before, now),
    ofSends(t, before, now, language),
    ...ofNotices(t, before, now),
  ].filter((text) => text !== null);
  return said.length === 0 ? null : said.join(' ');
}

/** What appeared above the screen. */
function ofNotices(t: Words, before: DeskView, now: DeskView): readonly string[] {
  const known = new Set(before.notices.map(({ kind }) => kind));
  const titles = now.notices
    .filter(({ kind }) => !known.has(kind))
    .map(({ kind }) => t(`frame.notices.${kind}.title`));
  const shut = now.vault !== 'available' && now.vault !== before.vault && !now.sessionOnly && !now.practice;
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

function ofVerification(t: Words, before: DeskView, now: DeskView): string | null {
  if (now.screen.at !== 'verification') return null;
  const { verification } = now.screen;
  const last = known(before, verification.id);
  if (last.state !== verification.state) return finished(t, now.practice, verification);
  if (verification.state !== 'open' || last.delivery === verification.delivery.state) return null;
  return delivered(t, now, verification);
}

function finished(t: Words, practice: boolean, { state }: VerificationView): string | null {
  switch (state) {
    case 'verified':
      return practice ? t('announced.verifiedPractice') : t('announced.verified');
    case 'expired':
      return t('announced.expired');
    case 'locked':
      return t('announced.locked');
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
      const why = returnedWhy(delivery.cause);
      return t('announced.returned', {
        title: t(`code.returned.${why}.title`),
        remedy: t(`code.returned.${why}.remedy`),
      });
    }
    case 'unknown':
    case 'interrupted':
      return t('announced.unknown');
    case 'sending':
      return null;
  }
}
