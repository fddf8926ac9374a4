/**
 * @file Messages that came back. A delivery report is written by anybody who likes, and whoever got our message
 * knows its Message-ID: so a report changes what is said about a delivery and nothing else. It ends no
 * verification, refunds nothing and locks nobody out.
 */
import type { Core } from './core.ts';
import { idOfMessage } from '../ledger/identity.ts';
import { openParticulars } from '../ledger/particulars.ts';
import type { ReturnedMessage } from '../ports/mail.ts';
import type { VerificationRow } from '../ports/records.ts';
import { recordEnded } from './deliveries.ts';

export function createReturns(core: Core): (message: ReturnedMessage) => Promise<boolean> {
  const { records, ledger, keys, clocks } = core;

  /** The row whose newest message this is: an earlier one's return is out of date. */
  function rowOf(messageId: string): VerificationRow | null {
    const id = idOfMessage(messageId);
    const row = id === null ? null : records.verification(id);
    if (row === null || openParticulars(keys.at(row.generation), row)?.messageIds.at(-1) !== messageId) {
      return null;
    }
    // Who read the code back has the mail, and what nobody accepted cannot come back.
    const outOfPlace = row.state === 'verified' || ['refused', 'returned'].includes(row.deliveryState);
    return outOfPlace ? null : row;
  }

  return async ({ messageId, status }) => {
    if (rowOf(messageId) === null) return false;
    const recorded = await ledger.turn((turn) =>
      turn.write(() => {
        const row = rowOf(messageId);
        if (row !== null) {
          recordEnded(core, row.id, row.attempts, { state: 'returned', at: clocks.now(), status });
        }
        return row !== null;
      }),
    );
    core.onChange();
    return recorded;
  };
}
