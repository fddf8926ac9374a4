/**
 * @file A line with one fault in it: cut, reset or dead after so many bytes, in one direction, on the first connection
 * or on every one. With a way into TLS it ends TLS on both sides and counts what is inside; without, it counts what is
 * on the wire.
 */
import net from 'node:net';
import tls from 'node:tls';
import { listen } from '../fakes/loopback.ts';

export type Direction = 'to-server' | 'to-client';

export interface Fault {
  readonly direction: Direction;
  /** It strikes when this many bytes have passed. */
  readonly at: number;
  /** `cut`: a FIN each way behind what has passed. `reset`: an RST each way. `stall`: nothing passes any more. */
  readonly how: 'cut' | 'reset' | 'stall';
  readonly connections: 'first' | 'every';
}

/**
 * How the line sees inside TLS. `implicit`: the client's TLS ends here and the server hears plain text. `starttls`:
 * plain text passes up to the server's 220, then each side has its handshake with the line; the bytes inside are
 * counted on from those before.
 */
export interface Inside {
  readonly from: 'implicit' | 'starttls';
  readonly context: tls.SecureContext;
}

export interface Line {
  readonly port: number;
  /** What passed on the last connection, in order, for finding landmarks. */
  readonly log: () => readonly { readonly direction: Direction; readonly bytes: Buffer }[];
  /** Ends, resets or silences every connection there is; new ones go through. */
  readonly strikeAll: (how: Fault['how']) => void;
  /** Whether the fault struck: a machine that is slow to connect may give the first connection up before it can. */
  readonly hasStruck: () => boolean;
  readonly stop: () => Promise<void>;
}

export async function startLine(
  upstream: number,
  options: { readonly fault?: Fault; readonly inside?: Inside; readonly keepLog?: boolean } = {},
): Promise<Line> {
  const { fault, inside, keepLog = false } = options;
  const sockets = new Set<net.Socket>();
  let connections = 0;
  let hasStruck = false;
  let log: { direction: Direction; bytes: Buffer }[] = [];

  const hold = <Held extends net.Socket>(socket: Held): Held => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
    return socket;
  };

  const strikes = new Set<(how: Fault['how']) => void>();

  const listener = net.createServer({ noDelay: true }, (near) => {
    connections += 1;
    hold(near);
    const far = hold(net.connect({ port: upstream, host: '127.0.0.1', noDelay: true }));
    const counts: Record<Direction, number> = { 'to-server': 0, 'to-client': 0 };
    const entries: typeof log = [];
    log = entries;
    const armed = fault !== undefined && (fault.connections === 'every' || connections === 1) ? fault : null;
    let struck = false;

    const strike = (how: Fault['how'], client: net.Socket, server: net.Socket) => {
      if (struck) return;
      struck = true;
      hasStruck = true;
      if (how === 'cut') {
        // What has passed is delivered, and then the end: a FIN each way, so that no byte counted as passed is lost.
        client.end();
        server.end();
      } else if (how === 'reset') {
        // Only TCP knows a reset; TLS on top of it has none.
        near.resetAndDestroy();
        far.resetAndDestroy();
      }
    };

    const join = (client: net.Socket, server: net.Socket, whenPassed: (() => void) | null = null) => {
      strikes.add((how) => strike(how, client, server));
      client.once('close', () => server.end());
      server.once('close', () => client.end());
      const pass = (direction: Direction, to: net.Socket) => (chunk: Buffer) => {
        if (struck) return;
        const room = armed?.direction === direction ? armed.at - counts[direction] : Infinity;
        const bytes = chunk.subarray(0, room);
        counts[direction] += bytes.length;
        if (keepLog || whenPassed !== null) entries.push({ direction, bytes: Buffer.from(bytes) });
        if (bytes.length > 0) to.write(bytes);
        if (armed?.direction === direction && counts[direction] >= armed.at)
          strike(armed.how, client, server);
        else whenPassed?.();
      };
      client.on('data', pass('to-server', server));
      server.on('data', pass('to-client', client));
      if (armed?.at === 0 && !struck) strike(armed.how, client, server);
    };

    if (inside === undefined) join(near, far);
    else {
      const secured = () => hold(new tls.TLSSocket(near, { isServer: true, secureContext: inside.context }));
      if (inside.from === 'implicit') join(secured(), far);
      else
        join(near, far, () => {
          const [question, answer] = entries.slice(-2);
          if (
            question?.bytes.toString() !== 'STARTTLS\r\n' ||
            answer?.bytes.toString().startsWith('220') !== true
          )
            return;
          // Neither side has said a word of TLS yet: the server waits, and the client has not read its 220.
          for (const end of [near, far]) end.removeAllListeners('data');
          join(
            secured(),
            hold(tls.connect({ socket: far, secureContext: inside.context, servername: 'localhost' })),
          );
        });
    }
  });
  const { port, stop } = await listen(listener, sockets);
  return {
    port,
    log: () => log,
    strikeAll: (how) => {
      for (const strike of strikes) strike(how);
    },
    hasStruck: () => hasStruck,
    stop,
  };
}
