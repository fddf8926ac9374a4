/**
 * @file A code as slots over one real input. One input, because separate boxes break paste, screen readers and
 * password managers (WCAG 3.3.8). The package input-otp does the same but writes a <style> element, which our
 * CSP forbids. It must never decide whether a code is right.
 */
import { useEffect, useId, useRef, useState, type MouseEvent, type Ref } from 'react';
import { charactersOf, firstGroup } from './typed-code.ts';
import './slots.css';

interface SlotsProps {
  readonly length: number;
  readonly value: string;
  /** What stands in the input after a key, or the whole text of a paste: raw. */
  readonly onText: (raw: string) => void;
  readonly label: string;
  readonly describedBy: string;
  readonly invalid: boolean;
  /** While main judges: the input keeps the focus and takes no more. */
  readonly busy: boolean;
  readonly ref: Ref<HTMLInputElement>;
}

export function Slots({ length, value, onText, label, describedBy, invalid, busy, ref }: SlotsProps) {
  const id = useId();
  const boxes = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(false);
  const [caret, setCaret] = useState(0);
  const digits = charactersOf(value);
  const active = focused && !busy ? Math.min(caret, length - 1) : -1;

  // A click on a filled slot selects its digit, so that it can be typed over; elsewhere it goes to the end.
  const select = (event: MouseEvent<HTMLInputElement>) => {
    const slots = [...(boxes.current?.children ?? [])];
    const hit = slots.findIndex((slot) => event.clientX <= slot.getBoundingClientRect().right);
    const start = hit >= 0 && hit < value.length ? hit : value.length;
    event.currentTarget.setSelectionRange(start, Math.min(start + 1, value.length));
  };

  useEffect(() => {
    // A code may be pasted while a button has the focus, or nothing has; another text field keeps its own paste.
    const onPaste = (event: ClipboardEvent) => {
      const elsewhere = event.target instanceof Element && event.target.closest('input, textarea') !== null;
      const own = event.target instanceof Element && event.target.id === id;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if ((elsewhere && !own) || text === '' || busy) return;
      event.preventDefault();
      onText(text);
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [id, busy, onText]);

  return (
    <div className="slots" dir="ltr" data-invalid={invalid || undefined} data-busy={busy || undefined}>
      <label htmlFor={id} className="unseen">
        {label}
      </label>
      <div className="slots-boxes" data-length={length} ref={boxes} aria-hidden="true">
        {Array.from({ length }, (_, index) => (
          <span
            key={index}
            className="slot"
            data-active={index === active || undefined}
            data-filled={index < digits.length || undefined}
            data-group-end={index === firstGroup(length) - 1 || undefined}
          >
            {digits[index] ?? (index === active ? <i className="slot-caret" /> : null)}
          </span>
        ))}
      </div>
      <input
        ref={ref}
        id={id}
        className="slots-input"
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        value={value}
        readOnly={busy}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        onChange={(event) => onText(event.currentTarget.value)}
        onSelect={(event) => setCaret(event.currentTarget.selectionStart ?? 0)}
        onClick={select}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
      />
    </div>
  );
}
