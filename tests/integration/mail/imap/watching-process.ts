/**
 * @file A program that watches one mailbox until its input ends, for what it costs when the server is hostile: prints how
 * much memory it held at most. A process of its own, so that the memory is its own.
 */
import type { ImapServer } from '../../../../src/main/mail/imap/client.ts';
import { watchInbox } from '../../../../src/main/mail/imap/watch.ts';

// Written by the test that starts this.
const { server } = JSON.parse(process.argv[2] ?? '') as {
  readonly server: Omit<ImapServer, 'secret'>;
};
let peak = 0;
const watch = watchInbox({ ...server, secret: () => Promise.resolve('a password') }, () => undefined, {
  since: Date.now(),
  onTrouble: () => undefined,
});
const look = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 20);
process.stdin.resume().once('end', () => {
  clearInterval(look);
  watch.close();
  console.log(JSON.stringify({ peakMb: Math.round(peak / 1e6) }));
  process.exit(0);
});
