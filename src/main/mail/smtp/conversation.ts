/**
 * @file The server's side of a signed-in line: whole replies, in order, each waited for within its own time. Nothing
 * may come while nothing was asked: it would be taken for the answer to the next command, so that it ends the line.
 */
import type net from 'node:net';
import { decoded } from '../foreign-text.ts';
import { errorCode } from './dial.ts';
import type { Failure } from './replies.ts';
import { parseReply } from './reply.ts';

/** A reply, or why there is none. */
export type Heard = Omit<Failure, 'step'>;

export interface Conversation {
  /** The line can be used, as far as is known. */
  readonly open: () => boolean;
  /** When the last reply came, in milliseconds of a monotonic clock. */
  readonly answeredAt: () => number;
  /** Begins to ask; false when the line cannot be used any more. */
  readonly begin: () => boolean;
  /** Something came that was not taken by `next`. */
  readonly surplus: () => boolean;
  /** The next reply. Without one within `ms` the line is closed. */
  readonly next: (ms: number) => Promise<Heard>;
  /** Whether another reply comes within `ms`, or has come. Closes nothing. */
  readonly more: (ms: number) => Promise<boolean>;
  /** Resolves when everything went out, or can go out no more. */
  readonly write: (bytes: Buffer) => Promise<void>;
  /** Nothing is asked any more. Ends the line if something came that was not taken. */
  readonly rest: () => void;
  readonly destroy: () => void;
}

/** The largest answer worth reading. */
export const MAX_REPLY_BYTES = 64 * 1024;
/** So much of something that is no reply is kept to be shown. */
const SHOWN_BYTES = 1_000;
const LF = 0x0a;
/** More replies than this are waiting for no command of ours. */
const MOST_REPLIES = 16;

export function converse(socket: net.Socket, now: () => number): Conversation {
  const replies: Heard[] = [];
  let asking = false;
  let answeredAt = now();
  let ended: Heard | null = null;
  /** The line that is being received, and the lines of its reply before it. */
  let line = '';
  let earlier = '';
  let wake = (): void => undefined;

  function end(error: string, raw?: string): void {
    if (ended !== null) return;
    ended = { reply: null, error, ...(raw === undefined ? {} : { raw }) };
    socket.removeListener('data', hear);
    socket.destroy();
    wake();
  }

  function take(bytes: string): void {
    const text = decoded(bytes);
    const reply = parseReply(text);
    if (reply === null) {
      end('GARBLED', text.slice(0, SHOWN_BYTES));
      return;
    }
    replies.push({ reply, error: null });
    answeredAt = now();
    if (replies.length > MOST_REPLIES) end('GARBLED', text);
    wake();
  }

  function hear(chunk: Buffer): void {
    if (!asking) {
      end('GARBLED', decoded(chunk.subarray(0, SHOWN_BYTES).toString('latin1')));
      return;
    }
    line += chunk.toString('latin1');
    // Looked for in the new bytes first: a line that never ends is not searched again with each of them.
    if (chunk.includes(LF)) takeLines();
    if (line.length + earlier.length > MAX_REPLY_BYTES)
      end('GARBLED', decoded((earlier + line).slice(0, SHOWN_BYTES)));
  }

  function takeLines(): void {
    for (let stop = line.indexOf('\n'); stop >= 0 && ended === null; stop = line.indexOf('\n')) {
      const whole = earlier + line.slice(0, stop + 1);
      const isLast = !/^\d{3}-/u.test(line);
      line = line.slice(stop + 1);
      earlier = isLast ? '' : whole;
      if (isLast) take(whole);
    }
  }

  socket.on('data', hear);
  socket.on('error', (error) => end(errorCode(error)));
  socket.on('end', () => end('CLOSED'));
  socket.on('close', () => end('CLOSED'));

  /** Resolves when a reply has come, the line has ended, or the time is over. */
  const stirred = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      if (replies.length > 0 || ended !== null) {
        resolve();
        return;
      }
      const timer = setTimeout(() => wake(), ms);
      wake = () => {
        clearTimeout(timer);
        wake = () => undefined;
        resolve();
      };
    });

  return {
    open: () => ended === null && !socket.destroyed,
    answeredAt: () => answeredAt,
    begin: () => {
      asking = true;
      return ended === null && !socket.destroyed;
    },
    surplus: () => replies.length > 0 || line !== '' || earlier !== '',
    next: async (ms) => {
      await stirred(ms);
      const reply = replies.shift();
      if (reply !== undefined) return reply;
      end('TIMEOUT');
      return ended ?? { reply: null, error: 'CLOSED' };
    },
    more: async (ms) => {
      await stirred(ms);
      return replies.length > 0;
    },
    write: (bytes) =>
      new Promise((resolve) => {
        if (ended !== null) {
          resolve();
          return;
        }
        const done = (): void => {
          socket.removeListener('close', done);
          resolve();
        };
        socket.once('close', done);
        socket.write(bytes, done);
      }),
    rest: () => {
      if (replies.length > 0 || line !== '' || earlier !== '') end('GARBLED');
      asking = false;
    },
    destroy: () => end('CLOSED'),
  };
}
