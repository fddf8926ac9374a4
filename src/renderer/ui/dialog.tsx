/**
 * @file A question before something that cannot be undone. The browser's own dialog: it holds the focus, Escape
 * closes it, and the focus returns to where it was. Once confirmed it must not be closed: what was begun goes on.
 */
import { useId, useLayoutEffect, useRef, type ReactNode } from 'react';
import { Button } from './button.tsx';
import './dialog.css';

interface ConfirmProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly confirm: string;
  readonly cancel: string;
  /** It was confirmed and is being done. */
  readonly busy: boolean;
  readonly onConfirm: () => void;
  readonly onClose: () => void;
}

/** Shown for as long as it is rendered. */
export function Confirm({ title, children, confirm, cancel, busy, onConfirm, onClose }: ConfirmProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  // A layout effect, because closing gives the focus back only while the dialog is still in the page.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
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
      aria-labelledby={heading}
      closedby={busy ? 'none' : 'closerequest'}
      onClose={closed}
    >
      <h2 id={heading}>{title}</h2>
      {children}
      <div className="dialog-actions">
        <Button kind="plain" unavailable={busy} onClick={onClose}>
          {cancel}
        </Button>
        <Button kind="danger" busy={busy} onClick={onConfirm}>
          {confirm}
        </Button>
      </div>
    </dialog>
  );
}
