/** @file Ports of the loopback address that nothing listens on, for servers that cannot choose their own. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';

/** That many ports, all different: each is held until all are found. */
export async function freePorts(count: number): Promise<number[]> {
  const holders = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer().listen(0, '127.0.0.1');
      await once(server, 'listening');
      return server;
    }),
  );
  // A server that listens on a port has an AddressInfo.
  const ports = holders.map((server) => (server.address() as AddressInfo).port);
  await Promise.all(holders.map(async (server) => once(server.close(), 'close')));
  return ports;
}
