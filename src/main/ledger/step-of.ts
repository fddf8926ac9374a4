/**
 * @file What a guess or a message is charged as: the step that is announced in the anchor and becomes a row. What its
 * hashes are of is sealed beside them, so that a change of keys can hash it afresh.
 */
import type { Step } from './anchor.ts';
import type { Clocks } from './clocks.ts';
import type { Keys } from './keys.ts';
import { sealParties, type SpendParties } from './particulars.ts';
import type { Random } from '../ports/random.ts';

export type StepOf = (
  kind: 'guess' | 'send',
  id: string,
  ordinal: number,
  parties: SpendParties,
) => Exclude<Step, { kind: 'verified' }>;

/** Charges at this moment, under the keys of this moment. */
export function createStepOf(keys: Keys, clocks: Clocks, random: Random): StepOf {
  return (kind, id, ordinal, parties) => {
    const current = keys.current();
    const at = clocks.budgetNow();
    const sealed = sealParties(current, { verificationId: id, kind, ordinal, at }, parties, random);
    return {
      kind,
      id,
      ordinal,
      at,
      addressHash: current.hash('address', parties.address),
      accountHash: parties.account === null ? null : current.hash('account', parties.account),
      generation: current.generation,
      sealed: Buffer.from(sealed).toString('base64'),
    };
  };
}
