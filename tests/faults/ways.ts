/** @file The ways in which a message is carried here, and one case: a fault in the line while it is. */
import type { SmtpServer } from '../../src/main/mail/smtp/server.ts';
import type { Security } from '../../src/shared/words.ts';
import { PASSWORD, USER } from '../integration/mail/smtp/smtp-peer.ts';
import type { Counting } from './counting.ts';
import { type Landmarks, landmarks } from './landmarks.ts';
import { type Fault, type Line, startLine } from './line.ts';
import { type Case, type Claim, impatienceFor, sendAll } from './trial.ts';

export interface Way {
  readonly security: Security;
  /** How many messages go before it on the same line. */
  readonly before: 0 | 1;
  /** Whether the line ends TLS and sees inside, or sees what is on the wire. */
  readonly inside: boolean;
  /** The server offers CHUNKING, so that a message goes out in one flight. */
  readonly chunking: boolean;
}

export const FIRST: Way = { security: 'implicit-tls', before: 0, inside: true, chunking: false };
export const WIRE: Way = { ...FIRST, inside: false };
export const STARTTLS: Way = { ...FIRST, security: 'starttls' };
export const KEPT: Way = { ...FIRST, before: 1 };
export const FLIGHT: Way = { ...FIRST, chunking: true };
export const KEPT_FLIGHT: Way = { ...KEPT, chunking: true };

export function openLine(
  counting: Counting,
  { security, inside, chunking }: Way,
  options: { readonly fault?: Fault; readonly keepLog?: boolean },
): Promise<Line> {
  if (!inside) return startLine(counting.tlsPort, options);
  const from = security === 'starttls' ? 'starttls' : 'implicit';
  if (chunking)
    return startLine(counting.chunkingPort, { ...options, inside: { from, context: counting.context } });
  const port = security === 'starttls' ? counting.starttlsPort : counting.plainPort;
  return startLine(port, { ...options, inside: { from, context: counting.context } });
}

export const serverAt = (line: Line, { security }: Way, counting: Counting): SmtpServer => ({
  host: 'localhost',
  port: line.port,
  security,
  user: USER,
  secret: () => Promise.resolve(PASSWORD),
  trust: { ca: counting.ca },
});

export async function marksOf(counting: Counting, way: Way): Promise<Landmarks> {
  const line = await openLine(counting, way, { keepLog: true });
  const marks = await landmarks(line, serverAt(line, way, counting), way.before + 1);
  await line.stop();
  return marks;
}

export const struck = (
  counting: Counting,
  family: string,
  way: Way,
  fault: Fault,
  expected: Claim | null,
): Case => ({
  family,
  causes: fault.how === 'stall' ? ['server-timeout'] : ['connection-lost'],
  name: `${fault.how} ${fault.direction} at byte ${fault.at}, ${fault.connections} connection`,
  expected,
  run: async (recipient) => {
    const line = await openLine(counting, way, { fault });
    const before = way.before === 0 ? [] : [recipient.replace('case', 'held')];
    const outcomes = await sendAll(
      serverAt(line, way, counting),
      [...before, recipient],
      fault.how === 'stall' ? impatienceFor(expected) : {},
    );
    await line.stop();
    const outcome = outcomes.pop();
    if (outcome === undefined || outcomes.some(({ state }) => state !== 'accepted'))
      throw new Error(`what went before the fault was ${JSON.stringify(outcomes)}`);
    return {
      outcome,
      met: line.hasStruck(),
      // The one before counts once; more of it is as bad as a second one of this.
      accepted: () =>
        before.reduce((sum, earlier) => sum + counting.accepted(earlier) - 1, counting.accepted(recipient)),
      sawBody: null,
    };
  },
});
