/**
 * @file Whether it is asked for newer versions, and what is done with one: nothing until the owner chooses. Who is asked is said
 * first, and whether this copy of the program can be replaced by itself.
 */
import { useTranslation } from 'react-i18next';
import { installsItself, NEWER_VERSIONS, type NewerVersion } from '../../../shared/newer-version.ts';
import { useView } from '../../bridge.ts';
import type { Words } from '../../i18n/i18n.ts';
import { noticeTitle } from '../../i18n/phrases.tsx';
import { Picked } from './picked.tsx';
import { Section } from './section.tsx';

export function NewerVersions() {
  const { t } = useTranslation();
  const { releases } = useView();
  if (releases === null)
    return (
      <Section title={t('settings.newer.title')}>
        <p>{t('settings.newer.nobody')}</p>
      </Section>
    );
  const { host, from, way, newer } = releases;
  const offered = NEWER_VERSIONS.filter((choice) => choice !== 'install' || installsItself(way));
  return (
    <Section title={t('settings.newer.title')}>
      <Picked
        name="newerVersions"
        label={t('settings.newer.label')}
        values={offered}
        title={(choice) => t(`settings.newer.choices.${choice}`)}
      />
      {newer !== null && <p>{knownText(t, newer)}</p>}
      <p>{t('settings.newer.asks', { host })}</p>
      <p>{t(`settings.newer.ways.${way}`, { from })}</p>
    </Section>
  );
}

/** What is known of it, what becomes of it, and what is to be done about that. */
function knownText(t: Words, newer: NewerVersion): string {
  const { page, stage } = newer;
  const why = stage.at === 'failed' ? t(`settings.newer.why.${stage.why}`) : '';
  return t('settings.newer.known', {
    title: noticeTitle(t, { kind: 'newer-version', ...newer }),
    text: t(`settings.newer.stages.${stage.at}`, { why, page }),
  });
}
