/**
 * @file A labelled field with its hint and its fault, tied together for assistive technology. What was typed
 * stays in it when a call fails.
 */
import { useId, type KeyboardEvent, type ReactNode, type Ref } from 'react';
import { TYPED_LENGTH } from '../../shared/words.ts';
import { Fault } from './fault.tsx';
import './field.css';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly onValue: (value: string) => void;
  readonly onLeave?: (() => void) | undefined;
  /** Before the change that a paste makes. */
  readonly onPaste?: (() => void) | undefined;
  readonly onKeyDown?: ((event: KeyboardEvent<HTMLInputElement>) => void) | undefined;
  readonly hint?: ReactNode;
  /** What is wrong with the value; marks the field as invalid. */
  readonly fault?: string | null;
  /** The same where one sentence does not say it: the id of the element that does. */
  readonly faultAt?: string | undefined;
  /** plain: the way out is offered beside it. */
  readonly faultTone?: 'no' | 'plain';
  /** password: never shown, never offered back. */
  readonly type?: 'text' | 'password';
  readonly inputMode?: 'text' | 'email' | 'numeric' | 'url';
  /** Addresses, hosts and passwords read left to right in every language. */
  readonly leftToRight?: boolean;
  readonly size?: 'large' | 'normal' | undefined;
  readonly maxLength?: number;
  /** While main works with it: it keeps the focus and takes no more. */
  readonly readOnly?: boolean;
  /** A button at its end. */
  readonly inside?: ReactNode;
  readonly children?: ReactNode;
  readonly ref?: Ref<HTMLInputElement> | undefined;
}

export function Field({
  label,
  value,
  onValue,
  onLeave,
  onPaste,
  onKeyDown,
  hint,
  fault = null,
  faultAt,
  faultTone = 'no',
  type = 'text',
  inputMode = 'text',
  leftToRight = false,
  size = 'normal',
  maxLength = TYPED_LENGTH,
  readOnly = false,
  inside,
  children,
  ref,
}: FieldProps) {
  const id = useId();
  const invalid = fault !== null || faultAt !== undefined;
  const described = [faultAt ?? false, fault !== null && `${id}-fault`, hint !== undefined && `${id}-hint`]
    .filter((part) => part !== false)
    .join(' ');
  return (
    <div className="field" data-size={size}>
      <label htmlFor={id}>{label}</label>
      <input
        ref={ref}
        id={id}
        type={type}
        inputMode={inputMode}
        dir={leftToRight ? 'ltr' : 'auto'}
        value={value}
        maxLength={maxLength}
        readOnly={readOnly}
        // No earlier customer, no stored password, no "corrected" address: what is typed is what counts.
        autoComplete="off"
        autoCapitalize="off"
        autoCorrect="off"
        spellCheck={false}
        aria-invalid={invalid || undefined}
        data-tone={invalid ? faultTone : undefined}
        aria-describedby={described === '' ? undefined : described}
        onChange={(event) => onValue(event.currentTarget.value)}
        onBlur={onLeave}
        onPaste={onPaste}
        onKeyDown={onKeyDown}
      />
      {inside !== undefined && <div className="field-inside">{inside}</div>}
      {fault !== null && (
        // Another fault is another element, and comes into view like the first.
        <Fault key={fault} id={`${id}-fault`} text={fault} tone={faultTone} />
      )}
      {hint !== undefined && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {children}
    </div>
  );
}

interface PickerProps<Value extends string> {
  readonly label: string;
  readonly value: Value | null;
  readonly options: readonly {
    readonly value: Value;
    readonly title: string;
    readonly text?: string;
    readonly off?: boolean;
  }[];
  readonly onValue: (value: Value) => void;
  /** chips: short words in a row. cards: a title and a sentence each. */
  readonly variant: 'chips' | 'cards';
}

/** One of several, as real radio buttons: the arrow keys and every assistive technology know them. */
export function Picker<Value extends string>({
  label,
  value,
  options,
  onValue,
  variant,
}: PickerProps<Value>) {
  const name = useId();
  return (
    <fieldset className={`picker ${variant}`}>
      <legend>{label}</legend>
      <div className="picker-options">
        {options.map((option) => (
          <label key={option.value} className="option" data-off={option.off || undefined}>
            <input
              type="radio"
              className="unseen"
              name={name}
              value={option.value}
              checked={option.value === value}
              disabled={option.off}
              onChange={() => onValue(option.value)}
            />
            <span className="option-title" data-title={option.title}>
              {option.title}
            </span>
            {option.text !== undefined && <span className="option-text">{option.text}</span>}
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface TickProps {
  readonly title: string;
  readonly text: string;
  readonly checked: boolean;
  readonly onChecked: (checked: boolean) => void;
}

/** Yes or no, with a sentence that says what it does. */
export function Tick({ title, text, checked, onChecked }: TickProps) {
  const id = useId();
  return (
    <label className="option tick">
      <input
        type="checkbox"
        checked={checked}
        aria-labelledby={`${id}-title`}
        aria-describedby={`${id}-text`}
        onChange={(event) => onChecked(event.currentTarget.checked)}
      />
      <span className="option-title" id={`${id}-title`}>
        {title}
      </span>
      <span className="option-text" id={`${id}-text`}>
        {text}
      </span>
    </label>
  );
}
