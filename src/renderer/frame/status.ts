/**
 * @file What the pill in the title bar says about sending, the worst thing first. Pure.
 */
import { type DeskView, type SendsToday } from '../../shared/desk-view.ts';
import { type Words } from '../i18n/i18n.ts';
import { serverOf } from '../i18n/phrases.tsx';
import { moment } from '../i18n/time.ts';

/** Where the pill leads: to what puts it right. */
export type Remedy = 'keychain' | 'account' | 'records' | 'limits';

export interface Status {
  readonly tone: 'yes' | 'wait' | 'no';
  readonly text: string;
  /** Null when nothing is wrong. */
  readonly remedy: Remedy | null;
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
  const { account, vault, sessionOnly, sends } = view;
  if (view.practice) return { tone: 'wait', text: t('frame.status.practice'), remedy: null };
  if (vault === 'locked' && !sessionOnly)
    return { tone: 'wait', text: t('frame.status.vaultLocked'), remedy: 'keychain' };
  if (vault === 'missing' && !sessionOnly)
    return { tone: 'wait', text: t('frame.status.vaultMissing'), remedy: 'keychain' };
  if (account === null) return null;
  if (account.secret === null) return { tone: 'no', text: t('frame.status.noSecret'), remedy: 'account' };
  if (account.standing === 'no-records')
    return { tone: 'no', text: t(`frame.status.${recordsWords(view)}`), remedy: 'records' };
  const server = mailName(t, view);
  if (account.standing === 'refused')
    return { tone: 'no', text: t('frame.status.refused', { server }), remedy: 'account' };
  const few = fewLeft(sends) ? sendsLeft(t, view, language) : null;
  if (few !== null && sends.left === 0) return { tone: 'no', text: few, remedy: 'limits' };
  if (account.standing === 'untested')
    return { tone: 'wait', text: t('frame.status.untested', { server }), remedy: 'account' };
  if (few !== null) return { tone: 'wait', text: few, remedy: 'limits' };
  return { tone: 'yes', text: t('frame.status.ready', { server, count: sends.left }), remedy: null };
}

const recordsWords = ({ notices }: DeskView): 'recordsDamaged' | 'recordsUnusable' =>
  notices.some(({ kind }) => kind === 'records-unreadable') ? 'recordsDamaged' : 'recordsUnusable';
