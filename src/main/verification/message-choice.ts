/**
 * @file How the owner wants the message, judged. Nothing that comes out of here can become a header, a second line or
 * another site's name: the origin stands in a header of its own beside the code.
 */
import type { FormFault } from '../../shared/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { type MessageChoice, SENTENCE_LENGTH } from '../../shared/words.ts';

export const DEFAULT_MESSAGE: MessageChoice = { codeInSubject: true, sentence: '', origin: '' };

export interface MessageFault {
  readonly code: 'form';
  readonly field: 'sentence' | 'origin';
  readonly why: FormFault;
}

/** RFC 1035 section 2.3.4, with the scheme and a port around it. */
const ORIGIN_LENGTH = 270;
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
/** What `URL` leaves of a host that is one: anything else could end the quoted string it is put into. */
const HOST = /^[a-z0-9.-]+(?::\d+)?$/;

/** The origin (RFC 6454 section 6.2) that was typed; null for a page, a user, another scheme or no name at all. */
function originOf(typed: string): string | null {
  const url = typed.length > ORIGIN_LENGTH ? null : URL.parse(typed);
  if (url === null || url.protocol !== 'https:' || !HOST.test(url.host) || !url.hostname.includes('.'))
    return null;
  const bare = url.pathname === '/' && url.search === '' && url.hash === '' && url.username === '';
  return bare && url.password === '' ? url.origin : null;
}

/** The choice with its texts cleaned, or the first field that is wrong. */
export function checkMessage(choice: MessageChoice): Result<MessageChoice, MessageFault> {
  const fault = (field: MessageFault['field'], why: FormFault) =>
    fail<MessageFault>({ code: 'form', field, why });
  const sentence = choice.sentence.trim();
  if (CONTROL.test(sentence)) return fault('sentence', 'control-character');
  if (sentence.length > SENTENCE_LENGTH) return fault('sentence', 'too-long');
  const typed = choice.origin.trim();
  const origin = typed === '' ? '' : originOf(typed);
  return origin === null
    ? fault('origin', 'not-an-origin')
    : ok({ codeInSubject: choice.codeInSubject, sentence, origin });
}
