/**
 * @file The browser's own dialog: it holds the focus, Escape closes it, and the focus returns to where it was. A question
 * before something that cannot be undone, something to read, or something to type.
 */
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { Button } from './button.tsx';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly actions?: ReactNode;
  /** Neither Escape nor anything else closes it now. */
  readonly held?: boolean;
  readonly onClose: () => void;
}

/**
 * Where a long dialog begins in a small window: the browser moves to the first control, past what is to be read. Where
 * something is typed at once, it stays there.
 */
function beginAtTop(dialog: HTMLDialogElement, heading: HTMLElement): void {
  if (dialog.scrollTop === 0 || document.activeElement?.matches('input:not([type="checkbox"])') === true)
    return;
  // Not before: the browser would begin at the heading in every dialog.
  heading.tabIndex = -1;
  heading.focus();
  dialog.scrollTop = 0;
}

/** Shown for as long as it is rendered. */
export function Dialog({ title, children, actions, held = false, onClose }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const headingId = useId();
  const heading = useRef<HTMLHeadingElement>(null);
  // A layout effect, because closing gives the focus back only while the dialog is still in the page.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    if (element !== null && heading.current !== null) beginAtTop(element, heading.current);
    return () => element?.close();
  }, []);
  // The event comes late: in development React has shown the dialog again by then.
  const closed = () => {
    if (dialog.current?.open !== true) onClose();
  };
  return (
    <dialog
      ref={dialog}
      className="dialog"
      aria-labelledby={headingId}
      closedby={held ? 'none' : 'closerequest'}
      onClose={closed}
    >
      <h2 ref={heading} id={headingId}>
        {title}
      </h2>
      {children}
      {actions !== undefined && <div className="dialog-actions">{actions}</div>}
    </dialog>
  );
}

interface ConfirmProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly confirm: string;
  readonly cancel: string;
  /** It was confirmed and is being done: what was begun goes on. */
  readonly busy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

export function Confirm({ title, children, confirm, cancel, busy, onConfirm, onClose }: ConfirmProps) {
  return (
    <Dialog
      title={title}
      held={busy}
      onClose={onClose}
      actions={
        <>
          <Button kind="plain" unavailable={busy} onClick={onClose}>
            {cancel}
          </Button>
          <Button kind="danger" busy={busy} onClick={onConfirm}>
            {confirm}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  );
}

interface MessageProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly close: string;
  readonly onClose: () => void;
}

export function Message({ title, children, close, onClose }: MessageProps) {
  return (
    <Dialog title={title} onClose={onClose} actions={<Button onClick={onClose}>{close}</Button>}>
      {children}
    </Dialog>
  );
}
