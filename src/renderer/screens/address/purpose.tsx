/**
 * @file What the verification is for, with the details that make it this one: the code is bound to them, and
 * the person reads them in the mail.
 */
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { offeredOf, type Purposes } from '../../../shared/purposes.ts';
import {
  DETAIL_LENGTH,
  type DetailName,
  DETAILS,
  isKnownPurpose,
  type Request,
  requestWith,
} from '../../../shared/request.ts';
import { purposeName } from '../../i18n/phrases.tsx';
import { Field, Picker } from '../../ui/field.tsx';

/** A cell copied out of a table brings its tab along, and main takes details without control characters only. */
const withoutControls = (text: string): string => text.replace(/\p{Cc}/gu, ' ');

/** The names of the details that are still empty. */
export const missingDetails = ({ details }: Request): readonly string[] =>
  details.filter(({ value }) => value.trim() === '').map(({ name }) => name);

const withDetail = (request: Request, name: string, value: string): Request => ({
  ...request,
  details: request.details.map((detail) => (detail.name === name ? { name, value } : detail)),
});

/** One of ours has words; the owner's own names stand for themselves. */
const knownDetail = ({ purpose }: Request, name: string): DetailName | null =>
  isKnownPurpose(purpose) ? (DETAILS[purpose].find((known) => known === name) ?? null) : null;

/** What is offered; and what was chosen before, though it is offered no longer. */
function choicesFor({ purpose, details }: Request, purposes: Purposes) {
  const offered = offeredOf(purposes);
  if (offered.some((one) => one.purpose === purpose)) return offered;
  return [...offered, { purpose, details: details.map(({ name }) => name), offered: false }];
}

interface PurposePickerProps {
  readonly request: Request;
  readonly purposes: Purposes;
  /** Who is usually paid at this desk: the business itself. */
  readonly payee: string;
  /** Points out details that are still missing. */
  readonly showMissing: boolean;
  readonly readOnly: boolean;
  readonly onRequest: (request: Request) => void;
}

export function PurposePicker({
  request,
  purposes,
  payee,
  showMissing,
  readOnly,
  onRequest,
}: PurposePickerProps) {
  const { t } = useTranslation();
  const offered = choicesFor(request, purposes);
  const missing = showMissing ? missingDetails(request) : [];
  /** What was typed stays known by its name: the arrow keys lead past other purposes, and back. */
  const typed = useRef<Record<string, string>>({});
  const choose = (chosen: string) => {
    const names = offered.find(({ purpose }) => purpose === chosen)?.details ?? [];
    for (const { name, value } of request.details) typed.current[name] = value;
    onRequest(requestWith(chosen, names, { ...(isKnownPurpose(chosen) && { payee }), ...typed.current }));
  };
  return (
    <>
      <Picker
        variant="chips"
        label={t('address.purpose')}
        value={request.purpose}
        options={offered.map(({ purpose }) => ({ value: purpose, title: purposeName(t, purpose) }))}
        onValue={choose}
      />
      {request.details.length > 0 && (
        <div className="details">
          {request.details.map(({ name, value: typed }) => {
            const known = knownDetail(request, name);
            return (
              <Field
                key={`${request.purpose}\0${name}`}
                label={known === null ? name : t(`address.details.${known}`)}
                hint={known === 'what' ? t('address.whatHint') : undefined}
                value={typed}
                maxLength={DETAIL_LENGTH}
                readOnly={readOnly}
                fault={missing.includes(name) ? t('address.needed') : null}
                onValue={(value) => onRequest(withDetail(request, name, withoutControls(value)))}
              />
            );
          })}
        </div>
      )}
    </>
  );
}
