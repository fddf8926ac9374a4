/**
 * @file The keychain vault in a process of its own, because libsecret reads the environment of its process once, at
 * the first call. Run by itself it is that process; imported, it starts one and speaks with it.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { createKeychainVault, type KeychainVault } from '../../../src/main/vault/keychain.ts';

const SERVICE = 'countersign-test';

interface Question {
  readonly number: number;
  readonly method: keyof KeychainVault;
  readonly args: readonly string[];
}
interface Answer {
  readonly number: number;
  readonly value: unknown;
}

export interface VaultProcess {
  readonly vault: Omit<KeychainVault, 'isBusy'> & { isBusy(): Promise<boolean> };
  /** Everything the process wrote to its standard output and error. */
  output(): string;
  /** Ends it without asking: nothing of a test may wait for a hung library. */
  stop(): Promise<void>;
}

/** Starts one with exactly this environment; `timeoutMs` is the vault's. */
export function startVaultProcess(env: Readonly<Record<string, string>>, timeoutMs?: number): VaultProcess {
  const child: ChildProcess = fork(import.meta.filename, timeoutMs === undefined ? [] : [String(timeoutMs)], {
    // Node itself is found by its own path; PATH is for what the libraries start.
    env: { PATH: process.env['PATH'] ?? '', ...env },
    execArgv: [],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let written = '';
  child.stdout?.on('data', (chunk: Buffer) => (written += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (written += chunk.toString()));

  const waiting = new Map<number, (value: unknown) => void>();
  child.on('message', (message) => {
    // The only sender is this file's other half.
    const { number, value } = message as Answer;
    waiting.get(number)?.(value);
    waiting.delete(number);
  });
  const ended = once(child, 'exit');
  let asked = 0;
  const ask = <T>(method: keyof KeychainVault, ...args: string[]): Promise<T> => {
    asked += 1;
    const number = asked;
    const answer = new Promise<T>((resolve) => {
      // The method decides the type, and the other half calls just that method.
      waiting.set(number, (value) => resolve(value as T));
    });
    child.send({ number, method, args } satisfies Question);
    return Promise.race([
      answer,
      ended.then(() => {
        throw new Error(`the vault process ended before it answered ${method}: ${written}`);
      }),
    ]);
  };

  return {
    vault: {
      state: () => ask('state'),
      read: (item) => ask('read', item),
      write: (item, value) => ask('write', item, value),
      remove: (item) => ask('remove', item),
      isBusy: () => ask('isBusy'),
    },
    output: () => written,
    async stop() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

if (process.send !== undefined && process.argv[1] === import.meta.filename) {
  const timeout = process.argv[2];
  const vault = createKeychainVault({
    service: SERVICE,
    ...(timeout === undefined ? {} : { timeoutMs: Number(timeout) }),
  });
  process.on('message', (message) => {
    const { number, method, args } = message as Question;
    // The arguments are those of the other half's typed methods.
    const calls = vault as Record<keyof KeychainVault, (...given: readonly string[]) => unknown>;
    void Promise.resolve(calls[method](...args)).then((value) =>
      process.send?.({ number, value } satisfies Answer),
    );
  });
}
