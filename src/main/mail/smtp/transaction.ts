/**
 * @file One message over a signed-in line, from MAIL to the verdict (RFC 5321 §3.3, RFC 2920, RFC 3030). Each reply
 * belongs to one command; the first definite answer counts, and no later loss of the line changes it; and a message is
 * accepted only by an answer that came after its last byte went out. It sends nothing twice.
 */
import { setImmediate as aTurn } from 'node:timers/promises';
import type { ComposedMessage } from '../message/compose.ts';
import type { Conversation, Heard } from './conversation.ts';
import type { Failure, Step } from './replies.ts';
import type { Reply } from './reply.ts';
import type { Capabilities } from './capabilities.ts';

export type Sent = (
  | { readonly outcome: 'accepted'; readonly verdict: Reply }
  /** `judged`: the message itself was refused, and not what came before it. */
  | { readonly outcome: 'refused'; readonly failure: Failure; readonly judged: boolean }
  | { readonly outcome: 'unknown' }
) & {
  /** This server is better served with DATA from now on. */
  readonly useData?: true;
};

/** How the message goes out. */
export type Form =
  /** MAIL, RCPT and DATA together where PIPELINING is offered; the message when the server has answered 354. */
  | 'data'
  /** Everything together: one round trip. A line that dies then leaves the outcome unknown. */
  | 'one-flight'
  /** MAIL alone, and everything else together once it is answered: for a line that may have died unnoticed. */
  | 'mail-first';

export interface Transaction {
  readonly message: ComposedMessage;
  readonly form: Form;
  readonly server: Capabilities;
  /** What the server said before, on this line: of a message, and to RSET. */
  readonly earlier: { readonly verdict: string | null; readonly reset: string | null };
  /** How long each reply may take: the first one, each other, and the one to the message itself. */
  readonly limits: { readonly firstMs: number; readonly replyMs: number; readonly verdictMs: number };
  /** The last byte of the message is about to leave: waited for; when it fails that byte is not sent. */
  readonly onLeaving: () => Promise<void>;
  /** The last byte of the message is on its way. */
  readonly onDataSent: () => void;
}

/** How long a line with two possible readings is listened to for one reply more than was asked for. */
const BREATH_MS = 500;

/** How long the rest of a flight is waited for once part of it was refused. */
const AFTER_NO_MS = 3_000;

const NOT_ASCII = /[^\x20-\x7e]/u;
/** What would end or change the command that an address stands in. */
const BREAKS_OUT = /[\r\n<>\0]/u;

/** Why the message cannot be handed to this server at all. RFC 6531 §3.4: an international address needs SMTPUTF8. */
function unfit({ envelope, source }: ComposedMessage, server: Capabilities): string | null {
  const addresses = [envelope.from, ...envelope.to];
  if (addresses.some((address) => BREAKS_OUT.test(address))) return 'INTERNAL';
  if (addresses.some((address) => NOT_ASCII.test(address)) && !server.smtpUtf8) return 'NO_SMTPUTF8';
  return server.maxBytes !== null && source.length > server.maxBytes ? 'TOO_LARGE' : null;
}

function commandsFor({ envelope, source }: ComposedMessage, server: Capabilities) {
  const [to] = envelope.to;
  const international = NOT_ASCII.test(envelope.from + to);
  const size = server.size ? ` SIZE=${source.length}` : '';
  return {
    mail: Buffer.from(`MAIL FROM:<${envelope.from}>${size}${international ? ' SMTPUTF8' : ''}\r\n`),
    rcpt: Buffer.from(`RCPT TO:<${to}>\r\n`),
  };
}

/** RFC 5321 §4.5.2: a dot at the start of a line is sent twice. The end of the message is left to be sent after it. */
export function stuffed(source: Buffer): Buffer {
  const text = source.toString('latin1').replace(/^\./gmu, '..');
  return Buffer.from(text.endsWith('\r\n') ? text : `${text}\r\n`, 'latin1');
}

const END_OF_DATA = Buffer.from('.\r\n');
const DATA = Buffer.from('DATA\r\n');

const refused = (failure: Failure, judged = false): Sent => ({ outcome: 'refused', failure, judged });
const outOfStep = (step: Step, reply: Reply): Failure => ({
  step,
  reply: null,
  error: 'GARBLED',
  raw: reply.text,
});

/** A reply as a failure at this step; null when it is the kind of reply that was asked for. */
function failureOf(heard: Heard, step: Step, wanted: RegExp): Failure | null {
  const { reply } = heard;
  if (reply === null) return { step, ...heard };
  if (wanted.test(String(reply.code))) return null;
  return reply.code >= 400 ? { step, reply, error: null } : outOfStep(step, reply);
}

const YES = /^2/u;
const GO_AHEAD = /^354$/u;
const NOT_KNOWN = /^50[0-4]$/u;

export async function transact(conversation: Conversation, transaction: Transaction): Promise<Sent> {
  const { message, form, server } = transaction;
  const impossible = unfit(message, server);
  if (impossible !== null) return refused({ step: 'sender', reply: null, error: impossible });
  // What has come by now is noticed before anything goes out: the end of the line, or an answer to nothing.
  await aTurn();
  if (!conversation.begin()) return refused({ step: 'sender', reply: null, error: 'CLOSED' });
  const sent =
    form === 'data'
      ? await withData(conversation, transaction)
      : await inOneFlight(conversation, transaction);
  conversation.rest();
  return sent;
}

/** What the sender has to do before the last byte; null when it is done, and the line still there. */
async function notLeaving(
  { open, destroy }: Pick<Conversation, 'open' | 'destroy'>,
  step: Step,
  onLeaving: Transaction['onLeaving'],
): Promise<Failure | null> {
  try {
    await onLeaving();
  } catch {
    // Half a message: the server throws it away with the line.
    destroy();
    return { step, reply: null, error: 'INTERNAL' };
  }
  return open() ? null : { step, reply: null, error: 'CLOSED' };
}

async function withData(
  { next, open, surplus, write, destroy }: Conversation,
  { message, server, limits, onLeaving, onDataSent }: Transaction,
): Promise<Sent> {
  const { mail, rcpt } = commandsFor(message, server);
  const asked: readonly (readonly [Step, Buffer, RegExp])[] = [
    ['sender', mail, YES],
    ['recipient', rcpt, YES],
    ['data', DATA, GO_AHEAD],
  ];
  if (server.pipelining) await write(Buffer.concat(asked.map(([, command]) => command)));
  let limit = limits.firstMs;
  for (const [step, command, wanted] of asked) {
    if (!server.pipelining) await write(command);
    const heard = await next(limit);
    limit = limits.replyMs;
    const failure = failureOf(heard, step, wanted);
    if (failure !== null) return refused(failure);
    // The server is a reply ahead, so that every further one would belong to another command. Nothing is out yet.
    if (surplus() && (!server.pipelining || step === 'data') && heard.reply !== null)
      return refused(outOfStep(step, heard.reply));
  }

  await aTurn();
  if (!open()) return refused({ step: 'data', reply: null, error: 'CLOSED' });
  await write(stuffed(message.source));
  const staying = await notLeaving({ open, destroy }, 'data', onLeaving);
  if (staying !== null) return refused(staying);
  await aTurn();
  // What came by now was said of a message that the server has not seen the end of.
  const early = surplus();
  void write(END_OF_DATA);
  onDataSent();
  const { reply } = await next(limits.verdictMs);
  if (early || reply === null) return { outcome: 'unknown' };
  if (reply.code === 250) return { outcome: 'accepted', verdict: reply };
  if (reply.code < 400) return { outcome: 'unknown' };
  return refused({ step: 'message', reply, error: null }, true);
}

/**
 * The message goes out with its envelope, and RSET behind it: with one reply too many or too few on the line, another
 * answer is in its place, and it shows. (Exim counts commands like NOOP against a client, but one RSET a message.)
 */
async function inOneFlight(
  conversation: Conversation,
  { message, form, server, earlier, limits, onLeaving, onDataSent }: Transaction,
): Promise<Sent> {
  const { next, surplus, write } = conversation;
  const { mail, rcpt } = commandsFor(message, server);
  const body = message.source;
  const ending = body.subarray(-2).toString() === '\r\n' ? '' : '\r\n';
  const bdat = Buffer.from(`BDAT ${body.length + ending.length} LAST\r\n`);
  const flight = [rcpt, bdat, body, Buffer.from(`${ending}RSET\r\n`)];

  const answers: Reply[] = [];
  if (form === 'mail-first') {
    await write(mail);
    const heard = await next(limits.firstMs);
    const failure = failureOf(heard, 'sender', YES);
    if (failure !== null) return refused(failure);
    if (heard.reply === null || surplus()) return refused({ step: 'sender', reply: null, error: 'GARBLED' });
    answers.push(heard.reply);
  }
  const staying = await notLeaving(conversation, 'sender', onLeaving);
  if (staying !== null) return refused(staying);
  void write(Buffer.concat(form === 'mail-first' ? flight : [mail, ...flight]));
  onDataSent();
  const limit = [limits.firstMs, limits.replyMs, limits.verdictMs, limits.replyMs] as const;
  let error: string | null = null;
  while (answers.length < limit.length && error === null) {
    // After a no there is little left to be said, and nothing to be waited for.
    const isRefused = answers.some(({ code }) => code >= 400);
    const heard = await next(isRefused ? AFTER_NO_MS : (limit[answers.length] ?? limits.replyMs));
    if (heard.reply === null) error = heard.error;
    else answers.push(heard.reply);
  }
  // Ended by the server, and not by us for what it said or did not say.
  const hungUp = error !== null && error !== 'TIMEOUT' && error !== 'GARBLED';
  return readingOf(answers, { earlier, hungUp, more: conversation.more, open: conversation.open });
}

/** What the answers to MAIL, RCPT, BDAT and RSET say. Those that are missing at the end never came. */
async function readingOf(
  [mail, rcpt, verdict, reset]: readonly Reply[],
  line: Pick<Conversation, 'more' | 'open'> & Pick<Transaction, 'earlier'> & { readonly hungUp: boolean },
): Promise<Sent> {
  if (mail === undefined) return { outcome: 'unknown' };
  for (const [step, reply] of [
    ['sender', mail],
    ['recipient', rcpt],
  ] as const) {
    if (reply === undefined) return { outcome: 'unknown' };
    if (reply.code < 300) continue;
    // A message cannot be taken after that: if one seems to be, this was the answer to something earlier.
    const contradicted = reply.code < 400 || (verdict !== undefined && verdict.code < 400);
    return contradicted ? { outcome: 'unknown', useData: true } : refused({ step, reply, error: null });
  }
  if (rcpt === undefined || verdict === undefined) return { outcome: 'unknown' };

  if (verdict.code >= 400) {
    const failure: Failure = { step: 'message', reply: verdict, error: null };
    // A no, a yes and one reply too many: the yes may be the answer to the message.
    if (reset !== undefined && reset.code < 300 && (await line.more(BREATH_MS)))
      return { outcome: 'unknown', useData: true };
    // RFC 5321 §4.2.4: the command is not known, or not allowed here, although it was offered.
    return NOT_KNOWN.test(String(verdict.code))
      ? { ...refused(failure), useData: true }
      : refused(failure, true);
  }
  if (verdict.code !== 250) return { outcome: 'unknown' };
  // The recipient's answer in the place of the verdict.
  const doubtful =
    verdict.text === rcpt.text ||
    verdict.text === reset?.text ||
    verdict.enhanced?.startsWith('2.1.') === true;
  if (reset === undefined) {
    // With an answer that came twice, or one that is missing, what looks like the verdict is not.
    const { earlier, hungUp } = line;
    const isReset = earlier.reset === null ? !hungUp : verdict.text === earlier.reset;
    const certain = !doubtful && !isReset && rcpt.text !== mail.text && mail.text !== earlier.verdict;
    return certain ? { outcome: 'accepted', verdict } : { outcome: 'unknown', useData: true };
  }
  if (reset.code !== 250) return { outcome: 'unknown', useData: true };
  if (!doubtful) return { outcome: 'accepted', verdict };
  // A server that says the same to everything; or one reply too many, and the verdict is still to come.
  const isAll = !(await line.more(BREATH_MS)) && line.open();
  return isAll ? { outcome: 'accepted', verdict, useData: true } : { outcome: 'unknown', useData: true };
}
