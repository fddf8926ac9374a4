/**
 * @file The program on a computer whose DNS server is a test's: the system's own file names it, for this process and what
 * it starts alone. The program and Node look names up as ever, and are told nothing by anything else. Linux, as root.
 */
import type { Runtime } from './runtime.ts';

const SCRIPT = 'mount --bind "$0" /etc/resolv.conf && exec "$@"';

/** `resolvConf` is the path of the file that stands for /etc/resolv.conf. */
export const onNetwork = (resolvConf: string, on: Runtime): Runtime => ({
  ...on,
  // Neither starts a process of its own: the program keeps the id it was started with.
  command: (switches, scripts) => [
    'unshare',
    ...['--mount', '--', 'sh', '-c', SCRIPT, resolvConf],
    ...on.command(switches, scripts),
  ],
});
