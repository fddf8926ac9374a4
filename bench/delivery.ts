/**
 * @file What a click on "Send code" costs: from the click to the server's 250, over lines of five lengths, for the
 * script that this program replaces, for nodemailer as it is usually used, and for our courier. All clients take turns
 * in one run, against one real Postfix. With `--save` the table goes into docs/benchmarks.md. Fails when a limit is
 * not kept.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { createTransport } from 'nodemailer';
import { createCarrier } from '../src/main/mail/smtp/carrier.ts';
import { compose } from '../src/main/mail/message/compose.ts';
import type { SmtpServer } from '../src/main/mail/smtp/server.ts';
import { TIMING, type Timing } from '../src/main/mail/smtp/timing.ts';
import { type MailPeers, mailPeersLack, startMailPeers } from '../tests/integration/peers/postfix.ts';
import { letter } from '../tests/unit/mail/letter.ts';
import { startDelayProxy } from './delay-proxy.ts';
import { saveTable } from './save-table.ts';

/** Half a round trip each. */
const DELAYS_MS = [0, 5, 15, 50, 100];
/** Round trips are counted between these two; below, the time of the machine itself is a part of it. */
const COUNTED_MS = [50, 100] as const;
/** On short lines nothing may be lost against a pool of nodemailer's. */
const SHORT_MS = [0, 5, 15];
const ROUNDS = Number(process.argv.find((argument) => argument.startsWith('--rounds='))?.slice(9) ?? 11);
const TO = 'mia.keller@example.test';

/** One way to send, ready to be timed; `send` answers with milliseconds. */
interface Client {
  readonly send: () => Promise<number>;
  readonly stop: () => Promise<void>;
}

const NAMES = {
  smtplib587: 'Python smtplib, 587 (the script this replaces)',
  nodemailerCold587: 'nodemailer, new transport, 587',
  nodemailerCold465: 'nodemailer, new transport, 465',
  nodemailerPool: 'nodemailer, pool, from its second mail on',
  oursCold465: 'Countersign, no line kept',
  oursWarmData: 'Countersign, line kept, a server without CHUNKING',
  oursWarm: 'Countersign, line kept',
} as const;
type Name = keyof typeof NAMES;

async function timed(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function smtplib(port: number, peers: MailPeers): Promise<Client | null> {
  const { ca, user, password } = peers;
  const script = new URL('delivery-smtplib.py', import.meta.url).pathname;
  const child: ChildProcess = spawn(
    'python3',
    [script, JSON.stringify({ ca, user, password, port, to: TO })],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const { stdin, stdout } = child;
  if (stdin === null || stdout === null) throw new Error('no pipes to python3');
  const answers = createInterface({ input: stdout })[Symbol.asyncIterator]();
  const client: Client = {
    send: async () => {
      stdin.write('send\n');
      const answer = await answers.next();
      if (answer.done === true) throw new Error('python3 ended');
      return Number(answer.value);
    },
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve());
        stdin.end();
      }),
  };
  return new Promise((resolve) => {
    child.once('spawn', () => resolve(client));
    child.once('error', () => resolve(null));
  });
}

function nodemailer(port: number, secure: boolean, pool: boolean, peers: MailPeers, ca: string): Client {
  const settings = {
    host: 'localhost',
    port,
    secure,
    requireTLS: !secure,
    auth: { user: peers.user, pass: peers.password },
    tls: { ca },
  };
  const mail = { from: peers.address, to: TO, subject: 'code', text: 'Your code is 409313' };
  const kept = pool ? createTransport({ ...settings, pool: true }) : null;
  return {
    send: async () => {
      const transport = kept ?? createTransport(settings);
      const took = await timed(() => transport.sendMail(mail));
      if (kept === null) transport.close();
      return took;
    },
    stop: () => {
      kept?.close();
      return Promise.resolve();
    },
  };
}

function ours(
  port: number,
  warm: boolean,
  peers: MailPeers,
  ca: string,
  options: { readonly delayMs: number; readonly timing?: Partial<Timing> },
): Client {
  const server: SmtpServer = {
    host: 'localhost',
    port,
    security: 'implicit-tls',
    user: peers.user,
    secret: () => Promise.resolve(peers.password),
    trust: { ca },
  };
  const sender = { name: 'Harbour Clinic', address: peers.address };
  const carrier = () => createCarrier(server, { timing: { ...TIMING, ...options.timing } });
  const kept = warm ? carrier() : null;
  return {
    send: async () => {
      const courier = kept ?? carrier();
      if (warm) {
        // The first letter of an address asks the line; by the last one it has answered.
        courier.warm();
        await sleep(3 * options.delayMs + 50);
      }
      const took = await timed(async () => {
        // Composing is part of the click.
        const outcome = await courier.send(await compose(letter({ to: TO }), sender), {
          notAfter: Infinity,
          signal: new AbortController().signal,
          onStage: () => undefined,
        });
        if (outcome.state !== 'accepted') throw new Error(`not accepted: ${JSON.stringify(outcome)}`);
      });
      if (kept === null) await courier.close();
      return took;
    },
    stop: () => kept?.close() ?? Promise.resolve(),
  };
}

const at = (sorted: readonly number[], share: number): number => {
  const value = sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  if (value === undefined) throw new Error('nothing was measured');
  return value;
};

interface Spread {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}
function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { low: at(sorted, 0.25), median: at(sorted, 0.5), high: at(sorted, 0.75) };
}

/** Milliseconds of each round, in the order of the rounds. */
type Rounds = ReadonlyMap<Name, readonly number[]>;

async function measure(delayMs: number, peers: MailPeers, ca: string): Promise<Rounds> {
  const [submission, submissions] = [
    await startDelayProxy(peers.submissionPort, delayMs),
    await startDelayProxy(peers.submissionsPort, delayMs),
  ];
  const clients = new Map<Name, Client>([
    ['nodemailerCold587', nodemailer(submission.port, false, false, peers, ca)],
    ['nodemailerCold465', nodemailer(submissions.port, true, false, peers, ca)],
    ['nodemailerPool', nodemailer(submissions.port, true, true, peers, ca)],
    ['oursCold465', ours(submissions.port, false, peers, ca, { delayMs })],
    [
      'oursWarmData',
      ours(submissions.port, true, peers, ca, { delayMs, timing: { flightFromMs: Infinity } }),
    ],
    ['oursWarm', ours(submissions.port, true, peers, ca, { delayMs })],
  ]);
  const python = await smtplib(submission.port, peers);
  if (python !== null) clients.set('smtplib587', python);
  const took = new Map<Name, number[]>([...clients.keys()].map((name) => [name, []]));
  try {
    // Round 0 warms up: lines are opened, code is compiled, processes are started.
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const [name, client] of clients) {
        const ms = await client.send();
        if (round > 0) took.get(name)?.push(ms);
      }
    }
  } finally {
    for (const client of clients.values()) await client.stop();
    await submission.stop();
    await submissions.stop();
  }
  return took;
}

/** What is promised, in round trips. */
const MOST_ROUND_TRIPS = { oursWarm: 1.2, oursWarmData: 2.1, oursCold465: 6.3 } as const;
/** On a short line a warm click may take so much longer than nodemailer's pool: a tenth, or this. */
const SLOWER_MS = 4;

async function main(): Promise<void> {
  const lack = await mailPeersLack();
  if (lack !== null) throw new Error(`this benchmark needs a real Postfix, and ${lack}`);
  const peers = await startMailPeers();
  const measured = new Map<number, Rounds>();
  try {
    const ca = await readFile(peers.ca, 'utf8');
    for (const delayMs of DELAYS_MS) measured.set(delayMs, await measure(delayMs, peers, ca));
  } finally {
    await peers.stop();
  }

  const known = (Object.keys(NAMES) as Name[]).filter((name) => measured.get(0)?.has(name) === true);
  const roundsOf = (name: Name, delayMs: number): readonly number[] => measured.get(delayMs)?.get(name) ?? [];
  /** The median of what one took more than the other in the same round. */
  const paired = (more: readonly number[], less: readonly number[]) =>
    spread(more.map((value, index) => value - (less[index] ?? NaN))).median;
  const [shorter, longer] = COUNTED_MS;
  const roundTrips = (name: Name) =>
    paired(roundsOf(name, longer), roundsOf(name, shorter)) / (2 * (longer - shorter));

  const head = ['', ...DELAYS_MS.map((delayMs) => `${2 * delayMs} ms`), 'round trips'];
  const rows = known.map((name) => [
    NAMES[name],
    ...DELAYS_MS.map((delayMs) => spread(roundsOf(name, delayMs))).map(
      ({ low, median, high }) => `${median.toFixed(0)} (${low.toFixed(0)}–${high.toFixed(0)})`,
    ),
    roundTrips(name).toFixed(1),
  ]);
  const table = [head, head.map((_, index) => (index === 0 ? ':--' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
  console.log(table);

  const rounded = (value: number) => Math.round(value * 100) / 100;
  const limits = Object.entries(MOST_ROUND_TRIPS).map(([name, most]) => {
    // The keys of a constant.
    const took = rounded(roundTrips(name as keyof typeof MOST_ROUND_TRIPS));
    return { name, took, most, held: took <= most };
  });
  const onShort = SHORT_MS.map((delayMs) => {
    const pool = roundsOf('nodemailerPool', delayMs);
    const most = rounded(Math.max(SLOWER_MS, spread(pool).median / 10));
    const slower = rounded(paired(roundsOf('oursWarm', delayMs), pool));
    return { roundTripMs: 2 * delayMs, slowerThanPoolMs: slower, most, held: slower <= most };
  });
  const held = [...limits, ...onShort].every((limit) => limit.held);
  if (process.argv.includes('--save') && held) await saveTable('delivery', table);
  if (!known.includes('smtplib587'))
    console.log('The script this replaces was not measured: python3 does not start here.');
  console.log(
    JSON.stringify({
      rtt: Object.fromEntries(known.map((name) => [name, rounded(roundTrips(name))])),
      limits,
      onShort,
      rounds: ROUNDS,
      held,
    }),
  );
  process.exitCode = held ? 0 : 1;
}

await main();
