/**
 * @file Reads what says that a message of ours came back: delivery reports (RFC 3464), and what else a mail daemon
 * sends with our mark in it. Anyone can write one: its size is bounded, it is parsed strictly, and nothing is taken from it
 * but the mark, codes, and whom it is about. Whether the mark is one of ours, the verifier decides.
 */
import type { ReturnReason } from '../../../shared/words.ts';
import { tokenOf, tokensIn } from '../../ports/message-id.ts';
import { decoded } from '../foreign-text.ts';
import { TOKEN_FIELD } from '../message/compose.ts';
import {
  contentType,
  decodedBody,
  type Entity,
  fieldGroups,
  parseEntity,
  partsOf,
  partsWithin,
  single,
} from './mime-entity.ts';
import { reasonOf, type Verdict } from './return-reason.ts';

/** Our message is about 9 kB, and a report returns it whole at most once. */
export const REPORT_BYTES = 256 * 1024;

export interface Report {
  /** Our mark in the message that came back: the left half of its Message-ID, which stands in a field of its own too. */
  readonly token: string;
  /** RFC 3463: "5.1.1"; null when the report gives none. */
  readonly status: string | null;
  readonly why: ReturnReason;
  /** The mailbox that the report is about; null when it does not say. */
  readonly recipient: string | null;
  /** It came back under another Message-ID than ours. */
  readonly renamed: boolean;
}

/** Header fields that tell whether a message is worth reading whole. */
export const SENDER_FIELDS = [
  'content-type',
  'return-path',
  'from',
  'x-failed-recipients',
  'auto-submitted',
  'in-reply-to',
] as const;

const STATUS = /^([45]\.\d{1,3}\.\d{1,3})(?=[ \t(]|$)/u;

/** RFC 6533 has names of its own for the same, with international addresses. */
const STATUS_TYPES = new Set(['message/delivery-status', 'message/global-delivery-status']);
const RETURNED_TYPES = new Set([
  'message/rfc822',
  'message/global',
  'text/rfc822-headers',
  'message/global-headers',
]);
/** A null sender, or a local part that mail systems write under, wherever it stands in From. */
const DAEMON =
  /<>|(?:^|[\s"<])(?:mailer[-_.]?daemon|mail[-_.]?daemon|mdaemon|postmaster|microsoftexchange[\da-f]{32})(?:$|[\s">@])/iu;

const typeOf = (entity: Entity): string => contentType(entity.fields)?.type ?? '';

/** RFC 6533 section 3 writes an international address in ASCII so: "m\x{ED}a@example.com". */
const ESCAPED = /\\x\{([\dA-F]{2,5}|10[\dA-F]{4})\}/giu;

/** The address in a field, however it is written there: "rfc822; a@b.example", "Daemon <a@b.example>". */
function addressIn(value: string | null): string | null {
  const [type = ''] = /^[a-z\d-]+[ \t]*;/iu.exec(value ?? '') ?? [];
  const written = decoded((value ?? '').slice(type.length)).trim();
  const bare = /^utf-8/iu.test(type)
    ? written.replace(ESCAPED, (_whole, point: string) => String.fromCodePoint(parseInt(point, 16)))
    : written;
  const [, bracketed] = /<([^<>\s]+)>/u.exec(bare) ?? [];
  const address = bracketed ?? bare;
  return /^[^\s@]{1,128}@[^\s@]{1,253}$/u.test(address) ? address : null;
}

/** What kind of message this is, as far as its header tells: a report in form, one from a daemon, or neither. */
function kindOf({ fields }: Entity): 'report' | 'daemon' | null {
  const type = contentType(fields);
  if (type?.type === 'multipart/report') {
    // A read receipt, or a complaint about spam, carries our message too and did not come back.
    const kind = type.parameters.get('report-type')?.toLowerCase() ?? 'delivery-status';
    return kind === 'delivery-status' ? 'report' : null;
  }
  if (fields.has('x-failed-recipients') || DAEMON.test(single(fields, 'from') ?? '')) return 'daemon';
  // A vacation notice has no sender either (RFC 3834 section 3.3), and answers in a person's name what did arrive.
  const isAnswer =
    fields.has('in-reply-to') && single(fields, 'auto-submitted')?.startsWith('auto-replied') === true;
  return single(fields, 'return-path') === '<>' && !isAnswer ? 'daemon' : null;
}

/** Whether a message with this header is worth reading whole. */
export const mayBeReport = (header: Buffer | undefined): boolean =>
  kindOf(parseEntity(header?.toString('latin1') ?? '')) !== null;

/** RFC 3464 section 2.3.3; Postfix says `deliverable` of a test. Other words than the RFC's are no good news ("expired"). */
const ARRIVED = new Set(['delivered', 'relayed', 'expanded', 'deliverable']);

interface Said extends Verdict {
  readonly recipient: string | null;
}

/** What the groups of a delivery-status part say of the one recipient that our messages have; a failure before a delay. */
function saidOf(groups: readonly Entity['fields'][]): Said | 'arrived' | null {
  const all = groups.flatMap((fields) => {
    // What may stand behind the word is a comment.
    const [action] = /^[a-z-]+/u.exec(single(fields, 'action')?.toLowerCase() ?? '') ?? [];
    const code = single(fields, 'status') ?? '';
    const [, status = null] = STATUS.exec(code) ?? [];
    if (action === undefined && status === null) return [];
    const recipient =
      addressIn(single(fields, 'final-recipient')) ?? addressIn(single(fields, 'original-recipient'));
    const diagnostic = single(fields, 'diagnostic-code');
    // Without an action, what may pass (RFC 3463: 4.x.x) is not said to be over.
    const delayed = action === 'delayed' || (action === undefined && status?.startsWith('4') === true);
    const arrived = code.startsWith('2') || ARRIVED.has(action ?? '');
    return [{ arrived, status, recipient, diagnostic, delayed }];
  });
  const came = all.filter(({ arrived }) => !arrived);
  if (all.length > 0 && came.length === 0) return 'arrived';
  return came.find(({ delayed }) => !delayed) ?? came[0] ?? null;
}

interface Mark {
  readonly token: string;
  readonly renamed: boolean;
}

/** The mark in the header of a message of ours. */
function markIn({ fields }: Entity): Mark | null {
  const messageId = single(fields, 'message-id');
  const named = tokenOf(messageId ?? '');
  if (named !== null) return { token: named, renamed: false };
  if (fields.has('message-id') && messageId === null) return null;
  const marked = single(fields, TOKEN_FIELD);
  const [token] = tokensIn(marked ?? '');
  return token === undefined || token !== marked ? null : { token, renamed: messageId !== null };
}

/** The one mark that stands anywhere in what was sent; null for none, or for several. */
function markAnywhere(message: Entity): Mark | null {
  const found = new Set<string>();
  // As it came too: forms that are not quite MIME are common among old ones.
  for (const { body } of [message, ...partsWithin(message)])
    for (const token of tokensIn(body)) found.add(token);
  const [token] = found;
  return token === undefined || found.size > 1 ? null : { token, renamed: false };
}

/** Null for everything that does not say that one message of ours did not arrive. */
export function readReport(source: Buffer): Report | null {
  if (source.length > REPORT_BYTES) return null;
  // One byte, one character: nothing that counts is more than ASCII.
  const message = parseEntity(source.toString('latin1'));
  const kind = kindOf(message);
  if (kind === null) return null;
  const parts = partsOf(message, contentType(message.fields)?.parameters.get('boundary') ?? '');
  const statuses = parts.filter((part) => STATUS_TYPES.has(typeOf(part)));
  if (statuses.length > 1) return null;
  const groups = statuses.flatMap((part) => fieldGroups(decodedBody(part)));
  const said = saidOf(groups);
  if (said === 'arrived') return null;

  const returned = parts.find((part) => RETURNED_TYPES.has(typeOf(part)));
  const mark =
    (returned === undefined ? null : markIn(parseEntity(decodedBody(returned)))) ??
    markAnywhere(message) ??
    // Gmail names the message when it returns nothing of it. A daemon that only answers it does not say that it came back.
    markNamed(kind === 'report' ? [groups[0] ?? new Map(), message.fields] : []);
  if (mark === null) return null;
  const recipient = said?.recipient ?? addressIn(single(message.fields, 'x-failed-recipients'));
  if (said === null) return { ...mark, status: null, why: 'other', recipient };
  return { ...mark, status: said.status, why: reasonOf(said), recipient };
}

function markNamed([perMessage, header]: readonly Entity['fields'][]): Mark | null {
  if (perMessage === undefined || header === undefined) return null;
  const token = tokenOf(single(perMessage, 'x-original-message-id') ?? single(header, 'in-reply-to') ?? '');
  return token === null ? null : { token, renamed: false };
}
