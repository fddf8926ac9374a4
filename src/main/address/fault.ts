/**
 * @file What there is to say of a typed text that is no address: which character keeps it from being one, and which
 * address it obviously holds.
 */
import { assertNever } from '../../shared/result.ts';
import type { AddressFault, AddressProblem } from '../../shared/words.ts';
import { isDomainCharacter } from './domain.ts';
import { isLocalCharacter } from './local-part.ts';
import { repairOf } from './repair.ts';
import { isControl, isInvisible } from './survey.ts';

/** `problem` is what parseAddress said of `entered`. */
export function faultOf(entered: string, problem: AddressProblem): AddressFault {
  const text = entered.trim();
  return { problem, character: characterAtFault(text, problem), repair: repairOf(text) };
}

function characterAtFault(text: string, problem: AddressProblem): string | null {
  switch (problem) {
    case 'control-character':
      return first(text, isControl);
    case 'invisible-character':
      return first(text, isInvisible);
    case 'character-not-allowed': {
      const at = text.lastIndexOf('@');
      if (at < 0) return first(text, (character) => !isLocalCharacter(character));
      return (
        first(text.slice(0, at), (character) => !isLocalCharacter(character)) ??
        first(text.slice(at + 1), (character) => !isDomainCharacter(character))
      );
    }
    case 'route':
    case 'empty':
    case 'no-at-sign':
    case 'no-local-part':
    case 'no-domain':
    case 'several-at-signs':
    case 'several-addresses':
    case 'display-name':
    case 'link':
    case 'quoted':
    case 'comment':
    case 'space-inside':
    case 'dots':
    case 'trailing-dot':
    case 'domain-literal':
    case 'domain-not-valid':
    case 'domain-without-dot':
    case 'too-long':
    case 'local-part-too-long':
      return null;
    default:
      return assertNever(problem);
  }
}

function first(text: string, test: (character: string) => boolean): string | null {
  for (const character of text) if (test(character)) return character;
  return null;
}
