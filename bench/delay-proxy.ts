/**
 * @file A line that is as long as it is told to be: everything through it takes `delayMs` each way, the opening of
 * the connection included. It changes no byte and keeps the order.
 */
import net from 'node:net';
import { listen } from '../tests/fakes/loopback.ts';

export interface DelayProxy {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

/** Calls back with each chunk `delayMs` after it came, never before `notBefore`, and in order. */
function delayed(delayMs: number, notBefore: number, forward: (chunk: Buffer | null) => void) {
  let last = notBefore;
  return (chunk: Buffer | null) => {
    last = Math.max(last, performance.now() + delayMs);
    setTimeout(() => forward(chunk), Math.max(0, last - performance.now()));
  };
}

export async function startDelayProxy(port: number, delayMs: number): Promise<DelayProxy> {
  const sockets = new Set<net.Socket>();
  const proxy = net.createServer({ noDelay: true }, (client) => {
    // A listening proxy accepts at once. On a real line SYN and SYN-ACK take a round trip, and the client's first
    // words (or the ACK that lets the server speak first) half a one more.
    const accepted = performance.now() + 3 * delayMs;
    const server = net.connect({ port, host: '127.0.0.1', noDelay: true });
    server.pause();
    setTimeout(() => server.resume(), 3 * delayMs);
    const toServer = delayed(delayMs, accepted, (chunk) =>
      chunk === null ? server.end() : server.write(chunk),
    );
    const toClient = delayed(delayMs, 0, (chunk) => (chunk === null ? client.end() : client.write(chunk)));
    client.on('data', toServer).on('end', () => toServer(null));
    server.on('data', toClient).on('end', () => toClient(null));
    for (const [socket, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => sockets.delete(socket));
    }
  });
  const { port: own, stop } = await listen(proxy, sockets);
  return {
    port: own,
    stop,
  };
}
