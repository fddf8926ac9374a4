/**
 * @file An expected failure of a call, in words, with the button that helps where one does.
 */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge, useView } from '../bridge.ts';
import { problemText, type AnyProblem } from '../i18n/phrases.tsx';
import { useAnnounce } from '../ui/announce.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/note.tsx';
import { keychainTrouble, VaultTrouble } from './notices.tsx';

export function Trouble({ problem }: { readonly problem: AnyProblem | null }) {
  const { t, i18n } = useTranslation();
  const view = useView();
  const announce = useAnnounce();
  const told = useRef<AnyProblem | null>(null);
  useEffect(() => {
    // Once for each failure, and not again when the desk changes under it.
    if (problem !== null && told.current !== problem)
      announce(problemText(t, problem, view.now, i18n.language));
    told.current = problem;
  }, [problem, announce, t, i18n.language, view.now]);
  if (problem === null) return null;
  if (problem.code === 'vault') {
    // Once is enough, except in the settings, where what was said above is far above.
    if (keychainTrouble(view) === problem.state && view.screen.at !== 'settings') return null;
    // The two ways on are for a keychain that is used; practice and a session only look for it to empty it.
    if (!view.practice && !view.sessionOnly) return <VaultTrouble state={problem.state} />;
  }
  return (
    <Note tone="no" {...helpFor(problem)}>
      <p>{problemText(t, problem, view.now, i18n.language)}</p>
    </Note>
  );
}

/** Where one button helps; most problems have their remedy in their words. */
function helpFor({ code }: AnyProblem) {
  if (code === 'no-account') return { actions: <SetUp /> };
  return code === 'no-secret' ? { actions: <EnterPassword /> } : {};
}

function SetUp() {
  const { t } = useTranslation();
  return <Button onClick={() => void bridge.desk.go({ to: 'welcome' })}>{t('frame.setUp')}</Button>;
}

function EnterPassword() {
  const { t } = useTranslation();
  return <Button onClick={() => void bridge.account.change()}>{t('refused.password')}</Button>;
}
