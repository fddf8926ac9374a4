/**
 * @file What the verification is for, with the details that make it this one: the code is bound to them, and
 * the person reads them in the mail.
 */
import { useTranslation } from 'react-i18next';
import {
  DETAIL_LENGTH,
  detailOf,
  DETAILS,
  type DetailName,
  PURPOSES,
  type Request,
  requestOf,
} from '../../../shared/request.ts';
import { Field, Picker } from '../../ui/field.tsx';

/** A cell copied out of a table brings its tab along, and main takes details without control characters only. */
const withoutControls = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

/** The details that are still empty. */
export const missingDetails = (request: Request): readonly DetailName[] =>
  DETAILS[request.purpose].filter((name) => detailOf(request, name).trim() === '');

const withDetail = (request: Request, name: DetailName, value: string): Request => ({
  ...request,
  details: request.details.map((detail) => (detail.name === name ? { name, value } : detail)),
});

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
  const names: readonly DetailName[] = DETAILS[request.purpose];
  const missing = showMissing ? missingDetails(request) : [];
  return (
    <>
      <Picker
        variant="chips"
        label={t('address.purpose')}
        value={request.purpose}
        options={PURPOSES.map((purpose) => ({ value: purpose, title: t(`frame.purposes.${purpose}`) }))}
        onValue={(purpose) => onRequest(requestOf(purpose, { payee }))}
      />
      {names.length > 0 && (
        <div className="details">
          {names.map((name) => (
            <Field
              key={name}
              label={t(`address.details.${name}`)}
              hint={name === 'what' ? t('address.whatHint') : undefined}
              value={detailOf(request, name)}
              maxLength={DETAIL_LENGTH}
              readOnly={readOnly}
              fault={missing.includes(name) ? t('address.needed') : null}
              onValue={(value) => onRequest(withDetail(request, name, withoutControls(value)))}
            />
          ))}
        </div>
      )}
    </>
  );
}
