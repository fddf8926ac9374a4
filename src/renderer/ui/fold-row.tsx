/**
 * @file A part of a form that is right as it is: folded to one line, which says what holds.
 */
import { type ReactNode } from 'react';
import './fold.css';

interface FoldRowProps {
  readonly title: string;
  /** What holds now, in a few words. */
  readonly value: string;
  readonly open: boolean;
  readonly onOpen: (open: boolean) => void;
  readonly children: ReactNode;
}

export function FoldRow({ title, value, open, onOpen, children }: FoldRowProps) {
  return (
    <details className="fold-row" open={open} onToggle={(event) => onOpen(event.currentTarget.open)}>
      <summary>
        <span className="fold-row-title">{title}</span>
        <span className="fold-row-value">{value}</span>
      </summary>
      <div className="fold-row-fields">{children}</div>
    </details>
  );
}
