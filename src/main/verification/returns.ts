/**
 * @file Messages that came back. Anyone can write a delivery report, and the recipient of a message knows its
 * Message-ID: so a report changes what is said about a delivery and nothing else. It ends no verification, refunds
 * nothing and locks no one out.
 */
import type { Core } from './core.ts';
import { idOfMessage } from '../ledger/identity.ts';
import type { Verification } from '../ledger/records.ts';
import type { ReturnedMessage } from '../ports/mail.ts';
import { recordEnded } from './deliveries.ts';

export function createReturns(core: Core): (message: ReturnedMessage) => Promise<boolean> {
  const { records, ledger } = core;

  /** The row whose newest message this is: an earlier one's return is out of date. */
  function rowOf(messageId: string): Verification | null {
    const id = idOfMessage(messageId);
    const row = id === null ? null : records.verification(id);
    if (row?.particulars.messageIds.at(-1) !== messageId) return null;
    // A code that was read back did arrive, and a message that was refused cannot come back.
    const outOfPlace = row.state === 'verified' || ['refused', 'returned'].includes(row.deliveryState);
    return outOfPlace ? null : row;
  }

  return async ({ messageId, status }) => {
    if (rowOf(messageId) === null) return false;
    const recorded = await ledger.turn((turn) =>
      turn.write((at) => {
        const row = rowOf(messageId);
        if (row !== null)
          recordEnded(records, row.id, row.attempts, at, { state: 'returned', at: at.now, status });
        return row !== null;
      }),
    );
    core.onChange();
    return recorded;
  };
}
