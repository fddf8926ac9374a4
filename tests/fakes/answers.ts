/** @file What the desk answers to a code that was typed, and where the keychain is locked. */
import { fail, ok } from '../../src/shared/result.ts';

export const VERIFIED = ok({ outcome: 'verified' });
export const EXPIRED = ok({ outcome: 'expired' });
export const NOT_OPEN = ok({ outcome: 'not-open' });
export const LOCKED = ok({ outcome: 'locked' });
export const wrongWith = (guessesLeft: number) => ok({ outcome: 'wrong', guessesLeft });

export const VAULT_LOCKED = fail({ code: 'vault', state: 'locked' });
