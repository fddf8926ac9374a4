/** @file A server of a test on the loopback address. */
import { once } from 'node:events';
import type { AddressInfo, Server, Socket } from 'node:net';

export interface Listening {
  readonly port: number;
  /** Who is connected, as far as TCP goes, and whatever else was put in. */
  readonly sockets: ReadonlySet<Socket>;
  /** Cuts every connection and listens no more. */
  readonly stop: () => Promise<void>;
}

/** Lets it listen on a port of its own; what is in `sockets` ends with it. */
export async function listen(server: Server, sockets = new Set<Socket>()): Promise<Listening> {
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  // A server that listens on TCP has an address with a port.
  const { port } = server.address() as AddressInfo;
  return {
    port,
    sockets,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
