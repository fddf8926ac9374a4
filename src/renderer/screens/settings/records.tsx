/**
 * @file Keys and records: new keys, or everything gone. Both say what stays.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge, useOneAtATime } from '../../bridge.ts';
import { type AnyProblem } from '../../i18n/phrases.tsx';
import { useAnnounce } from '../../ui/announcer.tsx';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Note } from '../../ui/note.tsx';
import { Trouble } from '../../ui/trouble.tsx';
import { Section } from './section.tsx';

export function KeysSection() {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { busy, run } = useOneAtATime();
  const [made, setMade] = useState(false);
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const make = () =>
    run(async () => {
      setMade(false);
      const answer = await bridge.settings.rotateKeys();
      setProblem(answer.ok ? null : answer.problem);
      setMade(answer.ok);
      if (answer.ok) announce(t('settings.keys.made'));
    });
  return (
    <Section title={t('settings.keys.title')}>
      <p>{t('settings.keys.text')}</p>
      {made && <Note tone="yes" title={t('settings.keys.made')} />}
      <Trouble problem={problem} />
      <div className="section-actions">
        <Button busy={busy} onClick={make}>
          {t('settings.keys.make')}
        </Button>
      </div>
    </Section>
  );
}

export function RecordsSection() {
  const { t } = useTranslation();
  const { busy, run } = useOneAtATime();
  const [asking, setAsking] = useState(false);
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const remove = () =>
    run(async () => {
      const answer = await bridge.settings.removeAll();
      setAsking(false);
      setProblem(answer.ok ? null : answer.problem);
    });
  return (
    <Section title={t('settings.records.title')}>
      <p>{t('settings.records.text')}</p>
      <Trouble problem={problem} />
      <div className="section-actions">
        <Button kind="danger" onClick={() => setAsking(true)}>
          {t('settings.records.remove')}
        </Button>
      </div>
      {asking && (
        <Confirm
          title={t('settings.records.removeTitle')}
          confirm={t('settings.records.removeConfirm')}
          cancel={t('settings.keep')}
          busy={busy}
          onConfirm={remove}
          onClose={() => setAsking(false)}
        >
          <p>{t('settings.records.text')}</p>
        </Confirm>
      )}
    </Section>
  );
}
