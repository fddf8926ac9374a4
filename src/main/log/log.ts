/**
 * @file The log file: what the program did and what went wrong, under references that people can read out. It
 * must never hold an address, a code or a secret, and must never throw.
 */
import electronLog from 'electron-log/node';
import { redact } from './redact.ts';

export interface Log {
  readonly event: (what: string) => void;
  /** `where` is a place in the program: a channel, "start". */
  readonly exception: (reference: string, where: string, error: unknown) => void;
}

/** Two files at most: this one, and the one before it as `*.old.log`. */
const SIZE = 1024 * 1024;

/** `echo` repeats every line on the terminal, for people who build the program. */
export function openLog({ file, echo }: { readonly file: string; readonly echo: boolean }): Log {
  const logger = electronLog.create({ logId: file });
  logger.transports.file.resolvePathFn = () => file;
  logger.transports.file.maxSize = SIZE;
  logger.transports.file.format = '{iso} {level} {text}';
  // A log is its owner's business, not everybody's on the machine.
  logger.transports.file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  logger.transports.console.level = echo ? 'info' : false;
  return logTo(
    (line) => logger.info(line),
    (line) => logger.error(line),
  );
}

const toTerminal = (line: string): void => void process.stderr.write(`${line}\n`);

/** Until the log file is open, which may be what fails. */
export const terminalLog: Log = logTo(toTerminal, toTerminal);

function logTo(info: (line: string) => void, error: (line: string) => void): Log {
  return {
    event: (what) => info(redact(what)),
    exception: (reference, where, thrown) => {
      // The reference is ours and random; it stays readable.
      error(`${reference} ${redact(`${where} ${anatomy(thrown)}`)}`);
    },
  };
}

/**
 * What an exception is and where it came from, without its message: messages quote what they choke on (a JSON
 * parser its input, a server the recipient).
 */
function anatomy(error: unknown): string {
  if (!(error instanceof Error)) return `threw a ${typeof error}`;
  const named = 'code' in error && typeof error.code === 'string' && /^[A-Z][A-Z0-9_]*$/.test(error.code);
  // The message goes first, so that none of its lines can pass for a frame.
  const lines = (error.stack ?? '').replace(error.message, '').split('\n');
  const frames = lines.filter((line) => /^\s+at /.test(line)).map((line) => ` | ${line.trim()}`);
  return `${error.constructor.name}${named ? ` ${String(error.code)}` : ''}${frames.join('')}`;
}
