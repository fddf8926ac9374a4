/**
 * @file The one polite live region: says what changed to people who do not see it. It must never count
 * seconds (WCAG 4.1.3).
 */
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useView } from '../bridge.ts';
import { AnnounceContext } from '../ui/announce.ts';
import { announcement } from './announcement.ts';

export function Announcer({ children }: { readonly children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const view = useView();
  const before = useRef(view);
  const [said, setSaid] = useState({ text: '', count: 0 });

  const unsaid = useRef<readonly string[]>([]);

  const announce = useCallback((text: string) => {
    // What comes at the same moment is said together: the last one would otherwise take the place of the others.
    unsaid.current = [...unsaid.current, text];
    const together = unsaid.current.join(' ');
    setSaid((last) => ({ text: together, count: last.count + 1 }));
  }, []);
  useEffect(() => {
    unsaid.current = [];
  }, [said]);

  useEffect(() => {
    const text = announcement(t, before.current, view, i18n.language);
    before.current = view;
    if (text !== null) announce(text);
  }, [t, view, announce, i18n.language]);

  return (
    <AnnounceContext value={announce}>
      {children}
      <div className="unseen" role="status" aria-live="polite" aria-atomic="true">
        {/* A new element each time: the same words twice in a row are two announcements. */}
        <span key={said.count}>{said.text}</span>
      </div>
    </AnnounceContext>
  );
}
