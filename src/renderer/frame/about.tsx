/** @file About the program: its name and version, what it claims, its licence and those of all that was built into it. */
import { useTranslation } from 'react-i18next';
import { own, packages } from 'virtual:bundled-packages';
import { useView } from '../bridge.ts';
import { Message } from '../ui/dialog.tsx';
import { Fold } from '../ui/fold.tsx';
import './about.css';

export function About({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const { version } = useView();
  return (
    <Message title={t('about.title', { version })} close={t('about.close')} onClose={onClose}>
      <p>{t('about.claim')}</p>
      <Fold title={t('about.licence')}>
        <Licence text={own} />
      </Fold>
      <Fold title={t('about.packages', { count: packages.length })}>
        <ul className="packages">
          {packages.map(({ name, version: at, licence, text }) => (
            <li key={`${name} ${at}`}>
              <Fold title={t('about.package', { name, version: at, licence })}>
                <Licence text={text} />
              </Fold>
            </li>
          ))}
        </ul>
      </Fold>
      <p>{t('about.runtime')}</p>
    </Message>
  );
}

/** In paragraphs: its author's lines are of another width. */
function Licence({ text }: { readonly text: string }) {
  return text.split(/\n\s*\n/).map((paragraph, index) => (
    <p key={index} className="licence">
      {paragraph}
    </p>
  ));
}
