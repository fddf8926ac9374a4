/**
 * @file Reads a delivery report: which message came back, and with which status. Anyone can write a report:
 * its size is bounded, it is parsed strictly and matched on codes and never on wording, and nothing but the Message-ID
 * and the status is taken from it. Whether the Message-ID is one of ours, the verifier decides.
 */
import { contentType, type Entity, fieldGroups, parseEntity, partsOf, single } from './mime-entity.ts';

/** Our message is about 6 kB, and a report returns it whole at most once. */
export const REPORT_BYTES = 256 * 1024;

export interface Report {
  /** Of the message that came back, with its angle brackets. */
  readonly messageId: string;
  /** RFC 3463: "5.1.1". */
  readonly status: string;
  /** `delayed`: the server still tries. */
  readonly action: 'failed' | 'delayed';
}

/** RFC 5322 section 3.6.4, without the folding and comments that no program of ours writes. */
const MESSAGE_ID = /^<[!-;=?A-~]{1,200}@[!-;=?A-~]{1,253}>$/u;
const STATUS = /^([45]\.\d{1,3}\.\d{1,3})(?=[ \t(]|$)/u;
/** Servers of long standing say 5.0.0 and leave the rest to the answer they got (RFC 3464 section 2.3.6). */
const DIAGNOSTIC = /^smtp[ \t]*;[ \t]*([45])\d\d[ -]([45]\.\d{1,3}\.\d{1,3})(?=[ \t]|$)/iu;
const UNSAID = /^[45]\.0\.0$/u;

/** RFC 6533 has names of its own for the same, with international addresses. */
const STATUS_TYPES = new Set(['message/delivery-status', 'message/global-delivery-status']);
const RETURNED_TYPES = new Set([
  'message/rfc822',
  'message/global',
  'text/rfc822-headers',
  'message/global-headers',
]);

const typeOf = (entity: Entity): string => contentType(entity.fields)?.type ?? '';

const asMessageId = (value: string | null): string | null =>
  value !== null && MESSAGE_ID.test(value) ? value : null;

/** What happened to the one recipient our messages have; a failure is told before a delay. */
function verdictOf(groups: readonly Entity['fields'][]): Pick<Report, 'status' | 'action'> | null {
  const verdicts = groups.flatMap((fields) => {
    const action = single(fields, 'action')?.toLowerCase();
    const stated = STATUS.exec(single(fields, 'status') ?? '')?.[1];
    if ((action !== 'failed' && action !== 'delayed') || stated === undefined) return [];
    const [, code, diagnosed] = DIAGNOSTIC.exec(single(fields, 'diagnostic-code') ?? '') ?? [];
    const better = UNSAID.test(stated) && diagnosed?.charAt(0) === code ? diagnosed : undefined;
    return [{ status: better ?? stated, action } as const];
  });
  return verdicts.find(({ action }) => action === 'failed') ?? verdicts[0] ?? null;
}

/** A returned message, or its header, counts before the names that the report's own fields give. */
function messageIdOf(
  message: Entity,
  groups: readonly Entity['fields'][],
  returned: Entity | undefined,
): string | null {
  if (returned !== undefined) return asMessageId(single(parseEntity(returned.body).fields, 'message-id'));
  // Gmail names the message here too, and must when it returns nothing of it.
  const [perMessage] = groups;
  const original = perMessage === undefined ? null : single(perMessage, 'x-original-message-id');
  return asMessageId(original ?? single(message.fields, 'in-reply-to'));
}

/** Null for everything that is not a delivery report (RFC 3464) which says that one message did not arrive. */
export function readReport(source: Buffer): Report | null {
  if (source.length > REPORT_BYTES) return null;
  // One byte, one character: nothing in the fields that count is more than ASCII.
  const message = parseEntity(source.toString('latin1'));
  const type = contentType(message.fields);
  if (type?.type !== 'multipart/report') return null;
  if (type.parameters.get('report-type')?.toLowerCase() !== 'delivery-status') return null;
  const parts = partsOf(message, type.parameters.get('boundary') ?? '');
  const statuses = parts.filter((part) => STATUS_TYPES.has(typeOf(part)));
  const [status] = statuses;
  if (status === undefined || statuses.length > 1) return null;
  const groups = fieldGroups(status.body);
  const verdict = verdictOf(groups);
  const returned = parts.find((part) => RETURNED_TYPES.has(typeOf(part)));
  const messageId = messageIdOf(message, groups, returned);
  return verdict === null || messageId === null ? null : { messageId, ...verdict };
}
