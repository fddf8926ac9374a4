/**
 * @file The card a screen is written on: one heading, one sentence, one question.
 */
import { useEffect, useRef, type ReactNode } from 'react';
import './card.css';

interface CardProps {
  readonly title: ReactNode;
  readonly lead?: ReactNode;
  /** Something above the title, such as the seal. */
  readonly crest?: ReactNode;
  readonly tone?: 'plain' | 'yes' | 'wait' | 'no';
  /** The one action follows the title where there is little height; elsewhere it is seen at the end. */
  readonly actionFirst?: boolean;
  /** Moves the focus to the title when the card appears, for screens without a field to begin with. */
  readonly focusTitle?: boolean;
  readonly children?: ReactNode;
}

export function Card({
  title,
  lead,
  crest,
  tone,
  actionFirst = false,
  focusTitle = false,
  children,
}: CardProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (focusTitle) heading.current?.focus();
  }, [focusTitle]);
  return (
    <section className="card" data-tone={tone} data-action-first={actionFirst || undefined}>
      {crest}
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {lead !== undefined && <p className="lead">{lead}</p>}
      {children}
    </section>
  );
}

/** The choices below the one next step. */
export function Choices({ children }: { readonly children: ReactNode }) {
  return <div className="choices">{children}</div>;
}
