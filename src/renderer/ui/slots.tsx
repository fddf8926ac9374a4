/**
 * @file A code as slots over one real input. One input, because separate boxes break paste, screen readers and
 * password managers (WCAG 3.3.8). The package input-otp does the same but writes a <style> element, which our
 * CSP forbids. It must never decide whether a code is right.
 */
import {
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
  useState,
  type MouseEvent,
  type Ref,
} from 'react';
import { firstGroup, type Slots } from './typed-code.ts';
import './slots.css';

interface CodeSlotsProps {
  readonly length: number;
  readonly slots: Slots;
  /** A key, a paste, or what an input method has committed, where `at` says. */
  readonly onEnter: (text: string, at: Slots) => void;
  /** The selection moved, or something was deleted. */
  readonly onSlots: (slots: Slots) => void;
  readonly label: string;
  readonly describedBy: string;
  readonly invalid: boolean;
  /** While main judges: the input keeps the focus and takes no more. */
  readonly busy: boolean;
  readonly ref: Ref<HTMLInputElement>;
}

export function CodeSlots(props: CodeSlotsProps) {
  const { length, slots, onEnter, onSlots, label, describedBy, invalid, busy, ref } = props;
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const boxes = useRef<HTMLDivElement>(null);
  const [focused, setFocused] = useState(false);
  /** It has just got the focus, and no key was pressed in it. */
  const arrived = useRef(false);
  /** What an input method shows before it commits: not digits yet. */
  const [composing, setComposing] = useState<string | null>(null);
  useImperativeHandle(ref, () => {
    if (input.current === null) throw new Error('the input is not there');
    return input.current;
  });
  useCodeAnywhere(input, busy, (text) => onEnter(text, selectedIn(slots.digits, input.current)));

  // The input's own selection follows ours: after a correction the next digit is selected.
  useLayoutEffect(() => {
    const element = input.current;
    if (element !== null && composing === null && document.activeElement === element)
      element.setSelectionRange(slots.start, slots.end);
  }, [slots, composing]);

  useEffect(() => {
    const element = input.current;
    // React's onBeforeInput tells neither the kind nor that it is cancelable.
    const onBeforeInput = (event: InputEvent) => {
      const text = event.data ?? event.dataTransfer?.getData('text/plain') ?? null;
      if (event.isComposing || text === null || !/^insert(?!Composition)/.test(event.inputType)) return;
      event.preventDefault();
      // The element's own selection: ours may be a key behind.
      if (!busy) onEnter(text, selectedIn(slots.digits, input.current));
    };
    element?.addEventListener('beforeinput', onBeforeInput);
    return () => element?.removeEventListener('beforeinput', onBeforeInput);
  }, [busy, onEnter, slots.digits]);

  const shown = Array.from(composing ?? slots.digits);
  const active = focused && !busy;
  const isActive = (index: number): boolean =>
    active &&
    (slots.start === slots.end
      ? index === Math.min(slots.start, length - 1)
      : index >= slots.start && index < slots.end);

  /** Coming by Tab selects everything, and the next key would wipe it out. */
  const unselect = () => {
    const { start, end } = selectedIn(slots.digits, input.current);
    if (arrived.current && start === 0 && end === slots.digits.length)
      input.current?.setSelectionRange(end, end);
  };

  // A click on a filled slot selects its digit, so that it can be typed over; elsewhere it goes to the end.
  const select = (event: MouseEvent<HTMLInputElement>) => {
    const all = [...(boxes.current?.children ?? [])];
    const hit = all.findIndex((slot) => event.clientX <= slot.getBoundingClientRect().right);
    const start = hit >= 0 && hit < slots.digits.length ? hit : slots.digits.length;
    onSlots({ ...slots, start, end: Math.min(start + 1, slots.digits.length) });
  };

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
            data-active={isActive(index) || undefined}
            data-filled={index < shown.length || undefined}
            data-group-end={index === firstGroup(length) - 1 || undefined}
          >
            {shown[index] ?? (isActive(index) ? <i className="slot-caret" /> : null)}
          </span>
        ))}
      </div>
      <input
        ref={input}
        id={id}
        className="slots-input"
        type="text"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        value={composing ?? slots.digits}
        readOnly={busy}
        aria-invalid={invalid || undefined}
        aria-describedby={describedBy}
        onCompositionStart={() => setComposing(slots.digits)}
        onCompositionEnd={(event) => {
          setComposing(null);
          onEnter(event.data, slots);
        }}
        onChange={(event) => {
          const { value } = event.currentTarget;
          if (composing !== null) setComposing(value);
          // Keys come by way of beforeinput: this took something away, or is the browser's own filling in.
          else if (value.length < slots.digits.length) onSlots(selectedIn(value, input.current));
          else onEnter(value, { ...slots, start: 0, end: slots.digits.length });
        }}
        onSelect={() => {
          if (composing !== null) return;
          unselect();
          onSlots(selectedIn(slots.digits, input.current));
        }}
        onKeyDown={(event) => {
          // A key that is leant on types once: six times the same digit would be a guess.
          if (event.repeat && event.key.length === 1) event.preventDefault();
          unselect();
          arrived.current = false;
        }}
        onClick={select}
        onFocus={() => {
          arrived.current = true;
          setFocused(true);
        }}
        onBlur={() => setFocused(false)}
      />
    </div>
  );
}

/** The digits with what is selected of them in the input. */
function selectedIn(digits: string, input: HTMLInputElement | null): Slots {
  const place = (at: number | null | undefined): number => Math.min(at ?? digits.length, digits.length);
  return { digits, start: place(input?.selectionStart), end: place(input?.selectionEnd) };
}

/** Text fields keep what is typed and pasted into them. */
const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('input, textarea, select, [contenteditable]') !== null;

/**
 * A code may be typed or pasted while a button has the focus, or nothing has. A digit is no command anywhere on this
 * screen, so that it is no shortcut of one character either (WCAG 2.1.4).
 */
function useCodeAnywhere(
  input: { readonly current: HTMLInputElement | null },
  busy: boolean,
  onPaste: (text: string) => void,
): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const modified = event.ctrlKey || event.metaKey || event.altKey;
      if (!/^\p{Nd}$/u.test(event.key) || modified || event.repeat || isField(event.target)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      const element = input.current;
      // The key goes on to what has the focus by then, at its end.
      element?.focus();
      element?.setSelectionRange(element.value.length, element.value.length);
    };
    const onClipboard = (event: ClipboardEvent) => {
      const own = event.target === input.current;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if ((isField(event.target) && !own) || text === '' || busy) return;
      event.preventDefault();
      input.current?.focus();
      onPaste(text);
    };
    document.addEventListener('keydown', onKey);
    document.addEventListener('paste', onClipboard);
    return () => {
      document.removeEventListener('keydown', onKey);
      document.removeEventListener('paste', onClipboard);
    };
  }, [input, busy, onPaste]);
}
