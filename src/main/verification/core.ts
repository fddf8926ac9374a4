/** @file What the parts of a verifier share: opened records, and what was made for them. It only holds them together. */
import type { Policy } from '../../shared/choices.ts';
import type { Budgets } from '../ledger/budgets.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Opened } from '../ledger/opened.ts';
import type { Deliveries } from './deliveries.ts';

export interface Core extends Opened {
  readonly ledger: Ledger;
  readonly budgets: Budgets;
  readonly deliveries: Deliveries;
  readonly policy: () => Policy;
  /** The canonical address of the sending account, for its budget. */
  readonly sender: () => string | null;
  /** Written into every record: it was practice, and proves nothing. */
  readonly practice: boolean;
  readonly onChange: () => void;
}
