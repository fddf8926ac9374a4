/**
 * @file One part of a page of the settings. A page of one part has its heading already.
 */
import { type ReactNode } from 'react';

export function Section({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  return (
    <section className="section">
      {title !== undefined && <h2>{title}</h2>}
      {children}
    </section>
  );
}
