/**
 * @file The buttons. While `busy` a button keeps its focus and its place and does nothing: a disabled element
 * would throw the focus of a keyboard away.
 */
import { type MouseEvent, type ReactNode, type Ref } from 'react';
import './button.css';

interface ButtonProps {
  readonly children: ReactNode;
  /**
   * primary: the one next step. plain: a choice beside it. quiet: looks like a link. offer: puts something right.
   * danger: cannot be undone.
   */
  readonly kind?: 'primary' | 'plain' | 'quiet' | 'offer' | 'danger';
  readonly type?: 'button' | 'submit';
  readonly busy?: boolean;
  /** Not now: said to assistive technology, kept in the tab order. */
  readonly unavailable?: boolean;
  /** The key that does the same, shown beside the words. */
  readonly shortcut?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly onClick?: (event: MouseEvent<HTMLButtonElement>) => void;
}

export function Button({
  children,
  kind = 'plain',
  type = 'button',
  busy = false,
  unavailable = false,
  shortcut,
  ref,
  onClick,
}: ButtonProps) {
  const off = busy || unavailable;
  return (
    <button
      ref={ref}
      type={type}
      className={`button ${kind}`}
      aria-disabled={off || undefined}
      aria-busy={busy || undefined}
      onClick={(event) => {
        if (off) event.preventDefault();
        else onClick?.(event);
      }}
    >
      <span className="button-words">{children}</span>
      {busy ? (
        <span className="spinner" aria-hidden="true" />
      ) : (
        shortcut !== undefined && <kbd aria-hidden="true">{shortcut}</kbd>
      )}
    </button>
  );
}
