/**
 * @file The message as it would be sent with the owner's choices, with a code that is nobody's. It is made by what makes the
 * real one, so that it cannot look different.
 */
import { createHash } from 'node:crypto';
import { requestOf } from '../../../shared/request.ts';
import type { PreviewOf, PreviewedMail } from '../../ports/mail.ts';
import { asHtml } from './html.ts';
import { asText } from './text.ts';
import { oneLine, wordsFor } from './words.ts';

/** As many digits as a code can have. */
const SAMPLE_CODE = '40931476';

export function previewMail({ account, choices, at }: PreviewOf): PreviewedMail {
  const said = wordsFor(
    {
      verificationId: '',
      messageId: '',
      reference: 'MD-SQHG-5J',
      to: '',
      code: SAMPLE_CODE.slice(0, choices.codeLength),
      request: requestOf('registration'),
      signIn: '',
      sentAt: at,
      expiresAt: at + choices.lifetimeMinutes * 60_000,
    },
    account,
    choices,
  );
  const html = asHtml(said);
  return {
    // Another message is another address in the frame, and is loaded anew.
    id: `preview-${createHash('sha256').update(html).digest('hex').slice(0, 16)}`,
    from: `${oneLine(account.name)} <${account.address}>`,
    subject: said.subject,
    text: asText(said),
    html,
  };
}
