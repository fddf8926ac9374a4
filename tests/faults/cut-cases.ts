/**
 * @file A whole session, cut or dead at every byte, each way: inside TLS, where it is known which claim is the right
 * one, and on the wire, where records, tickets and signatures have no fixed length and every true claim will do.
 */
import tls from 'node:tls';
import { SMTPServer } from 'smtp-server';
import type { AddressInfo } from 'node:net';
import type { MailServer } from '../../src/main/mail/server.ts';
import { makeCertificate } from '../integration/mail/certificates.ts';
import { PASSWORD, USER } from '../integration/mail/smtp-peer.ts';
import { type Direction, type Fault, startLine } from './line.ts';
import { type Case, type Claim, IMPATIENCE, send } from './trial.ts';

/** A real server that counts by recipient what it accepted. */
export interface Counting {
  readonly plainPort: number;
  readonly tlsPort: number;
  readonly accepted: (recipient: string) => number;
  readonly quiet: () => boolean;
  readonly stop: () => Promise<void>;
  readonly certificate: { readonly key: string; readonly cert: string };
}

export async function startCounting(): Promise<Counting> {
  const certificate = await makeCertificate();
  const counts = new Map<string, number>();
  const start = async (secure: boolean) => {
    const smtp = new SMTPServer({
      secure,
      ...certificate,
      // Inside the line that ends TLS, this server hears plain text; nothing leaves the machine.
      allowInsecureAuth: true,
      hideSTARTTLS: true,
      disableReverseLookup: true,
      closeTimeout: 50,
      onAuth: (auth, _session, callback) => {
        if (auth.username === USER && auth.password === PASSWORD) callback(null, { user: USER });
        else callback(Object.assign(new Error('5.7.8 no'), { responseCode: 535 }));
      },
      onData: (stream, session, callback) => {
        stream.resume();
        stream.on('end', () => {
          for (const { address } of session.envelope.rcptTo)
            counts.set(address, (counts.get(address) ?? 0) + 1);
          callback(null, '2.0.0 taken');
        });
      },
    });
    smtp.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      smtp.listen(0, '127.0.0.1', resolve);
    });
    return smtp;
  };
  const [plain, secure] = [await start(false), await start(true)];
  const portOf = (smtp: SMTPServer) => (smtp.server.address() as AddressInfo).port;
  return {
    plainPort: portOf(plain),
    tlsPort: portOf(secure),
    accepted: (recipient) => counts.get(recipient) ?? 0,
    quiet: () => plain.connections.size === 0 && secure.connections.size === 0,
    stop: async () => {
      for (const smtp of [plain, secure]) {
        await new Promise<void>((resolve) => {
          smtp.close(resolve);
        });
      }
    },
    certificate,
  };
}

const serverAt = (port: number, ca: string): MailServer => ({
  host: 'localhost',
  port,
  security: 'implicit-tls',
  user: USER,
  secret: () => Promise.resolve(PASSWORD),
  trust: { ca },
});

/** Where in a clean session the claim changes. */
interface Landmarks {
  readonly length: Readonly<Record<Direction, number>>;
  /** To the server: the body's first byte, and the one behind its dot. */
  readonly bodyFrom: number;
  readonly bodyTo: number;
  /** To the client: behind the 354, and behind the answer to the body. */
  readonly goAhead: number;
  readonly verdict: number;
  /** Behind each reply, for stalls. */
  readonly replies: readonly number[];
}

async function landmarks(counting: Counting, context: tls.SecureContext): Promise<Landmarks> {
  const line = await startLine(counting.plainPort, { context, keepLog: true });
  await send(serverAt(line.port, counting.certificate.cert), 'mark-00000@example.com');
  const side = (direction: Direction) =>
    Buffer.concat(
      line.log().flatMap((entry) => (entry.direction === direction ? [entry.bytes] : [])),
    ).toString('latin1');
  const [out, back] = [side('to-server'), side('to-client')];
  await line.stop();
  const after = (text: string, what: string, from = 0) => {
    const found = text.indexOf(what, from);
    if (found < 0) throw new Error(`a clean session has no ${what}`);
    return found + what.length;
  };
  const bodyFrom = after(out, 'DATA\r\n');
  const goAhead = after(back, '\r\n', after(back, '354'));
  return {
    length: { 'to-server': out.length, 'to-client': back.length },
    bodyFrom,
    bodyTo: after(out, '\r\n.\r\n', bodyFrom),
    goAhead,
    verdict: after(back, '\r\n', goAhead),
    replies: [...back.matchAll(/^\d{3} .*\r\n/gmu)].map((match) => match.index + match[0].length),
  };
}

/** Cut on the first connection only: the second one carries it, unless the body was on its way. */
function rightClaim(marks: Landmarks, direction: Direction, at: number): Claim {
  const unknown =
    direction === 'to-server'
      ? at > marks.bodyFrom && at <= marks.bodyTo
      : at >= marks.goAhead && at < marks.verdict;
  return unknown ? 'unknown' : 'accepted';
}

const DIRECTIONS: readonly Direction[] = ['to-server', 'to-client'];

export async function cutCases(counting: Counting, stride: number): Promise<Case[]> {
  const { cert } = counting.certificate;
  const context = tls.createSecureContext(counting.certificate);
  const marks = await landmarks(counting, context);

  const through = (
    family: string,
    expected: Claim | null,
    fault: Fault,
    inside: boolean,
    timing: Parameters<typeof send>[2] = {},
  ): Case => ({
    family,
    name: `${fault.how} ${fault.direction} at byte ${fault.at}, ${fault.connections} connection`,
    expected,
    run: async (recipient) => {
      const line = inside
        ? await startLine(counting.plainPort, { fault, context })
        : await startLine(counting.tlsPort, { fault });
      const claim = await send(serverAt(line.port, cert), recipient, timing);
      await line.stop();
      return { claim, accepted: () => counting.accepted(recipient), sawBody: null };
    },
  });

  const cases: Case[] = [];
  for (const direction of DIRECTIONS) {
    // Every landmark and its neighbours, whatever the stride.
    const near = [marks.bodyFrom, marks.bodyTo, marks.goAhead, marks.verdict].flatMap((mark) => [
      mark - 1,
      mark,
      mark + 1,
    ]);
    for (let at = 0; at <= marks.length[direction]; at += 1) {
      if (at % stride !== 0 && !near.includes(at)) continue;
      const fault: Fault = { direction, at, how: 'cut', connections: 'first' };
      cases.push(through('cut inside TLS', rightClaim(marks, direction, at), fault, true));
      const every: Fault = { ...fault, connections: 'every' };
      // Never carried: what is not unknown is refused, or was accepted before the cut.
      if (at % (stride * 10) === 0) {
        const late = direction === 'to-server' ? at > marks.bodyTo : at >= marks.verdict;
        const right =
          rightClaim(marks, direction, at) === 'unknown' ? 'unknown' : late ? 'accepted' : 'refused';
        cases.push(through('cut inside TLS, every time', right, every, true));
      }
    }
    // On the wire TLS adds its handshake and some bytes a record; a session longer than this is not cut at all.
    const longest = marks.length[direction] + 3_000;
    for (let at = 0; at <= longest; at += stride) {
      const fault: Fault = { direction, at, how: 'cut', connections: 'first' };
      cases.push(through('cut on the wire', null, fault, false));
    }
  }
  for (const at of [0, ...marks.replies]) {
    for (const connections of ['first', 'every'] as const) {
      const stopped = at < marks.goAhead ? (connections === 'first' ? 'accepted' : 'refused') : null;
      const fault: Fault = { direction: 'to-client', at, how: 'stall', connections };
      const right = at >= marks.verdict ? 'accepted' : (stopped ?? 'unknown');
      cases.push(through('stall', right, fault, true, IMPATIENCE));
    }
  }
  return cases;
}
