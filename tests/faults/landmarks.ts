/** @file Where in a clean conversation the right claim changes, found by listening to one. */
import type { SmtpServer } from '../../src/main/mail/smtp/server.ts';
import type { Direction, Line } from './line.ts';
import { type Claim, sendAll } from './trial.ts';

/** All are counts of bytes from the beginning of the connection. */
export interface Landmarks {
  /** Where the message's own part begins: 0 for the first message, behind the one before it for the others. */
  readonly from: Readonly<Record<Direction, number>>;
  readonly length: Readonly<Record<Direction, number>>;
  /** Where STARTTLS ends plain text; 0 without. */
  readonly plain: Readonly<Record<Direction, number>>;
  /** To the server: the body's first byte, and the one behind its dot. */
  readonly bodyFrom: number;
  readonly bodyTo: number;
  /** To the client: behind the 354, and behind the answer to the body. */
  readonly goAhead: number;
  readonly verdict: number;
  /** All goes out at once, so that there are fewer turns: where the message goes out, and its verdict. */
  readonly flight: boolean;
  /** Behind each command and behind each reply, for stalls. */
  readonly commands: readonly number[];
  readonly replies: readonly number[];
}

function after(text: string, what: string, from = 0): number {
  const found = text.indexOf(what, from);
  if (found < 0) throw new Error(`a clean session has no ${what}`);
  return found + what.length;
}

type Turns = Pick<Landmarks, 'bodyFrom' | 'bodyTo' | 'goAhead' | 'verdict' | 'flight'> & {
  /** Where the next message begins. */
  readonly to: Readonly<Record<Direction, number>>;
};

function dataAt(out: string, back: string, from: Landmarks['from']): Turns {
  const bodyFrom = after(out, 'DATA\r\n', from['to-server']);
  const goAhead = after(back, '\r\n', after(back, '\r\n354 ', from['to-client']));
  const bodyTo = after(out, '\r\n.\r\n', bodyFrom);
  const verdict = after(back, '\r\n', goAhead);
  return {
    bodyFrom,
    bodyTo,
    goAhead,
    verdict,
    flight: false,
    to: { 'to-server': bodyTo, 'to-client': verdict },
  };
}

/** All of a message goes out before the first answer to it: from its first byte on only the verdict tells. */
function flightAt(out: string, back: string, from: Landmarks['from']): Turns {
  const bodyFrom = out.indexOf('MAIL FROM', from['to-server']);
  const bodyTo = after(out, '\r\nRSET\r\n', bodyFrom);
  const mail = back.indexOf('250 2.1.0', from['to-client']);
  const verdict = after(back, '\r\n', back.indexOf('250 2.0.0 taken', mail));
  const reset = after(back, '\r\n', verdict);
  return {
    bodyFrom,
    bodyTo,
    goAhead: mail,
    verdict,
    flight: true,
    to: { 'to-server': bodyTo, 'to-client': reset },
  };
}

/** Sends `messages` messages through the line, which keeps a log, and marks the last of them. */
export async function landmarks(line: Line, server: SmtpServer, messages: number): Promise<Landmarks> {
  // As long as every other recipient, because the marks are counted in bytes.
  const recipients = Array.from(
    { length: messages },
    (_, index) => `mark-${String(index).padStart(5, '0')}@example.com`,
  );
  await sendAll(server, recipients);
  const side = (direction: Direction) =>
    Buffer.concat(
      line.log().flatMap((entry) => (entry.direction === direction ? [entry.bytes] : [])),
    ).toString('latin1');
  const [out, back] = [side('to-server'), side('to-client')];

  const starttls = out.includes('STARTTLS\r\n');
  const plain = starttls
    ? { 'to-server': after(out, 'STARTTLS\r\n'), 'to-client': after(back, '\r\n', after(back, '\r\n220 ')) }
    : { 'to-server': 0, 'to-client': 0 };
  let from = { 'to-server': 0, 'to-client': 0 };
  for (let count = 1; ; count += 1) {
    const { bodyFrom, bodyTo, goAhead, verdict, flight, to } = out.includes('BDAT ')
      ? flightAt(out, back, from)
      : dataAt(out, back, from);
    if (count < messages) {
      from = to;
      continue;
    }
    const ends = (text: string, line: RegExp, start: number) =>
      [...text.slice(start).matchAll(line)].map((match) => start + match.index + match[0].length);
    return {
      from,
      length: { 'to-server': out.length, 'to-client': back.length },
      plain,
      bodyFrom,
      bodyTo,
      goAhead,
      verdict,
      flight,
      commands: [...ends(out.slice(0, bodyFrom), /.*\r\n/gu, from['to-server'])],
      replies: ends(back, /^\d{3} .*\r\n/gmu, from['to-client']),
    };
  }
}

/** Struck on the first connection only: the next one carries it, unless the body was on its way. */
export function rightClaim(marks: Landmarks, direction: Direction, at: number): Claim {
  const unknown =
    direction === 'to-server'
      ? at > marks.bodyFrom && at <= marks.bodyTo
      : at >= marks.goAhead && at < marks.verdict;
  return unknown ? 'unknown' : 'accepted';
}

/** Struck on every connection: what is not unknown is refused, or was accepted before. */
export function rightClaimEveryTime(marks: Landmarks, direction: Direction, at: number): Claim {
  const late = direction === 'to-server' ? at > marks.bodyTo : at >= marks.verdict;
  return rightClaim(marks, direction, at) === 'unknown' ? 'unknown' : late ? 'accepted' : 'refused';
}
