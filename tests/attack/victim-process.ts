/** @file Starts a victim, gives it orders and hears what it says, until it ends or is killed. */
import { spawn } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Order, Said } from './victim.ts';

export interface Victim {
  /** Everything it said so far. */
  readonly said: readonly Said[];
  /** Resolves with what came of the order; null when the victim died first. */
  order(order: Order): Promise<Extract<Said, { say: 'done' }> | null>;
  /** Gives an order without waiting. */
  send(order: Order): void;
  ready(): Promise<boolean>;
  kill(): void;
  /** Lets it end by itself. */
  stop(): Promise<void>;
  /** Resolves once it is gone; true when it was killed. */
  readonly gone: Promise<boolean>;
}

const PROGRAM = new URL('victim.ts', import.meta.url).pathname;

/** `dieAt`: at which point between two effects it kills itself, counted from `countFrom`; 0 for never. */
export function startVictim(folder: string, dieAt = 0, countFrom: 'start' | 'ready' = 'start'): Victim {
  const child = spawn(process.execPath, [PROGRAM, folder, String(dieAt), countFrom], {
    stdio: ['pipe', 'pipe', 'inherit'],
    // Hundreds of them are started: compiled code is kept (nodejs.org/api/module.html, module compile cache).
    env: { ...process.env, NODE_COMPILE_CACHE: join(tmpdir(), 'countersign-victims') },
  });
  const said: Said[] = [];
  const waiting = new Set<() => void>();
  const heard = () => {
    for (const wake of waiting) wake();
    waiting.clear();
  };
  let over = false;
  // Writing to a victim that has just died is part of the plan.
  child.stdin.on('error', () => undefined);
  const lines = createInterface({ input: child.stdout });
  lines.on('line', (line) => {
    // The victim writes nothing else; a line cut off by its death does not parse.
    try {
      said.push(JSON.parse(line) as Said);
    } catch {
      return;
    }
    heard();
  });
  const gone = new Promise<boolean>((resolve, reject) => {
    child.on('close', (code, signal) => {
      over = true;
      heard();
      if (signal !== 'SIGKILL' && code !== 0) reject(new Error(`the victim failed with ${code}`));
      else resolve(signal === 'SIGKILL');
    });
  });

  const until = async <T>(look: () => T | undefined): Promise<T | null> => {
    for (;;) {
      const found = look();
      if (found !== undefined) return found;
      if (over) return null;
      await new Promise<void>((resolve) => waiting.add(resolve));
    }
  };
  const send = (order: Order) => void child.stdin.write(`${JSON.stringify(order)}\n`);

  return {
    said,
    send,
    async order(order) {
      const before = said.filter(({ say }) => say === 'done').length;
      send(order);
      return until(() => {
        const done = said.filter((one) => one.say === 'done');
        return done[before];
      });
    },
    ready: async () => (await until(() => said.find(({ say }) => say === 'ready'))) !== null,
    kill: () => void child.kill('SIGKILL'),
    async stop() {
      child.stdin.end();
      await gone;
    },
    gone,
  };
}
