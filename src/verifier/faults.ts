/** @file Each fault of a receipt or a journal as one plain sentence that says what is wrong and where. */
import type { JournalFault } from '../main/journal/chain.ts';
import type { DisclosureFault } from '../main/journal/disclosures.ts';
import type { ReceiptFault } from '../main/journal/receipt.ts';
import { visible } from '../main/journal/visible.ts';
import { assertNever } from '../shared/result.ts';

const LATER = 'was written by a later version of Countersign: get its checker';
const UNKNOWN = 'is signed, but it is no entry of a journal of Countersign';

const DISCLOSURES: Readonly<Record<DisclosureFault, string>> = {
  'not-signed': 'was changed, or does not belong to this entry',
  twice: 'is there twice',
  unknown: 'is signed, but not known to this checker',
};

export function receiptFault(fault: ReceiptFault): string {
  switch (fault.kind) {
    case 'token':
      return 'Token: there is no signed token in it, or it is cut off.';
    case 'signature':
      return 'Signature: the token was changed after it was signed, or it was never signed.';
    case 'later':
      return `The receipt ${LATER}.`;
    case 'unknown':
      return `The token ${UNKNOWN}.`;
    case 'disclosure':
      return `Disclosure: shown part ${fault.at} of the token ${DISCLOSURES[fault.why]}.`;
    case 'text':
      return `Text: line ${fault.line} was changed. ${readsAs(fault.is, fault.should)}`;
    default:
      return assertNever(fault);
  }
}

const LONGEST = 120;
function quoted(line: string): string {
  const seen = visible(line);
  return `“${seen.length > LONGEST ? `${seen.slice(0, LONGEST)}…` : seen}”`;
}

function readsAs(is: string | null, should: string | null): string {
  if (is === null) return `By the token it should read ${quoted(should ?? '')}, but it is missing.`;
  if (should === null) return `It reads ${quoted(is)}, of which the token knows nothing.`;
  return `It reads ${quoted(is)}; by the token it should read ${quoted(should)}.`;
}

export function journalFault(fault: JournalFault): string {
  switch (fault.kind) {
    case 'empty':
      return 'There is no entry in it.';
    case 'signature':
      return `Signature: the entry in line ${fault.line} was changed after it was signed, or it was never signed.`;
    case 'later':
      return `The entry in line ${fault.line} ${LATER}.`;
    case 'unknown':
      return `Line ${fault.line} ${UNKNOWN}.`;
    case 'missing': {
      const which =
        fault.from === fault.to
          ? `No. ${fault.from} is missing`
          : `No. ${fault.from} to No. ${fault.to} are missing`;
      return `Number: ${which} before line ${fault.line}.${fault.admitted ? ' The desk itself says there that it lost them.' : ''}`;
    }
    case 'doubled':
      return `Number: No. ${fault.n} is there once more in line ${fault.line}.`;
    case 'forked':
      return `Number: in line ${fault.line} there is another No. ${fault.n}. The journal was written on twice from there.`;
    case 'order':
      return `Number: No. ${fault.n} in line ${fault.line} stands behind one with a higher number.`;
    case 'chain':
      return `Chain: No. ${fault.n} in line ${fault.line} was written after another entry than the one before it here.`;
    case 'time':
      return `Time: No. ${fault.n} in line ${fault.line} says that it was written earlier than the one before it.`;
    case 'key':
      return `Key: No. ${fault.n} in line ${fault.line} is signed with a key that no entry before it has introduced.`;
    case 'journal':
      return `Journal: the entry in line ${fault.line} belongs to the journal of another desk.`;
    default:
      return assertNever(fault);
  }
}
