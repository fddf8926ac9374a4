/**
 * @file Looks for the servers of an account's own domain, on a press and never by itself: its SRV records, its own
 * settings file over https, the provider that its MX records name, then servers of the usual names. Only the domain is
 * ever asked about; what is found is shown, and no password goes anywhere because of it.
 */
import { Resolver } from 'node:dns/promises';
import type { SrvRecord } from 'node:dns';
import {
  IMAPS_PORT,
  SMTP_PORTS,
  type FoundServers,
  type ServerSearch,
} from '../../../shared/mail-servers.ts';
import { readAutoconfig } from './autoconfig.ts';
import {
  type Answer,
  createLookups,
  DEADLINE_MS,
  isWithin,
  type Lookups,
  type SearchWorld,
} from './lookups.ts';

/** Providers that domains send their mail to, by the end of their MX records, and what their help pages name. */
const HOSTED: readonly (readonly [string, Omit<FoundServers, 'how'>])[] = [
  // https://learn.microsoft.com/exchange/mail-flow-best-practices/how-to-set-up-a-multifunction-device-or-application-to-send-email-using-microsoft-365-or-office-365
  [
    'mail.protection.outlook.com',
    {
      server: { host: 'smtp.office365.com', port: SMTP_PORTS.starttls, security: 'starttls' },
      user: 'address',
      mailbox: { host: 'outlook.office365.com', port: IMAPS_PORT },
    },
  ],
];
/** https://support.google.com/a/answer/174125: "smtp.google.com", formerly "aspmx.l.google.com" and its kind. */
const GOOGLE = ['google.com', 'googlemail.com'];

const RESOLVER_MS = 1_500;
const systemWorld = (): SearchWorld => ({
  resolver: new Resolver({ timeout: RESOLVER_MS, tries: 1 }),
  httpsPort: 443,
});

/** `domain` in its ASCII form. `world` is the network, but for tests. Never rejects. */
export async function findServers(
  domain: string,
  world: SearchWorld = systemWorld(),
  deadline: AbortSignal = AbortSignal.timeout(DEADLINE_MS),
): Promise<ServerSearch> {
  const lookups = createLookups(world, deadline);
  const [srv, mx] = await Promise.all([bySrv(domain, lookups), lookups.mx(domain)]);
  if (srv !== null) return { result: 'found', found: srv };
  if (names(mx, GOOGLE)) return { result: 'google' };
  const found = (await byFile(domain, lookups)) ?? hostedAt(mx) ?? (await byUsualName(domain, lookups));
  if (found !== null) return { result: 'found', found };
  return { result: lookups.answered() ? 'none' : 'no-answer' };
}

/** RFC 2782: the lowest priority, and in it the greatest weight; a target of "." says that there is no such service. */
function best(records: Answer<SrvRecord>): SrvRecord | null {
  if (typeof records === 'string') return null;
  const [first] = records.toSorted((a, b) => a.priority - b.priority || b.weight - a.weight);
  return first === undefined || first.name === '' || first.name === '.' ? null : first;
}

async function bySrv(domain: string, { srv }: Lookups): Promise<FoundServers | null> {
  const [submissions, submission, imaps] = (
    await Promise.all([
      srv(`_submissions._tcp.${domain}`),
      srv(`_submission._tcp.${domain}`),
      srv(`_imaps._tcp.${domain}`),
    ])
  ).map(best);
  // RFC 8314 section 5.1 prefers TLS from the first byte.
  const sends = submissions ?? submission ?? null;
  if (sends === null) return null;
  return {
    how: 'srv',
    server: {
      host: sends.name.toLowerCase(),
      port: sends.port,
      security: sends === submissions ? 'implicit-tls' : 'starttls',
    },
    user: 'address',
    mailbox: imaps == null ? null : { host: imaps.name.toLowerCase(), port: imaps.port },
  };
}

async function byFile(domain: string, { file }: Lookups): Promise<FoundServers | null> {
  // Without the address that the convention would put behind a "?".
  const places = [
    `https://autoconfig.${domain}/mail/config-v1.1.xml`,
    `https://${domain}/.well-known/autoconfig/mail/config-v1.1.xml`,
  ];
  const files = await Promise.all(places.map((place) => file(new URL(place), domain)));
  for (const text of files) {
    const found = text === null ? null : readAutoconfig(text, domain);
    if (found !== null) return { how: 'autoconfig', ...found };
  }
  return null;
}

const names = (mx: Answer<{ readonly exchange: string }>, providers: readonly string[]): boolean =>
  typeof mx !== 'string' && mx.some(({ exchange }) => providers.some((one) => isWithin(exchange, one)));

function hostedAt(mx: Answer<{ readonly exchange: string }>): FoundServers | null {
  const found = HOSTED.find(([provider]) => names(mx, [provider]));
  return found === undefined ? null : { how: 'hosted', ...found[1] };
}

async function byUsualName(domain: string, { exists, isOpen }: Lookups): Promise<FoundServers | null> {
  const first = async (hosts: readonly string[]): Promise<string | null> => {
    const there = await Promise.all(hosts.map(exists));
    return hosts.find((_, index) => there[index]) ?? null;
  };
  const [sends, keeps] = await Promise.all([
    first([`smtp.${domain}`, `mail.${domain}`]),
    first([`imap.${domain}`, `mail.${domain}`]),
  ]);
  if (sends === null) return null;
  const [tls, starttls] = await Promise.all(
    [SMTP_PORTS['implicit-tls'], SMTP_PORTS.starttls].map((port) => isOpen(sends, port)),
  );
  const security = !tls && starttls ? 'starttls' : 'implicit-tls';
  return {
    how: 'usual-name',
    server: { host: sends, port: SMTP_PORTS[security], security },
    user: 'address',
    mailbox: keeps === null ? null : { host: keeps, port: IMAPS_PORT },
  };
}
