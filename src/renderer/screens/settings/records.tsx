/**
 * @file Keys and records: new keys, or everything gone. Both say what stays.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge, useOneAtATime } from '../../bridge.ts';
import { type AnyProblem } from '../../i18n/phrases.tsx';
import { useAnnounce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Note } from '../../ui/note.tsx';
import { Trouble } from '../../frame/trouble.tsx';
import { Removal } from './removal.tsx';
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
  return (
    <Section title={t('settings.records.title')}>
      <p>{t('settings.records.text')}</p>
      <Removal
        kind="danger"
        label={t('settings.records.remove')}
        question={t('settings.records.removeTitle')}
        confirm={t('settings.records.removeConfirm')}
        remove={bridge.settings.removeAll}
      >
        <p>{t('settings.records.text')}</p>
      </Removal>
    </Section>
  );
}
