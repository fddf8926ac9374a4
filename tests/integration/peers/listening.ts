/** @file Waits until a server that was started listens on its port, or has ended before it did. */
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export async function untilListening(port: number, isOver: () => boolean): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1');
      socket.on('connect', () => {
        socket.destroy();
        resolve(true);
      });
      socket.on('error', () => resolve(false));
    });
    if (open) return;
    if (isOver()) throw new Error('the mail service ended before it listened');
    await sleep(20);
  }
}
