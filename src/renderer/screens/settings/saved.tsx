/**
 * @file Says beside a form's button that what was typed is stored; the live region says it to those who do not see.
 */
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icon.tsx';

export function Saved() {
  const { t } = useTranslation();
  return (
    <p className="saved" aria-hidden="true">
      <Icon name="check" />
      {t('settings.saved')}
    </p>
  );
}
