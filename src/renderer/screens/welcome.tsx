/**
 * @file The first screen: what the program does, what it claims, and how to begin: to try it, apart from it the ways to
 * send.
 */
import { useTranslation } from 'react-i18next';
import { ACCOUNT_KINDS, type AccountKind } from '../../shared/words.ts';
import { bridge, useOneAtATime } from '../bridge.ts';
import { Card } from '../ui/card.tsx';
import { Icon, type IconName } from '../ui/icon.tsx';
import './welcome.css';

const ICONS: Record<AccountKind, IconName> = { gmail: 'mail', workspace: 'building', server: 'server' };

export function WelcomeScreen() {
  const { t } = useTranslation();
  const { run } = useOneAtATime();
  const go = (work: () => Promise<unknown>) => run(() => work().then(() => undefined));
  return (
    <Card title={t('welcome.title')} lead={t('welcome.lead')} focusTitle>
      <p className="claim">{t('welcome.claim')}</p>
      <Way
        practice
        icon="practice"
        title={t('welcome.practice.title')}
        text={t('welcome.practice.text')}
        onChoose={() => go(() => bridge.practice.begin())}
      />
      <h2 className="ways-title">{t('welcome.choose')}</h2>
      <ul className="ways">
        {ACCOUNT_KINDS.map((kind) => (
          <li key={kind}>
            <Way
              icon={ICONS[kind]}
              title={t(`welcome.choices.${kind}.title`)}
              text={t(`welcome.choices.${kind}.text`)}
              onChoose={() => go(() => bridge.setup.choose({ kind }))}
            />
          </li>
        ))}
      </ul>
    </Card>
  );
}

interface WayProps {
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly practice?: boolean;
  readonly onChoose: () => void;
}

function Way({ icon, title, text, practice, onChoose }: WayProps) {
  return (
    <button type="button" className="way" data-practice={practice} onClick={onChoose}>
      <Icon name={icon} />
      <span className="way-title">{title}</span>
      <span className="way-text">{text}</span>
      <Icon name="next" />
    </button>
  );
}
