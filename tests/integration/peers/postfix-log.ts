/** @file What Postfix's log says of its connections: by which of them a mail came in. */

/**
 * The connection that each mail to `address` came in by, as the number of the line that says it began. A mail is in
 * the log, and here, once it has been delivered or returned.
 */
export function signInsFor(log: string, address: string): readonly number[] {
  /** By the process that serves it, one at a time. */
  const connections = new Map<string, number>();
  /** By the mail's place in the queue. */
  const broughtBy = new Map<string, number>();
  const found: number[] = [];
  for (const [number, line] of log.split('\n').entries()) {
    const { service, pid = '', text = '' } = LINE.exec(line)?.groups ?? {};
    if (service === 'smtpd' && text.startsWith('connect from ')) connections.set(pid, number);
    const { place, word, mailbox } = ABOUT.exec(text)?.groups ?? {};
    if (place === undefined) continue;
    const connection = word === 'client' ? connections.get(pid) : broughtBy.get(place);
    // What has no connection is Postfix's own: a report.
    if (connection === undefined) continue;
    if (word === 'client') broughtBy.set(place, connection);
    else if (mailbox === address) found.push(connection);
  }
  return found;
}

const LINE = / postfix\/(?<service>\w+)\[(?<pid>\d+)\]: (?<text>.*)$/u;
const ABOUT = /^(?<place>[0-9A-F]+): (?<word>client|to)=(?:<(?<mailbox>[^>]*)>)?/u;
