/**
 * @file Why the live test failed, beside the field that can put it right: what happened, most likely why, what to do
 * now, how far it came, and the server's own words for who wants them.
 */
import { useTranslation } from 'react-i18next';
import { CAUSES } from '../../../shared/causes.ts';
import { type SetupTest } from '../../../shared/desk-view.ts';
import { type Authority } from '../../../shared/words.ts';
import { bridge, useView } from '../../bridge.ts';
import { capital } from '../../i18n/phrases.tsx';
import { exactTime } from '../../i18n/time.ts';
import { Button } from '../../ui/button.tsx';
import { ServerSaid } from '../../ui/cause.tsx';
import { Note } from '../../ui/note.tsx';
import { Steps } from './steps.tsx';

interface FailureProps {
  /** Of the element that holds all of it: the field is described by it. */
  readonly id: string;
  readonly test: Extract<SetupTest, { state: 'failed' }>;
  readonly host: string;
  /** Whom mail is handed to, as it reads inside a sentence. */
  readonly server: string;
  readonly google: boolean;
  readonly busy: boolean;
  readonly onSaveAnyway: () => void;
  /** The owner does without the keychain. */
  readonly onSession: () => void;
  /** The owner lets this authority open the connection. */
  readonly onConsent: (authority: Authority) => void;
}

export function Failure({ id, test, host, server, google, busy, ...on }: FailureProps) {
  const { t, i18n } = useTranslation();
  const { recordsKept } = useView();
  const { cause, notBefore, authority } = test.problem;
  if (authority !== undefined) {
    const yes = (
      <Button busy={busy} onClick={() => on.onConsent(authority)}>
        {t('setup.authority.yes')}
      </Button>
    );
    return (
      <div className="failure" id={id}>
        <Note tone="wait" title={t('setup.authority.title')} actions={yes}>
          <p>{t('setup.authority.question', { authority: authority.name })}</p>
        </Note>
      </div>
    );
  }
  const offline = CAUSES[cause].account === 'not-reached';
  const password = google && CAUSES[cause].next === 'password';
  const vault = CAUSES[cause].next === 'vault';
  const helps = password || offline || vault || test.problem.serverSaid !== null;
  const actions = helps && (
    <>
      {password && (
        <Button onClick={() => void bridge.outside.open({ page: 'app-passwords' })}>
          {t('setup.openAppPasswords')}
        </Button>
      )}
      {offline && (
        <Button busy={busy} onClick={on.onSaveAnyway}>
          {t('setup.saveAnyway')}
        </Button>
      )}
      {vault && (
        <Button busy={busy} onClick={on.onSession}>
          {t(recordsKept ? 'frame.beginAnew' : 'frame.thisSession')}
        </Button>
      )}
      <ServerSaid problem={test.problem} />
    </>
  );
  return (
    <div className="failure" id={id}>
      <Note
        tone="no"
        title={capital(t(`causes.${cause}.title`, { server }))}
        actions={actions === false ? undefined : actions}
      >
        <p>{t(`causes.${cause}.meaning`, { server })}</p>
        <p className="failure-remedy">{t(`causes.${cause}.remedy`, { server })}</p>
        {notBefore !== undefined && (
          <p>{t('refused.notBefore', { time: exactTime(notBefore, i18n.language) })}</p>
        )}
        {offline && <p>{t('setup.saveAnywayWhy')}</p>}
        {vault && <p>{t(recordsKept ? 'frame.orBeginAnew' : 'frame.orThisSession')}</p>}
        <Steps test={test} host={host} mailbox={false} />
      </Note>
    </div>
  );
}
