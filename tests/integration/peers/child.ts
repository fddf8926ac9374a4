/** @file The life of a server started for a test: it ends by its own process id, never by a name. */
import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

export const hasEnded = (child: ChildProcess): boolean =>
  child.exitCode !== null || child.signalCode !== null;

/** Asks it to end and waits until it has; a frozen one is woken, so that it can. */
export async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  child.kill('SIGCONT');
  await exited;
}

/**
 * Ends a server and its services at once, for one that was started `detached` and is slow to end (Dovecot takes up to
 * 6 s, Postfix's services outlive it a little); what it would have put in order is thrown away with its folder.
 */
export async function endGroup(leader: ChildProcess): Promise<void> {
  if (leader.pid === undefined || hasEnded(leader)) return;
  const exited = once(leader, 'exit');
  process.kill(-leader.pid, 'SIGKILL');
  await exited;
}
