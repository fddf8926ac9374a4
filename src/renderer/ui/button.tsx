/**
 * @file The buttons. While `busy` a button keeps its focus and its place and does nothing: a disabled element
 * would throw the focus of a keyboard away.
 */
import { useId, type MouseEvent, type ReactNode, type Ref } from 'react';
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
  /** Not yet: `left` counts down beside the words and is not read; `from` says when. */
  readonly wait?: { readonly left: ReactNode; readonly from: string } | null;
  /** The key that does the same, shown beside the words. */
  readonly shortcut?: string | undefined;
  /** The same for assistive technology, where the key works wherever the focus is (aria-keyshortcuts). */
  readonly shortcutAria?: string | undefined;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly onClick?: (event: MouseEvent<HTMLButtonElement>) => void;
}

export function Button({
  children,
  kind = 'plain',
  type = 'button',
  busy = false,
  unavailable = false,
  wait = null,
  shortcut,
  shortcutAria,
  ref,
  onClick,
}: ButtonProps) {
  const id = useId();
  const off = busy || unavailable || wait !== null;
  return (
    <>
      <button
        ref={ref}
        type={type}
        className={`button ${kind}`}
        aria-disabled={off || undefined}
        aria-busy={busy || undefined}
        aria-describedby={wait === null ? undefined : id}
        aria-keyshortcuts={shortcutAria}
        onClick={(event) => {
          if (off) event.preventDefault();
          else onClick?.(event);
        }}
      >
        <span className="button-words">{children}</span>
        {busy ? (
          <span className="spinner" aria-hidden="true" />
        ) : wait !== null ? (
          <span className="button-wait" aria-hidden="true">
            {wait.left}
          </span>
        ) : (
          shortcut !== undefined && <kbd aria-hidden="true">{shortcut}</kbd>
        )}
      </button>
      {wait !== null && (
        <span id={id} hidden>
          {wait.from}
        </span>
      )}
    </>
  );
}
