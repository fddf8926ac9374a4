/**
 * @file What a click on "Send code" costs: from the click to the server's 250, over lines of four lengths, for the
 * script that this program replaces, for nodemailer used as everybody uses it, and for our courier. All clients take
 * turns in one run, against one real Postfix. With `--save` the table goes into docs/benchmarks.md. Fails when the
 * claim at the end is not held; without python3 half of it is not measured, and `held` is null.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createTransport } from 'nodemailer';
import { createCarrier } from '../src/main/mail/smtp/carrier.ts';
import { compose } from '../src/main/mail/message/compose.ts';
import type { SmtpServer } from '../src/main/mail/smtp/server.ts';
import { type MailPeers, mailPeersLack, startMailPeers } from '../tests/integration/peers/postfix.ts';
import { letter } from '../tests/unit/mail/letter.ts';
import { startDelayProxy } from './delay-proxy.ts';
import { saveTable } from './save-table.ts';

const DELAYS_MS = [0, 25, 50, 100];
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
  oursCold: 'Countersign, no line kept',
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

function ours(port: number, warm: boolean, peers: MailPeers, ca: string): Client {
  const server: SmtpServer = {
    host: 'localhost',
    port,
    security: 'implicit-tls',
    user: peers.user,
    secret: () => Promise.resolve(peers.password),
    trust: { ca },
  };
  const sender = { name: 'Harbour Clinic', address: peers.address };
  const kept = warm ? createCarrier(server) : null;
  return {
    send: async () => {
      const courier = kept ?? createCarrier(server);
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

/** Least squares: milliseconds per millisecond of round trip, that is, round trips. */
function slope(points: readonly (readonly [number, number])[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const x = mean(points.map(([first]) => first));
  const y = mean(points.map(([, second]) => second));
  const above = points.reduce((sum, [first, second]) => sum + (first - x) * (second - y), 0);
  const below = points.reduce((sum, [first]) => sum + (first - x) ** 2, 0);
  return above / below;
}

async function measure(delayMs: number, peers: MailPeers, ca: string): Promise<Map<Name, Spread>> {
  const [submission, submissions] = [
    await startDelayProxy(peers.submissionPort, delayMs),
    await startDelayProxy(peers.submissionsPort, delayMs),
  ];
  const clients = new Map<Name, Client>([
    ['nodemailerCold587', nodemailer(submission.port, false, false, peers, ca)],
    ['nodemailerCold465', nodemailer(submissions.port, true, false, peers, ca)],
    ['nodemailerPool', nodemailer(submissions.port, true, true, peers, ca)],
    ['oursCold', ours(submissions.port, false, peers, ca)],
    ['oursWarm', ours(submissions.port, true, peers, ca)],
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
  return new Map([...took].map(([name, values]) => [name, spread(values)]));
}

async function main(): Promise<void> {
  const lack = await mailPeersLack();
  if (lack !== null) throw new Error(`this benchmark needs a real Postfix, and ${lack}`);
  const peers = await startMailPeers();
  const measured = new Map<number, Map<Name, Spread>>();
  try {
    const ca = await readFile(peers.ca, 'utf8');
    for (const delayMs of DELAYS_MS) measured.set(delayMs, await measure(delayMs, peers, ca));
  } finally {
    await peers.stop();
  }

  const known = (Object.keys(NAMES) as Name[]).filter((name) => measured.get(0)?.has(name) === true);
  const spreads = (name: Name) =>
    DELAYS_MS.map((delayMs) => {
      const found = measured.get(delayMs)?.get(name);
      if (found === undefined) throw new Error(`${name} was not measured`);
      return found;
    });
  const roundTrips = (name: Name) =>
    slope(spreads(name).map(({ median }, index) => [2 * (DELAYS_MS[index] ?? 0), median]));
  const medianAt = (name: Name, delayMs: number) => spreads(name)[DELAYS_MS.indexOf(delayMs)]?.median ?? NaN;

  const head = ['', ...DELAYS_MS.map((delayMs) => `${delayMs} ms each way`), 'round trips'];
  const rows = known.map((name) => [
    NAMES[name],
    ...spreads(name).map(
      ({ low, median, high }) => `${median.toFixed(0)} (${low.toFixed(0)}–${high.toFixed(0)})`,
    ),
    roundTrips(name).toFixed(1),
  ]);
  const table = [head, head.map((_, index) => (index === 0 ? ':--' : '--:')), ...rows]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');
  console.log(table);
  if (process.argv.includes('--save')) await saveTable('delivery', table);

  const rounded = (value: number) => Math.round(value * 100) / 100;
  const rtt = Object.fromEntries(known.map((name) => [name, rounded(roundTrips(name))]));
  const faster = known.includes('smtplib587') ? medianAt('smtplib587', 50) / medianAt('oursWarm', 50) : null;
  // The claim: two round trips, and four times faster than what it replaces.
  const held = roundTrips('oursWarm') > 2.2 ? false : faster === null ? null : faster >= 4;
  if (faster === null) console.log('The script this replaces was not measured: python3 does not start here.');
  console.log(
    JSON.stringify({
      rtt,
      medianMsAt50: Object.fromEntries(known.map((name) => [name, rounded(medianAt(name, 50))])),
      warmFasterThanSmtplibAt50: faster === null ? null : rounded(faster),
      rounds: ROUNDS,
      held,
    }),
  );
  process.exitCode = held === false ? 1 : 0;
}

await main();
