/**
 * @file A coloured note inside a card or above it. Colour never carries the meaning alone: the words do.
 */
import { type ReactNode } from 'react';
import { useFocusReturn } from './focus.ts';
import { Icon, type IconName } from './icon.tsx';
import './note.css';

export type Tone = 'yes' | 'wait' | 'no' | 'plain';
const ICONS: Record<Tone, IconName> = { yes: 'check', wait: 'caution', no: 'stop', plain: 'info' };

interface NoteProps {
  readonly tone: Tone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  /** Buttons below the words. */
  readonly actions?: ReactNode;
}

export function Note({ tone, title, children, actions }: NoteProps) {
  const own = useFocusReturn<HTMLDivElement>();
  return (
    <div ref={own} className="note" data-tone={tone}>
      <Icon name={ICONS[tone]} />
      <div className="note-words">
        {title !== undefined && <p className="note-title">{title}</p>}
        {children}
        {actions !== undefined && <div className="note-actions">{actions}</div>}
      </div>
    </div>
  );
}
