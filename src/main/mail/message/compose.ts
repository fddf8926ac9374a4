/**
 * @file Composes the one message this program sends: a code, what it is for, and what to do with it. Text and HTML
 * say the same; there is no link, no image and no tracker in it, and nothing that was typed can become a header or
 * markup.
 */
import { domainToASCII } from 'node:url';
import MailComposer from 'nodemailer/lib/mail-composer';
import type { MessageChoice } from '../../../shared/choices.ts';
import { parseAddress } from '../../address/parse.ts';
import type { Letter } from '../../ports/mail.ts';
import { tokenOf } from '../../ports/message-id.ts';
import { asHtml } from './html.ts';
import { asText } from './text.ts';
import { oneLine, type Sender, wordsFor } from './words.ts';

export type { Sender } from './words.ts';

/** The second mark of a message of ours, beside its Message-ID. */
export const TOKEN_FIELD = 'x-entity-ref-id';

export interface ComposedMessage {
  /** What MAIL FROM and RCPT TO carry, byte for byte. */
  readonly envelope: { readonly from: string; readonly to: readonly [string] };
  /** The whole message (RFC 5322), CRLF line ends. */
  readonly source: Buffer;
  readonly messageId: string;
  /** What a server's words must not give away when they are shown. */
  readonly conceal: readonly string[];
}

export interface ComposeOptions extends Partial<MessageChoice> {
  /** IANA name; the machine's own when left out. The person stands at the same counter. */
  readonly timeZone?: string;
}

export async function compose(
  letter: Letter,
  sender: Sender,
  options: ComposeOptions = {},
): Promise<ComposedMessage> {
  const said = wordsFor(letter, sender, options);
  const { origin = '', contact = '' } = options;
  const replyTo = addressIn(contact);
  const token = tokenOf(letter.messageId);
  const composer = new MailComposer({
    from: { name: oneLine(sender.name), address: sender.address },
    // No display name: the address is a whole mailbox and never parsed again (CVE-2025-13033).
    to: { name: '', address: letter.to },
    ...(replyTo === null ? {} : { replyTo: { name: '', address: replyTo } }),
    subject: said.subject,
    messageId: letter.messageId,
    date: new Date(letter.sentAt),
    text: asText(said),
    html: asHtml(said),
    headers: {
      // RFC 3834 §5: no vacation notice comes back. Exchange looks at its own field, where "All" would also ask for no
      // delivery report.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      // Some providers put a Message-ID of their own in the place of ours. Reports and copies are known by this one, too;
      // the field is one that mail programs know, and keeps messages apart that look alike.
      ...(token === null ? {} : { [TOKEN_FIELD]: token }),
    },
    // draft-goto-otp-token-01 binds the code to a site; a desk without one has nothing to bind it to.
    ...(origin === '' ? {} : { otp: { code: letter.code, origin } }),
    disableFileAccess: true,
    disableUrlAccess: true,
    newline: 'win',
  });
  const root = composer.compile();
  const addressed = root.getAddresses().to?.map((mailbox) => mailbox.address ?? '') ?? [];
  if (addressed.length !== 1 || !sameMailbox(addressed[0] ?? '', letter.to)) {
    throw new Error('the To header would not be the address on the screen');
  }
  return {
    envelope: { from: sender.address, to: [letter.to] },
    source: await root.build(),
    messageId: letter.messageId,
    conceal: [letter.code],
  };
}

/** nodemailer writes an international domain in Unicode when the part before the @ is: the same mailbox. */
function sameMailbox(one: string, other: string): boolean {
  const plain = (address: string) => {
    const at = address.lastIndexOf('@');
    return `${address.slice(0, at)}@${domainToASCII(address.slice(at + 1))}`;
  };
  return one === other || (one.includes('@') && plain(one) === plain(other));
}

/** The one address in the desk's contact line; null for none, or for several, of which none is the one to answer to. */
function addressIn(contact: string): string | null {
  const found = contact.match(/[^\s<>()[\],;:"]+@[^\s<>()[\],;:"]+/gu) ?? [];
  const [only, ...more] = found.map((text) => parseAddress(text.replace(/[.!?]+$/u, '')));
  return only?.ok === true && more.length === 0 ? only.value.delivery : null;
}
