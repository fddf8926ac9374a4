/** @file Whether it is asked for newer versions: off until the owner chooses, and who is asked is said first. */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bridge, useView } from '../../bridge.ts';
import { Trouble } from '../../frame/trouble.tsx';
import { type AnyProblem } from '../../i18n/phrases.tsx';
import { Tick } from '../../ui/field.tsx';
import { Section } from './section.tsx';

export function NewerVersions() {
  const { t } = useTranslation();
  const { releasesFrom: host, choices } = useView();
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const choose = async (tellNewer: boolean) => {
    const answer = await bridge.settings.choose({ tellNewer });
    // Yes and no are both in range.
    setProblem(answer.ok || answer.problem.code === 'choice' ? null : answer.problem);
  };
  return (
    <Section title={t('settings.newer.title')}>
      {host === null ? (
        <p>{t('settings.newer.nobody')}</p>
      ) : (
        <Tick
          title={t('settings.newer.tellNewer.title')}
          text={t('settings.newer.tellNewer.text', { host })}
          checked={choices.tellNewer}
          onChecked={(checked) => void choose(checked)}
        />
      )}
      <Trouble problem={problem} />
    </Section>
  );
}
