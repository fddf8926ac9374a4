/** @file What the parts of a verifier share: opened records, and what was made for them. It only holds them together. */
import type { Policy } from '../../shared/choices.ts';
import type { SignIn } from '../../shared/words.ts';
import type { Budgets } from '../ledger/budgets.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Opened } from '../ledger/opened.ts';
import type { Deliveries } from './deliveries.ts';

/** The account that messages go out by. */
export interface Sender extends SignIn {
  /** Its address in the form that budgets count. */
  readonly canonical: string;
}

export interface Core extends Opened {
  readonly ledger: Ledger;
  readonly budgets: Budgets;
  readonly deliveries: Deliveries;
  readonly policy: () => Policy;
  /** Null while there is no account. */
  readonly sender: () => Sender | null;
  /** Written into every record: it was practice, and proves nothing. */
  readonly practice: boolean;
  /** Who is at the desk; null where there are no operators. */
  readonly operator: () => string | null;
  readonly onChange: () => void;
}
