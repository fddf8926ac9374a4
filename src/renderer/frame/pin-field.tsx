/** @file The field for a PIN: digits that nobody at the desk sees, read left to right in every language. */
import { Field } from '../ui/field.tsx';

interface PinFieldProps {
  readonly label: string;
  readonly hint?: string | undefined;
  readonly value: string;
  readonly fault: string | null;
  readonly readOnly?: boolean;
  readonly onValue: (value: string) => void;
}

export const PinField = (props: PinFieldProps) => (
  <Field type="password" inputMode="numeric" leftToRight {...props} />
);
