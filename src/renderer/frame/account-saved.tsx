/**
 * @file After set-up: the account works, and a code to oneself shows what the other person will see.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { requestOf } from '../../shared/request.ts';
import { bridge, useOneAtATime, useView } from '../bridge.ts';
import { capital, problemText, serverOf, type AnyProblem } from '../i18n/phrases.tsx';
import { useAnnounce } from '../ui/announce.ts';
import { Button } from '../ui/button.tsx';
import { Note } from '../ui/note.tsx';

export function AccountSaved({ address }: { readonly address: string }) {
  const { t, i18n } = useTranslation();
  const view = useView();
  const announce = useAnnounce();
  const { busy, run } = useOneAtATime();
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const untested = view.account?.standing === 'untested';
  const trouble = view.account?.mailboxTrouble ?? null;
  const send = () =>
    run(async () => {
      const answer = await bridge.verification.start({ address, request: requestOf('sign-in') });
      if (answer.ok) return;
      setProblem(answer.problem);
      announce(problemText(t, answer.problem, view.now, i18n.language));
    });
  const words = untested ? 'accountSaved.untested' : 'frame.notices.account-saved';
  return (
    <Note
      tone={untested ? 'wait' : 'yes'}
      title={t(`${words}.title`)}
      actions={
        <>
          <Button busy={busy} onClick={send}>
            {t('accountSaved.send')}
          </Button>
          <Button kind="quiet" onClick={() => void bridge.desk.dismiss({ notice: 'account-saved' })}>
            {t('frame.dismiss')}
          </Button>
        </>
      }
    >
      <p>{t(`${words}.text`, { address })}</p>
      {trouble !== null && (
        <p>
          {t('accountSaved.mailbox', {
            title: capital(t(`causes.${trouble}.title`, { server: serverOf(t, view) })),
          })}
        </p>
      )}
      {problem !== null && <p>{problemText(t, problem, view.now, i18n.language)}</p>}
    </Note>
  );
}
