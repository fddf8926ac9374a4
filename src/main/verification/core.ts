/** @file What the parts of a verifier share. It only holds them together. */
import type { Policy } from '../../shared/words.ts';
import type { Budgets } from '../ledger/budgets.ts';
import type { StepOf } from '../ledger/step-of.ts';
import type { Clocks } from '../ledger/clocks.ts';
import type { Deliveries } from './deliveries.ts';
import type { Keys } from '../ledger/keys.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Random } from '../ports/random.ts';
import type { Records } from '../ports/records.ts';

export interface Core {
  readonly records: Records;
  readonly ledger: Ledger;
  readonly clocks: Clocks;
  readonly budgets: Budgets;
  readonly keys: Keys;
  readonly random: Random;
  readonly stepOf: StepOf;
  readonly deliveries: Deliveries;
  readonly policy: () => Policy;
  /** The canonical address of the sending account, for its budget. */
  readonly sender: () => string | null;
  /** Written into every record: it was practice, and proves nothing. */
  readonly practice: boolean;
  readonly onChange: () => void;
}
