/**
 * @file What will fail, said before it is tried: above the button that would fail, with what puts it right.
 */
import { useTranslation } from 'react-i18next';
import { type DeskView } from '../../shared/desk-view.ts';
import { bridge, useView } from '../bridge.ts';
import { problemText } from '../i18n/phrases.tsx';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/note.tsx';
import { sendsLeft, status } from './status.ts';

export function Beforehand() {
  const { t, i18n } = useTranslation();
  const view = useView();
  switch (willFail(view)) {
    case null:
      return null;
    case 'password':
      return (
        <Note tone="no" actions={<EnterPassword />}>
          <p>{problemText(t, { code: 'no-secret' }, view.now, i18n.language)}</p>
        </Note>
      );
    case 'refused':
      return (
        <Note tone="no" title={status(t, view, i18n.language)?.text} actions={<EnterPassword />}>
          <p>{t('frame.beforehand.refused')}</p>
        </Note>
      );
    case 'limit':
      return (
        <Note tone="wait" title={sendsLeft(t, view, i18n.language) ?? undefined}>
          <p>{t('frame.beforehand.limit')}</p>
        </Note>
      );
  }
}

/** The keychain and the records have notices of their own above every screen. */
function willFail({
  practice,
  vault,
  sessionOnly,
  account,
  sends,
}: DeskView): 'password' | 'refused' | 'limit' | null {
  if (practice || account === null) return null;
  if (vault !== 'available' && !sessionOnly) return null;
  if (account.secret === null) return 'password';
  if (account.standing === 'refused') return 'refused';
  return sends.left === 0 ? 'limit' : null;
}

function EnterPassword() {
  const { t } = useTranslation();
  const ownServer = useView().account?.form.kind === 'server';
  return (
    <Button onClick={() => void bridge.account.change()}>
      {t(ownServer ? 'refused.passwordServer' : 'refused.password')}
    </Button>
  );
}
