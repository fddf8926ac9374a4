/**
 * @file A line with one fault in it: cut or dead after so many bytes, in one direction, on the first connection or
 * on every one. With a certificate it ends TLS and counts what is inside; without, it counts what is on the wire.
 */
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import tls from 'node:tls';

export type Direction = 'to-server' | 'to-client';

export interface Fault {
  readonly direction: Direction;
  /** It strikes when this many bytes have passed. */
  readonly at: number;
  readonly how: 'cut' | 'stall';
  readonly connections: 'first' | 'every';
}

export interface Line {
  readonly port: number;
  /** Bytes that passed on the last connection. */
  readonly passed: () => Readonly<Record<Direction, number>>;
  /** What passed on the last connection, in order, for finding landmarks. */
  readonly log: () => readonly { readonly direction: Direction; readonly bytes: Buffer }[];
  /** Breaks every connection there is; new ones go through. */
  readonly breakAll: () => void;
  readonly stop: () => Promise<void>;
}

export async function startLine(
  upstream: number,
  options: { readonly fault?: Fault; readonly context?: tls.SecureContext; readonly keepLog?: boolean } = {},
): Promise<Line> {
  const { fault, context, keepLog = false } = options;
  const sockets = new Set<net.Socket>();
  let connections = 0;
  let passed: Record<Direction, number> = { 'to-server': 0, 'to-client': 0 };
  let log: { direction: Direction; bytes: Buffer }[] = [];

  const hold = (socket: net.Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  };

  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };

  const listener = net.createServer({ noDelay: true }, (raw) => {
    connections += 1;
    hold(raw);
    const counts: Record<Direction, number> = { 'to-server': 0, 'to-client': 0 };
    passed = counts;
    const entries: typeof log = [];
    log = entries;
    const armed = fault !== undefined && (fault.connections === 'every' || connections === 1) ? fault : null;
    let struck = false;

    const client =
      context === undefined ? raw : new tls.TLSSocket(raw, { isServer: true, secureContext: context });
    if (client !== raw) hold(client);
    const server = net.connect({ port: upstream, host: '127.0.0.1', noDelay: true });
    hold(server);
    client.once('close', () => server.end());
    server.once('close', () => client.end());

    const strike = (how: Fault['how']) => {
      struck = true;
      if (how === 'stall') return;
      // What has passed is delivered, and then the end: a FIN each way, so that no byte counted as passed is lost.
      client.end();
      server.end();
    };
    const pass = (direction: Direction, to: net.Socket) => (chunk: Buffer) => {
      if (struck) return;
      const room = armed?.direction === direction ? armed.at - counts[direction] : Infinity;
      const bytes = chunk.subarray(0, room);
      counts[direction] += bytes.length;
      if (keepLog) entries.push({ direction, bytes: Buffer.from(bytes) });
      if (bytes.length > 0) to.write(bytes);
      if (armed !== null && counts[armed.direction] >= armed.at && armed.direction === direction) {
        strike(armed.how);
      }
    };
    client.on('data', pass('to-server', server));
    server.on('data', pass('to-client', client));
    if (armed?.at === 0) strike(armed.how);
  });
  await new Promise<void>((resolve) => {
    listener.listen(0, '127.0.0.1', resolve);
  });
  return {
    port: (listener.address() as AddressInfo).port,
    passed: () => passed,
    log: () => log,
    breakAll,
    stop: () =>
      new Promise((resolve) => {
        breakAll();
        listener.close(() => resolve());
      }),
  };
}
