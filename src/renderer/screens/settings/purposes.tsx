/**
 * @file What the desk verifies for: which purposes are offered, in which order, which is the usual one, and the owner's own
 * with the details they ask for. The whole list is one setting, so that one press undoes any change of it.
 */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import {
  MOST_OWN_PURPOSES,
  type OfferedPurpose,
  offeredOf,
  type Purposes,
} from '../../../shared/purposes.ts';
import { isKnownPurpose } from '../../../shared/request.ts';
import { purposeName } from '../../i18n/phrases.tsx';
import { Button } from '../../ui/button.tsx';
import { freshName } from './fresh-name.ts';
import { OwnPurpose } from './own-purpose.tsx';
import { Section } from './section.tsx';
import { useTypedSetting } from './use-typed-setting.ts';
import './purposes.css';

/** The usual one is always one that is offered. */
const withUsual = ({ usual, list }: Purposes): Purposes => {
  const offered = offeredOf({ usual, list });
  const first = offered[0]?.purpose ?? usual;
  return { usual: offered.some(({ purpose }) => purpose === usual) ? usual : first, list };
};

export function PurposesPage() {
  const { t } = useTranslation();
  const { value, fault, onValue, onLeave, ...typing } = useTypedSetting(
    'purposes',
    t('settings.pages.purposes'),
  );
  const { usual, list } = value;
  const section = useRef<HTMLUListElement>(null);
  /** What takes the focus once it is there. */
  const next = useRef<string | null>(null);
  useEffect(() => {
    const field = next.current === null ? null : section.current?.querySelector<HTMLElement>(next.current);
    next.current = null;
    field?.focus();
    if (field instanceof HTMLInputElement) field.select();
  });

  /** A change that is whole: it is stored at once. */
  const pick = (change: Purposes) => {
    onValue(withUsual(change));
    onLeave();
  };
  const at = (index: number, change: Partial<OfferedPurpose>): Purposes => ({
    // A purpose that is called something else is the usual one still.
    usual: list[index]?.purpose === usual ? (change.purpose ?? usual) : usual,
    list: list.map((one, place) => (place === index ? { ...one, ...change } : one)),
  });
  const move = (index: number, by: -1 | 1) => {
    const moved = list.filter((_, place) => place !== index);
    next.current = `[data-at="${index + by}"] [data-move="${by}"]`;
    pick({ usual, list: moved.toSpliced(index + by, 0, ...list.slice(index, index + 1)) });
  };
  const add = () => {
    const names = list.map(({ purpose }) => purpose);
    next.current = `[data-at="${list.length}"] .field input`;
    const purpose = freshName(t('settings.purposes.fresh'), names);
    pick({ usual, list: [...list, { purpose, details: [], offered: true }] });
  };
  const own = list.filter(({ purpose }) => !isKnownPurpose(purpose)).length;

  return (
    <Section>
      <p>{t('settings.purposes.text')}</p>
      <ul className="purposes" ref={section}>
        {list.map((one, index) => {
          const name = purposeName(t, one.purpose);
          return (
            // Its place is what it is known by: its name is being typed.
            <li key={index} data-at={index}>
              <div className="purpose-line">
                <label className="purpose-offer">
                  <input
                    type="checkbox"
                    checked={one.offered}
                    disabled={one.offered && offeredOf(value).length === 1}
                    aria-label={t('settings.purposes.offer', { name })}
                    onChange={(event) => pick(at(index, { offered: event.currentTarget.checked }))}
                  />
                  <bdi>{name}</bdi>
                </label>
                <label className="purpose-usual">
                  <input
                    type="radio"
                    name="usual-purpose"
                    checked={one.purpose === usual}
                    disabled={!one.offered}
                    aria-label={t('settings.purposes.usualOf', { name })}
                    onChange={() => pick({ usual: one.purpose, list })}
                  />
                  {t('settings.purposes.usual')}
                </label>
                <Move by={-1} name={name} off={index === 0} onMove={() => move(index, -1)} />
                <Move by={1} name={name} off={index === list.length - 1} onMove={() => move(index, 1)} />
              </div>
              {!isKnownPurpose(one.purpose) && (
                <OwnPurpose
                  purposes={value}
                  index={index}
                  refused={fault !== null}
                  typing={{ ...typing, onLeave }}
                  onTyped={(change) => onValue(at(index, change))}
                  onPicked={(change, focus) => {
                    next.current = focus === undefined ? null : `[data-at="${index}"] ${focus}`;
                    pick(at(index, change));
                  }}
                  onRemove={() => {
                    next.current = `[data-at="${index - 1}"] input`;
                    pick({ usual, list: list.filter((_, place) => place !== index) });
                  }}
                />
              )}
            </li>
          );
        })}
      </ul>
      {own < MOST_OWN_PURPOSES ? (
        <div className="section-actions">
          <Button onClick={add}>{t('settings.purposes.add')}</Button>
        </div>
      ) : (
        <p className="hint">{t('settings.purposes.full', { most: MOST_OWN_PURPOSES })}</p>
      )}
    </Section>
  );
}

interface MoveProps {
  readonly by: -1 | 1;
  readonly name: string;
  readonly off: boolean;
  readonly onMove: () => void;
}

function Move({ by, name, off, onMove }: MoveProps) {
  const { t } = useTranslation();
  const way = by < 0 ? 'up' : 'down';
  return (
    <button
      type="button"
      className="purpose-move"
      data-move={by}
      aria-disabled={off || undefined}
      onClick={() => {
        if (!off) onMove();
      }}
    >
      <span aria-hidden="true">{t(`settings.purposes.${way}`)}</span>
      <span className="unseen">{t(`settings.purposes.${way}Of`, { name })}</span>
    </button>
  );
}
