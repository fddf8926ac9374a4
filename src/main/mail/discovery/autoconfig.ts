/**
 * @file Reads the settings file that many domains publish for mail programs (Mozilla's autoconfiguration, version 1.1).
 * Anybody may have written it: it is taken apart by its tags alone, without entities, and nothing comes out of it but
 * host names, ports, and how a line is made secure. Pure.
 */
import type { FoundServers } from '../../../shared/mail-servers.ts';
import type { Security } from '../../../shared/words.ts';

type File = Pick<FoundServers, 'server' | 'user' | 'mailbox'>;

const HOST = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;
/** Ways of signing in with a password; a server that only has others (OAuth2) cannot be signed in to from here. */
const PASSWORD = new Set(['password-cleartext', 'password-encrypted', 'plain', 'secure']);

/** What stands between each `<name …>` and its end, with the attributes. Scans any text once. */
function* elements(text: string, name: string): Generator<{ attributes: string; inside: string }> {
  let at = text.indexOf(`<${name}`);
  while (at >= 0) {
    const open = text.indexOf('>', at);
    const close = open < 0 ? -1 : text.indexOf(`</${name}>`, open);
    if (close < 0) return;
    yield { attributes: text.slice(at + name.length + 1, open), inside: text.slice(open + 1, close) };
    at = text.indexOf(`<${name}`, close);
  }
}

const valuesOf = (inside: string, name: string): readonly string[] =>
  Array.from(elements(inside, name), (element) => element.inside.trim());

/** Without its comments; one that does not end takes the rest of the file with it. */
function uncommented(file: string): string {
  const [before = '', ...pieces] = file.split('<!--');
  const behind = (piece: string): string => piece.split('-->').slice(1).join('-->');
  return [before, ...pieces.map(behind)].join('');
}

interface Server {
  readonly host: string;
  readonly port: number;
  readonly security: Security;
  readonly user: FoundServers['user'];
}

/** Null for a server without TLS, without a password, or with a name that is none. */
function serverIn(inside: string, domain: string): Server | null {
  const [name = ''] = valuesOf(inside, 'hostname');
  const host = name.replaceAll('%EMAILDOMAIN%', domain);
  const port = Number(valuesOf(inside, 'port')[0] ?? '');
  const [socket] = valuesOf(inside, 'socketType');
  const ways = valuesOf(inside, 'authentication');
  const [user] = valuesOf(inside, 'username');
  if (!HOST.test(host) || !Number.isInteger(port) || port < 1 || port > 65_535) return null;
  if (ways.length > 0 && !ways.some((way) => PASSWORD.has(way))) return null;
  if (socket !== 'SSL' && socket !== 'STARTTLS') return null;
  return {
    host: host.toLowerCase(),
    port,
    security: socket === 'SSL' ? 'implicit-tls' : 'starttls',
    user: user === '%EMAILLOCALPART%' ? 'local-part' : 'address',
  };
}

/** The servers that the file names for accounts of `domain`; null when it names none that can be used. */
export function readAutoconfig(file: string, domain: string): File | null {
  const text = uncommented(file);
  const servers = (element: string, type: string): readonly Server[] =>
    Array.from(elements(text, element))
      .filter(({ attributes }) => new RegExp(`\\stype\\s*=\\s*["']${type}["']`).test(attributes))
      .flatMap(({ inside }) => serverIn(inside, domain) ?? []);
  const outgoing = servers('outgoingServer', 'smtp');
  // RFC 8314 section 3.3 prefers TLS from the first byte; between equals the file's own order counts.
  const server = outgoing.find(({ security }) => security === 'implicit-tls') ?? outgoing[0];
  if (server === undefined) return null;
  const inbox = servers('incomingServer', 'imap').find(({ security }) => security === 'implicit-tls');
  const { host, port, security, user } = server;
  return {
    server: { host, port, security },
    user,
    mailbox: inbox === undefined ? null : { host: inbox.host, port: inbox.port },
  };
}
