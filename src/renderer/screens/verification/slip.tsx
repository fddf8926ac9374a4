/**
 * @file The slip: address, purpose, sending account and reference, as they go into somebody's notes.
 */
import { type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type VerificationView } from '../../../shared/desk-view.ts';
import { requestLine, signInText } from '../../i18n/phrases.tsx';
import { AddressText } from '../../ui/address-text.tsx';
import './slip.css';

interface SlipProps {
  readonly verification: VerificationView;
  /** When it was verified, if it was. */
  readonly at?: ReactNode;
}

export function Slip({ verification, at }: SlipProps) {
  const { t } = useTranslation();
  return (
    <dl className="slip">
      <dt>{t('ended.verified.address')}</dt>
      <dd>
        <AddressText address={verification.sentTo} />
      </dd>
      <dt>{t('ended.verified.for')}</dt>
      <dd>
        <bdi>{requestLine(t, verification.request)}</bdi>
      </dd>
      {at !== undefined && (
        <>
          <dt>{t('ended.verified.at')}</dt>
          <dd>{at}</dd>
        </>
      )}
      {!verification.practice && (
        <>
          <dt>{t('ended.verified.sentBy')}</dt>
          <dd>
            <bdi>{signInText(t, verification.sentBy)}</bdi>
          </dd>
        </>
      )}
      <dt>{t('ended.verified.reference')}</dt>
      <dd className="reference">{verification.reference}</dd>
    </dl>
  );
}
