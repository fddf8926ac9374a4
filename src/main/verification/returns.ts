/**
 * @file Messages that came back. Anyone can write a delivery report, and the recipient of a message knows its
 * Message-ID: so a report changes what is said about a delivery and nothing else. It ends no verification, refunds
 * nothing and locks no one out.
 */
import type { Core } from './core.ts';
import { parseAddress } from '../address/parse.ts';
import { idOfToken } from '../ledger/identity.ts';
import type { Verification } from '../ledger/records.ts';
import type { ReturnedMessage } from '../ports/mail.ts';
import { tokenOf } from '../ports/message-id.ts';
import type { ReturnReason } from '../../shared/words.ts';
import { recordEnded } from './deliveries.ts';

export function createReturns(core: Core): (message: ReturnedMessage) => Promise<boolean> {
  const { records, ledger } = core;

  /** The row whose newest message this is: an earlier one's return is out of date. */
  function rowOf({ token, why }: ReturnedMessage): Verification | null {
    const row = records.verification(idOfToken(token));
    if (row === null || tokenOf(row.particulars.messageIds.at(-1) ?? '') !== token) return null;
    // A code that was read back did arrive, and a message that was refused cannot come back.
    if (row.state === 'verified' || row.deliveryState === 'refused') return null;
    // Said before, unless that was only that their server still tries.
    const said = row.ended?.state === 'returned' ? row.ended.why : null;
    return said === null || (said === 'not-yet' && why !== 'not-yet') ? row : null;
  }

  /** A report about another mailbox is about a copy that ours passed on. */
  function reasonFor({ why, recipient }: ReturnedMessage, canonical: string): ReturnReason {
    const about = recipient === null ? null : parseAddress(recipient);
    return about?.ok === true && about.value.canonical !== canonical ? 'elsewhere' : why;
  }

  return async (message) => {
    if (rowOf(message) === null) return false;
    const recorded = await ledger.turn((turn) =>
      turn.write((at) => {
        const row = rowOf(message);
        if (row === null) return false;
        const why = reasonFor(message, row.particulars.canonical);
        const ended = { state: 'returned', at: at.now, status: message.status, why } as const;
        recordEnded(records, row.id, row.attempts, at, ended);
        return true;
      }),
    );
    core.onChange();
    return recorded;
  };
}
