/**
 * @file The list of keys: F1 opens it, Escape closes it and gives the focus back.
 */
import { useTranslation } from 'react-i18next';
import { KEYS, type KeyName } from '../../shared/keys.ts';
import { Message } from '../ui/dialog.tsx';
import { printed } from './keys.ts';
import './keys-list.css';

const NAMES = Object.keys(KEYS) as readonly KeyName[];

export function KeysList({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Message title={t('frame.keys.title')} close={t('frame.keys.close')} onClose={onClose}>
      <dl className="keys-list">
        <Line keys={t('frame.keys.enter')} what={t('frame.keys.does.enter')} />
        {NAMES.map((name) => (
          <Line key={name} keys={printed(KEYS[name])} what={t(`frame.keys.does.${name}`)} />
        ))}
        <Line keys={`${printed({ key: '1', modified: true })} – 9`} what={t('frame.keys.does.rows')} />
        <Line keys="↑ ↓" what={t('frame.keys.does.arrows')} />
      </dl>
    </Message>
  );
}

function Line({ keys, what }: { readonly keys: string; readonly what: string }) {
  return (
    <div>
      <dt>{what}</dt>
      <dd>
        <kbd>{keys}</kbd>
      </dd>
    </div>
  );
}
