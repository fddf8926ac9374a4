/** @file A purpose of the owner's own: its name and the details it asks for. What is wrong with a name is said at its field. */
import { type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import {
  detailFault,
  MOST_DETAILS,
  type OfferedPurpose,
  purposeFault,
  type Purposes,
} from '../../../shared/purposes.ts';
import { type FormFault } from '../../../shared/problems.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { freshName } from './fresh-name.ts';

interface OwnPurposeProps {
  readonly purposes: Purposes;
  readonly index: number;
  /** Something in the list was refused: what it was is at its field. */
  readonly refused: boolean;
  readonly typing: {
    readonly onPaste: () => void;
    readonly onLeave: () => void;
    readonly onKeyDown: (event: KeyboardEvent) => void;
  };
  readonly onTyped: (change: Partial<OfferedPurpose>) => void;
  /** `focus`: what takes the focus afterwards, within this purpose. */
  readonly onPicked: (change: Partial<OfferedPurpose>, focus?: string) => void;
  readonly onRemove: () => void;
}

export function OwnPurpose({
  purposes,
  index,
  refused,
  typing,
  onTyped,
  onPicked,
  onRemove,
}: OwnPurposeProps) {
  const { t } = useTranslation();
  const own = purposes.list[index];
  if (own === undefined) return null;
  const { purpose, details } = own;
  const said = (why: FormFault | null) => (refused && why !== null ? t(`formFaults.${why}`) : null);
  const withName = (at: number, name: string) =>
    details.map((detail, place) => (place === at ? name : detail));
  return (
    <div className="own-purpose">
      <Field
        label={t('settings.purposes.name')}
        value={purpose}
        fault={said(purposeFault(purposes, index))}
        onValue={(name) => onTyped({ purpose: name })}
        {...typing}
      />
      {details.map((detail, at) => (
        // Its place is what it is known by: its name is being typed.
        <div key={at} className="own-detail" data-detail={at}>
          <Field
            label={t('settings.purposes.detail', { n: at + 1 })}
            value={detail}
            fault={said(detailFault(details, at))}
            onValue={(name) => onTyped({ details: withName(at, name) })}
            {...typing}
          />
          <Button
            kind="quiet"
            onClick={() => onPicked({ details: details.filter((_, place) => place !== at) }, '.field input')}
          >
            <span aria-hidden="true">{t('settings.purposes.remove')}</span>
            <span className="unseen">{t('settings.purposes.removeOf', { name: detail })}</span>
          </Button>
        </div>
      ))}
      <div className="section-actions">
        {details.length < MOST_DETAILS && (
          <Button
            onClick={() =>
              onPicked(
                { details: [...details, freshName(t('settings.purposes.freshDetail'), details)] },
                `[data-detail="${details.length}"] input`,
              )
            }
          >
            {t('settings.purposes.addDetail')}
          </Button>
        )}
        <Button kind="quiet" onClick={onRemove}>
          {t('settings.purposes.removeOf', { name: purpose })}
        </Button>
      </div>
    </div>
  );
}
