/**
 * @file Something to read only when it is wanted.
 */
import { type ReactNode } from 'react';
import './fold.css';

export function Fold({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <details className="fold">
      <summary>{title}</summary>
      <div className="fold-words">{children}</div>
    </details>
  );
}
