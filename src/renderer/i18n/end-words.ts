/**
 * @file Which words a verification gets that ended without being verified. Pure.
 */
import { type EndReason } from '../../shared/words.ts';

export type EndState = 'expired' | 'locked' | 'cancelled';
export type EndWords = EndState | 'clock' | 'restored' | 'keysGone' | 'pinRemoved' | 'account';

/** Which words an end gets: the reason tells more than the state where there is one. */
export function endWords(state: EndState, reason: EndReason): EndWords {
  switch (reason) {
    case 'clock':
      return 'clock';
    case 'records-restored':
      return 'restored';
    case 'keys-gone':
      return 'keysGone';
    case 'pin-removed':
      return 'pinRemoved';
    case 'account':
      return 'account';
    case 'time':
    case 'guesses':
    case 'desk':
    case null:
      return state;
  }
}
