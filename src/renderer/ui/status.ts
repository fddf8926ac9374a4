/**
 * @file What the pill in the title bar says about sending, the worst thing first. Pure.
 */
import { type DeskView } from '../../shared/desk-view.ts';
import { type Words } from '../i18n/i18n.ts';
import { serverOf } from '../i18n/phrases.tsx';
import { moment } from '../i18n/time.ts';

export interface Status {
  readonly tone: 'yes' | 'wait' | 'no';
  readonly text: string;
}

/** From here on the number of sends left is shown as a warning (issue: "a warning at 80 %"). */
const FEW_LEFT = 0.2;

export function status(t: Words, view: DeskView, language: string): Status | null {
  if (view.practice) return { tone: 'wait', text: t('frame.status.practice') };
  if (view.vault === 'locked' && !view.sessionOnly)
    return { tone: 'wait', text: t('frame.status.vaultLocked') };
  if (view.vault === 'missing' && !view.sessionOnly)
    return { tone: 'wait', text: t('frame.status.vaultMissing') };
  if (view.account === null) return null;
  if (view.account.secret === null) return { tone: 'no', text: t('frame.status.noSecret') };
  const { left, allowed, freesAt } = view.sends;
  if (left === 0) {
    return {
      tone: 'no',
      text:
        freesAt === null
          ? t('frame.status.noneLeftToday')
          : t('frame.status.noneLeft', { time: moment(freesAt, view.now, language) }),
    };
  }
  const server = view.account.form.kind === 'server' ? t('frame.mail') : serverOf(t, view);
  if (!view.account.proven) return { tone: 'wait', text: t('frame.status.untested', { server }) };
  return {
    tone: left <= allowed * FEW_LEFT ? 'wait' : 'yes',
    text: t('frame.status.ready', { server, left }),
  };
}
