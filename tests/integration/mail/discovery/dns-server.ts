/** @file A real DNS server on this computer (RFC 1035 over UDP), with the records of a test, that keeps every question. */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

export type DnsRecord =
  | { readonly type: 'A'; readonly address: string }
  | { readonly type: 'MX'; readonly exchange: string }
  | { readonly type: 'SRV'; readonly target: string; readonly port: number; readonly priority?: number };

export interface DnsServer {
  /** "127.0.0.1:5353", as `setServers` takes it. */
  readonly address: string;
  /** What stands where: by name in lower case. */
  readonly zone: Map<string, readonly DnsRecord[]>;
  /** Every question, as "MX clinic.test". */
  readonly questions: string[];
  /** Says nothing from now on. */
  silent: boolean;
  readonly close: () => void;
}

const TYPES: Readonly<Record<number, string>> = { 1: 'A', 15: 'MX', 28: 'AAAA', 33: 'SRV' };
const NUMBERS = { A: 1, MX: 15, SRV: 33 } as const;
const NAME_ERROR = 3;

const nameBytes = (name: string): Buffer =>
  Buffer.concat([
    ...name
      .split('.')
      .filter((label) => label !== '')
      .map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);

function dataOf(record: DnsRecord): Buffer {
  switch (record.type) {
    case 'A':
      return Buffer.from(record.address.split('.').map(Number));
    case 'MX':
      return Buffer.concat([Buffer.from([0, 10]), nameBytes(record.exchange)]);
    case 'SRV': {
      const head = Buffer.alloc(6);
      head.writeUInt16BE(record.priority ?? 0, 0);
      head.writeUInt16BE(record.port, 4);
      return Buffer.concat([head, nameBytes(record.target)]);
    }
  }
}

function answerBytes(record: DnsRecord): Buffer {
  const data = dataOf(record);
  const head = Buffer.alloc(12);
  // A pointer to the name of the question, its type, the class, a minute to live.
  head.writeUInt16BE(0xc00c, 0);
  head.writeUInt16BE(NUMBERS[record.type], 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt32BE(60, 6);
  head.writeUInt16BE(data.length, 10);
  return Buffer.concat([head, data]);
}

/** At a port of its own, unless it is to be where a computer looks for one. */
export async function startDnsServer(host = '127.0.0.1', at = 0): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const zone: DnsServer['zone'] = new Map();
  const questions: string[] = [];
  socket.on('message', (message, from) => {
    const labels: string[] = [];
    let at = 12;
    for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
      labels.push(message.toString('latin1', at + 1, at + 1 + length));
      at += 1 + length;
    }
    const end = at + 5;
    const name = labels.join('.').toLowerCase();
    const type = TYPES[message.readUInt16BE(at + 1)] ?? 'other';
    questions.push(`${type} ${name}`);
    if (server.silent) return;
    const there = zone.get(name);
    const answers = (there ?? []).filter((record) => record.type === type);
    const head = Buffer.alloc(12);
    message.copy(head, 0, 0, 2);
    head.writeUInt16BE(0x8180 | (there === undefined ? NAME_ERROR : 0), 2);
    head.writeUInt16BE(1, 4);
    head.writeUInt16BE(answers.length, 6);
    socket.send(
      Buffer.concat([head, message.subarray(12, end), ...answers.map(answerBytes)]),
      from.port,
      from.address,
    );
  });
  socket.bind(at, host);
  await once(socket, 'listening');
  const server: DnsServer = {
    address: `${host}:${socket.address().port}`,
    zone,
    questions,
    silent: false,
    close: () => socket.close(),
  };
  return server;
}
