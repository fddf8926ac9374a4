/**
 * @file Everything that one search for a domain's servers may ask of the network: DNS, a file over https, whether a port
 * is open. All of it spends one budget and ends with one deadline, and none of it is ever told an address or a password.
 */
import { request } from 'node:https';
import net from 'node:net';
import type { LookupFunction } from 'node:net';
import type { SrvRecord } from 'node:dns';

/** The part of `Resolver` in node:dns/promises that is needed. */
export interface ServerResolver {
  resolveMx(domain: string): Promise<readonly { readonly exchange: string; readonly priority: number }[]>;
  resolveSrv(name: string): Promise<readonly SrvRecord[]>;
  resolve4(domain: string): Promise<readonly string[]>;
  resolve6(domain: string): Promise<readonly string[]>;
}

export interface SearchWorld {
  readonly resolver: ServerResolver;
  /** Where https is answered: 443, but for tests. */
  readonly httpsPort: number;
  /** Trusts this authority (PEM) instead of the usual ones; for tests. */
  readonly ca?: string;
}

/** Every question of one search, DNS and https and ports together. */
export const LOOKUPS = 24;
export const DEADLINE_MS = 5_000;
/** A settings file is some 2 kB. */
export const FILE_BYTES = 64 * 1024;
const REDIRECTS = 3;
/** How long a port is knocked at: a server across the world opens within a second. */
const KNOCK_MS = 1_500;

/** `none`: DNS said that there is nothing of the kind. `unknown`: it said nothing. */
export type Answer<T> = readonly T[] | 'none' | 'unknown';

export interface Lookups {
  readonly mx: (domain: string) => Promise<Answer<{ readonly exchange: string; readonly priority: number }>>;
  readonly srv: (name: string) => Promise<Answer<SrvRecord>>;
  /** Whether the name has an address. */
  readonly exists: (host: string) => Promise<boolean>;
  readonly isOpen: (host: string, port: number) => Promise<boolean>;
  /** A file over https, if it is there, small, and no redirect leads out of `domain`; null otherwise. */
  readonly file: (url: URL, domain: string) => Promise<string | null>;
  /** Whether anything has answered so far. */
  readonly answered: () => boolean;
}

/** The domain itself, or a name below it. */
export const isWithin = (host: string, domain: string): boolean =>
  host.toLowerCase() === domain.toLowerCase() || host.toLowerCase().endsWith(`.${domain.toLowerCase()}`);

export function createLookups({ resolver, httpsPort, ca }: SearchWorld, signal: AbortSignal): Lookups {
  let left = LOOKUPS;
  let answered = false;

  /** What `ask` gives, within the budget and the deadline. */
  async function spend<T>(ask: () => Promise<T>): Promise<T> {
    if (left === 0 || signal.aborted) throw new Error('no look-up is left');
    left -= 1;
    return new Promise<T>((resolve, reject) => {
      const stop = (): void => reject(new Error('the time is over'));
      signal.addEventListener('abort', stop, { once: true });
      void ask()
        .then(resolve, reject)
        .finally(() => signal.removeEventListener('abort', stop));
    });
  }

  async function dns<T>(ask: () => Promise<readonly T[]>): Promise<Answer<T>> {
    try {
      const records = await spend(ask);
      answered = true;
      return records.length === 0 ? 'none' : records;
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code !== 'ENOTFOUND' && code !== 'ENODATA') return 'unknown';
      answered = true;
      return 'none';
    }
  }

  const known = new Map<string, Promise<readonly string[]>>();
  /** Asked for once a search: several questions may be about one host. */
  function addresses(host: string): Promise<readonly string[]> {
    const found = known.get(host) ?? askAddresses(host);
    known.set(host, found);
    return found;
  }

  async function askAddresses(host: string): Promise<readonly string[]> {
    const found = await dns(() => resolver.resolve4(host));
    if (typeof found !== 'string') return found;
    const six = await dns(() => resolver.resolve6(host));
    return typeof six === 'string' ? [] : six;
  }

  /** Names are looked up as all else is, so that they spend the same budget. */
  const lookup: LookupFunction = (host, _options, done) => {
    void addresses(host).then((found) => {
      const list = found.map((address) => ({ address, family: net.isIP(address) }));
      if (list.length === 0) done(new Error('not found'), []);
      else done(null, list);
    });
  };

  async function file(url: URL, domain: string): Promise<string | null> {
    let next = url;
    for (let hop = 0; hop <= REDIRECTS; hop += 1) {
      if (next.protocol !== 'https:' || !isWithin(next.hostname, domain)) return null;
      const answer = await spend(() => get(next)).catch(() => null);
      if (answer === null) return null;
      if (!('location' in answer)) return answer.text;
      const target = URL.parse(answer.location, next.href);
      if (target === null) return null;
      next = target;
    }
    return null;
  }

  const get = ({ hostname, pathname }: URL): Promise<{ location: string } | { text: string } | null> =>
    new Promise((resolve, reject) => {
      const asked = request(
        {
          host: hostname,
          servername: hostname,
          port: httpsPort,
          // No query: an address could only stand there.
          path: pathname,
          method: 'GET',
          headers: { accept: 'application/xml, text/xml' },
          agent: false,
          signal,
          lookup,
          minVersion: 'TLSv1.2',
          // Whatever NODE_TLS_REJECT_UNAUTHORIZED says.
          rejectUnauthorized: true,
          ...(ca === undefined ? {} : { ca }),
        },
        (response) => {
          answered = true;
          const { statusCode = 0, headers } = response;
          if (statusCode >= 300 && statusCode < 400 && headers.location !== undefined) {
            response.destroy();
            resolve({ location: headers.location });
            return;
          }
          if (statusCode !== 200) {
            response.destroy();
            resolve(null);
            return;
          }
          const parts: Buffer[] = [];
          let size = 0;
          response.on('data', (part: Buffer) => {
            size += part.length;
            if (size > FILE_BYTES) {
              response.destroy();
              resolve(null);
            } else parts.push(part);
          });
          response.on('end', () => resolve({ text: Buffer.concat(parts).toString('utf8') }));
          response.on('error', reject);
        },
      );
      asked.on('error', reject);
      asked.end();
    });

  const knock = (host: string, port: number): Promise<boolean> =>
    new Promise((resolve) => {
      const socket = net.connect({ host, port, lookup, autoSelectFamily: true });
      const end = (open: boolean): void => {
        clearTimeout(timer);
        socket.destroy();
        resolve(open);
      };
      const timer = setTimeout(() => end(false), KNOCK_MS);
      socket.once('connect', () => end(true)).on('error', () => end(false));
      signal.addEventListener('abort', () => end(false), { once: true });
    });

  return {
    mx: (domain) => dns(() => resolver.resolveMx(domain)),
    srv: (name) => dns(() => resolver.resolveSrv(name)),
    exists: async (host) => (await addresses(host)).length > 0,
    isOpen: (host, port) => spend(() => knock(host, port)).catch(() => false),
    file,
    answered: () => answered,
  };
}
