/**
 * @file What the pill in the title bar says about sending, the worst thing first. Pure.
 */
import { type DeskView, type SendsToday } from '../../shared/desk-view.ts';
import { type Words } from '../i18n/i18n.ts';
import { serverOf } from '../i18n/phrases.tsx';
import { moment } from '../i18n/time.ts';

export interface Status {
  readonly tone: 'yes' | 'wait' | 'no';
  readonly text: string;
}

/** From here on the number of sends left is a warning: four fifths of what the policy allows are sent. */
const FEW_LEFT = 0.2;

/** Whether so few are left that it has to be said. */
export const fewLeft = ({ left, allowed }: SendsToday): boolean => left <= allowed * FEW_LEFT;

/** How many can still be sent, and when there will be more. */
export function sendsLeft(t: Words, view: DeskView, language: string): string | null {
  const { left, allowed, freesAt, limitSaid } = view.sends;
  if (freesAt === null) return null;
  const time = moment(freesAt, view.now, language);
  if (left > 0) return t('frame.status.few', { left, allowed, time });
  return limitSaid
    ? t('frame.status.limitSaid', { server: mailName(t, view), time })
    : t('frame.status.noneLeft', { time });
}

/** Whom mail is handed to, where there is little room: a host name can be long. */
const mailName = (t: Words, view: DeskView): string =>
  view.account?.form.kind === 'server' ? t('frame.mail') : serverOf(t, view);

export function status(t: Words, view: DeskView, language: string): Status | null {
  if (view.practice) return { tone: 'wait', text: t('frame.status.practice') };
  if (view.vault === 'locked' && !view.sessionOnly)
    return { tone: 'wait', text: t('frame.status.vaultLocked') };
  if (view.vault === 'missing' && !view.sessionOnly)
    return { tone: 'wait', text: t('frame.status.vaultMissing') };
  if (view.account === null) return null;
  if (view.account.secret === null) return { tone: 'no', text: t('frame.status.noSecret') };
  if (view.account.standing === 'no-records') return { tone: 'no', text: t('frame.status.noRecords') };
  if (view.account.standing === 'refused')
    return { tone: 'no', text: t('frame.status.refused', { server: mailName(t, view) }) };
  const { left } = view.sends;
  const few = fewLeft(view.sends) ? sendsLeft(t, view, language) : null;
  if (few !== null && left === 0) return { tone: 'no', text: few };
  const server = mailName(t, view);
  if (view.account.standing === 'untested')
    return { tone: 'wait', text: t('frame.status.untested', { server }) };
  if (few !== null) return { tone: 'wait', text: few };
  return { tone: 'yes', text: t('frame.status.ready', { server, left }) };
}
