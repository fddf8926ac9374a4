/**
 * @file What the verification is for, with the details that make it this one: the code is bound to them, and
 * the person reads them in the mail.
 */
import { useTranslation } from 'react-i18next';
import { DETAIL_LENGTH, PURPOSES, type Purpose, type Request } from '../../../shared/words.ts';
import { Field, Picker } from '../../ui/field.tsx';

type Detail = 'amount' | 'payee' | 'what';

/** A cell copied out of a table brings its tab along, and main takes details without control characters only. */
const withoutControls = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

/** The details that are still empty. */
export function missingDetails(request: Request): readonly Detail[] {
  const empty = (text: string) => text.trim() === '';
  switch (request.purpose) {
    case 'payment':
      return [
        ...(empty(request.amount) ? (['amount'] as const) : []),
        ...(empty(request.payee) ? (['payee'] as const) : []),
      ];
    case 'other':
      return empty(request.what) ? ['what'] : [];
    case 'registration':
    case 'password-reset':
    case 'sign-in':
      return [];
  }
}

interface PurposePickerProps {
  readonly request: Request;
  /** Who is usually paid at this desk: the business itself. */
  readonly payee: string;
  /** Points out details that are still missing. */
  readonly showMissing: boolean;
  readonly readOnly: boolean;
  readonly onRequest: (request: Request) => void;
}

export function PurposePicker({ request, payee, showMissing, readOnly, onRequest }: PurposePickerProps) {
  const { t } = useTranslation();
  const missing = showMissing ? missingDetails(request) : [];
  const fault = (detail: Detail) => (missing.includes(detail) ? t('address.needed') : null);
  const pick = (purpose: Purpose) => {
    if (purpose === 'payment') onRequest({ purpose, amount: '', payee });
    else if (purpose === 'other') onRequest({ purpose, what: '' });
    else onRequest({ purpose });
  };
  return (
    <>
      <Picker
        variant="chips"
        label={t('address.purpose')}
        value={request.purpose}
        options={PURPOSES.map((purpose) => ({ value: purpose, title: t(`frame.purposes.${purpose}`) }))}
        onValue={pick}
      />
      {request.purpose === 'payment' && (
        <div className="details">
          <Field
            label={t('address.amount')}
            value={request.amount}
            maxLength={DETAIL_LENGTH}
            readOnly={readOnly}
            fault={fault('amount')}
            onValue={(amount) => onRequest({ ...request, amount: withoutControls(amount) })}
          />
          <Field
            label={t('address.payee')}
            value={request.payee}
            maxLength={DETAIL_LENGTH}
            readOnly={readOnly}
            fault={fault('payee')}
            onValue={(value) => onRequest({ ...request, payee: withoutControls(value) })}
          />
        </div>
      )}
      {request.purpose === 'other' && (
        <div className="details">
          <Field
            label={t('address.what')}
            hint={t('address.whatHint')}
            value={request.what}
            maxLength={DETAIL_LENGTH}
            readOnly={readOnly}
            fault={fault('what')}
            onValue={(what) => onRequest({ ...request, what: withoutControls(what) })}
          />
        </div>
      )}
    </>
  );
}
