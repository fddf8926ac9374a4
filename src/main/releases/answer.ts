/**
 * @file One answer by Node's own https, for the feed and for a package: Chromium's resolver stays closed. What is asked says
 * nothing about this program or its system beyond the address.
 */
import type { IncomingMessage } from 'node:http';
import { get } from 'node:https';

/** Null when there is none. `stillMs`: given up after that long without a byte. */
export const answerOf = (
  url: URL,
  accept: string,
  signal: AbortSignal,
  stillMs = 0,
): Promise<IncomingMessage | null> =>
  new Promise((resolve) => {
    const request = get(url, {
      // A connection of its own, closed behind it.
      agent: false,
      headers: { accept },
      signal,
      // NODE_TLS_REJECT_UNAUTHORIZED, of a shell or another program, would switch the check off.
      rejectUnauthorized: true,
    });
    request.setTimeout(stillMs, () => request.destroy());
    request.on('error', () => resolve(null));
    // An answer that changes the protocol is none, and no error either.
    request.on('close', () => resolve(null));
    request.on('response', resolve);
  });

/** What arrives; null once when the connection ends before the answer does. */
export async function* piecesOf(response: IncomingMessage): AsyncGenerator<Buffer | null> {
  try {
    // An answer without an encoding comes in buffers.
    for await (const piece of response) yield piece as Buffer;
  } catch {
    yield null;
  }
}
