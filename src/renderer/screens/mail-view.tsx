/**
 * @file One mail as people get it: its HTML in light and dark, as wide as there is room or as on a phone, and its plain text.
 * The HTML is shown in a sandboxed frame from an origin of its own, without scripts; it must never become part of the page.
 */
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MailPreview } from '../../shared/desk-view.ts';
import { Picker } from '../ui/field.tsx';
import './mail-view.css';

const LOOKS = ['light', 'dark', 'phone', 'text'] as const;
type Look = (typeof LOOKS)[number];

/** The sibling of the page's own origin: app://mail beside app://countersign. */
function mailAddress(id: string): string {
  const { protocol, host } = window.location;
  return `${protocol}//${host.replace(/^countersign/, 'mail')}/${id}`;
}

export function MailView({ mail }: { readonly mail: Pick<MailPreview, 'id' | 'text'> }) {
  const { t } = useTranslation();
  const [look, setLook] = useState<Look>('light');
  return (
    <>
      <Picker
        variant="chips"
        label={t('practiceMails.look')}
        value={look}
        options={LOOKS.map((value) => ({ value, title: t(`practiceMails.looks.${value}`) }))}
        onValue={setLook}
      />
      {look === 'text' ? (
        <div className="mail-text" dir="auto">
          {mail.text}
        </div>
      ) : (
        <iframe
          // Another colour scheme is another rendering: the frame is made anew.
          key={`${mail.id} ${look}`}
          className="mail-frame"
          data-look={look}
          title={t('practiceMails.frame')}
          sandbox=""
          src={mailAddress(mail.id)}
        />
      )}
    </>
  );
}
