/**
 * @file The servers of a domain are found through a real DNS server and a real web server over TLS, within one budget; and
 * neither of them is ever told more than the domain.
 */
import { Resolver } from 'node:dns/promises';
import type { ServerResponse } from 'node:http';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { findServers } from '../../../../src/main/mail/discovery/find-servers.ts';
import { FILE_BYTES, LOOKUPS, type SearchWorld } from '../../../../src/main/mail/discovery/lookups.ts';
import { makeCertificate } from '../../peers/certificate.ts';
import { type DnsServer, startDnsServer } from './dns-server.ts';
import { page, settingsFile, startSettingsWeb, type SettingsWeb } from './settings-web.ts';

const DOMAIN = 'clinic.test';
const HOME = { type: 'A', address: '127.0.0.1' } as const;
const HOSTS = [DOMAIN, `autoconfig.${DOMAIN}`, `www.${DOMAIN}`, 'evil.test'] as const;
const folder = mkdtempSync(join(tmpdir(), 'countersign-discovery-'));

let dns: DnsServer;
let web: SettingsWeb;
let world: SearchWorld;

beforeAll(async () => {
  dns = await startDnsServer();
  const certificate = await makeCertificate(folder, HOSTS.map((host) => `DNS:${host}`).join());
  web = await startSettingsWeb(certificate);
  const resolver = new Resolver({ timeout: 1_000, tries: 1 });
  resolver.setServers([dns.address]);
  world = {
    resolver,
    httpsPort: web.port,
    ca: readFileSync(certificate.ca, 'utf8'),
  };
});
afterAll(() => {
  dns.close();
  web.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
  dns.zone.clear();
  dns.questions.length = 0;
  dns.silent = false;
  web.pages.clear();
  web.asked.length = 0;
});

const FILE = `autoconfig.${DOMAIN}/mail/config-v1.1.xml`;
const WELL_KNOWN = `${DOMAIN}/.well-known/autoconfig/mail/config-v1.1.xml`;
const config = (host = 'smtp.provider.test', socket = 'STARTTLS', way = 'password-cleartext'): string =>
  settingsFile(DOMAIN, {
    mailbox: { host: 'imap.provider.test', port: 993 },
    server: { host, port: 587, socket, user: '%EMAILLOCALPART%', way },
  });
const redirect =
  (location: string) =>
  (response: ServerResponse): void =>
    void response.writeHead(302, { location }).end();
const withWeb = (): void => {
  for (const host of HOSTS) dns.zone.set(host, [HOME]);
};

describe('the servers of a domain', () => {
  it('are what its SRV records name, TLS from the first byte first', async () => {
    dns.zone.set(`_submissions._tcp.${DOMAIN}`, [
      { type: 'SRV', target: 'spare.clinic.test', port: 465, priority: 20 },
      { type: 'SRV', target: 'Mail.clinic.test', port: 4465, priority: 10 },
    ]);
    dns.zone.set(`_submission._tcp.${DOMAIN}`, [{ type: 'SRV', target: 'old.clinic.test', port: 587 }]);
    dns.zone.set(`_imaps._tcp.${DOMAIN}`, [{ type: 'SRV', target: 'imap.clinic.test', port: 993 }]);
    expect(await findServers(DOMAIN, world)).toEqual({
      result: 'found',
      found: {
        how: 'srv',
        server: { host: 'mail.clinic.test', port: 4465, security: 'implicit-tls' },
        user: 'address',
        mailbox: { host: 'imap.clinic.test', port: 993 },
      },
    });
    expect(web.asked, 'and the web server is not asked').toEqual([]);
  });

  it('are no server where the SRV record says that there is none', async () => {
    dns.zone.set(`_submissions._tcp.${DOMAIN}`, [{ type: 'SRV', target: '.', port: 0 }]);
    dns.zone.set(`_submission._tcp.${DOMAIN}`, [{ type: 'SRV', target: 'mail.clinic.test', port: 587 }]);
    expect(await findServers(DOMAIN, world)).toMatchObject({
      found: { server: { host: 'mail.clinic.test', security: 'starttls' }, mailbox: null },
    });
  });

  it.each([FILE, WELL_KNOWN])('are what its own settings file names: %s', async (place) => {
    withWeb();
    web.pages.set(place, page(config()));
    expect(await findServers(DOMAIN, world)).toEqual({
      result: 'found',
      found: {
        how: 'autoconfig',
        server: { host: 'smtp.provider.test', port: 587, security: 'starttls' },
        user: 'local-part',
        mailbox: { host: 'imap.provider.test', port: 993 },
      },
    });
  });

  it('are Google’s where its mail is at Google, and Microsoft’s where it is there', async () => {
    dns.zone.set(DOMAIN, [{ type: 'MX', exchange: 'aspmx.l.google.com' }]);
    expect(await findServers(DOMAIN, world)).toEqual({ result: 'google' });
    dns.zone.set(DOMAIN, [{ type: 'MX', exchange: 'clinic-test.mail.protection.outlook.com' }]);
    expect(await findServers(DOMAIN, world)).toMatchObject({
      found: { how: 'hosted', server: { host: 'smtp.office365.com', port: 587, security: 'starttls' } },
    });
    dns.zone.set(DOMAIN, [{ type: 'MX', exchange: 'notgoogle.com' }]);
    expect((await findServers(DOMAIN, world)).result, 'a name that only ends alike').toBe('none');
  });

  it('are those of the usual names, when nothing names any', async () => {
    dns.zone.set(`mail.${DOMAIN}`, [HOME]);
    expect(await findServers(DOMAIN, world)).toMatchObject({
      found: {
        how: 'usual-name',
        server: { host: 'mail.clinic.test' },
        mailbox: { host: 'mail.clinic.test' },
      },
    });
  });

  it('are none where there are none, and unknown where nothing answers', async () => {
    expect(await findServers(DOMAIN, world)).toEqual({ result: 'none' });
    dns.silent = true;
    expect(await findServers(DOMAIN, world, AbortSignal.timeout(300))).toEqual({ result: 'no-answer' });
  });
});

describe('a settings file', () => {
  beforeEach(withWeb);

  it.each<[string, (response: ServerResponse) => void]>([
    ['is longer than 64 kB', page(config() + ' '.repeat(FILE_BYTES))],
    ['leads to another domain', redirect('https://evil.test/config.xml')],
    ['leads to a name that only ends alike', redirect('https://evilclinic.test/config.xml')],
    ['leads out of https', redirect(`http://${DOMAIN}/config.xml`)],
    ['leads in a circle', redirect(`https://${FILE}`)],
    ['names a server without TLS', page(config('smtp.provider.test', 'plain'))],
    ['names one that takes no password', page(config('smtp.provider.test', 'SSL', 'OAuth2'))],
    ['names something that is no host', page(config('smtp provider/../test'))],
    ['is no such file', page('<html><hostname>smtp.provider.test</hostname></html>')],
  ])('is not taken when it %s [T-discovery-file]', async (_what, answer) => {
    web.pages.set(FILE, answer);
    web.pages.set('evil.test/config.xml', page(config('smtp.evil.test')));
    expect((await findServers(DOMAIN, world)).result).toBe('none');
    expect(web.asked.map(({ url }) => url)).not.toContain('evil.test/config.xml');
  });

  it('is followed within its own domain', async () => {
    web.pages.set(FILE, redirect(`https://www.${DOMAIN}/mail.xml`));
    web.pages.set(`www.${DOMAIN}/mail.xml`, page(config()));
    expect(await findServers(DOMAIN, world)).toMatchObject({ found: { how: 'autoconfig' } });
  });

  it.each([undefined, '0'])(
    'is not taken from a server that cannot prove its name, NODE_TLS_REJECT_UNAUTHORIZED: %s',
    async (told) => {
      vi.stubEnv('NODE_TLS_REJECT_UNAUTHORIZED', told);
      onTestFinished(() => void vi.unstubAllEnvs());
      web.pages.set(FILE, page(config()));
      const { resolver, httpsPort } = world;
      expect((await findServers(DOMAIN, { resolver, httpsPort })).result).toBe('none');
      expect(web.asked).toEqual([]);
    },
  );

  it('that never ends is given up with the deadline', async () => {
    web.pages.set(FILE, (response) => void response.writeHead(200).write(' '));
    web.pages.set(WELL_KNOWN, (response) => void response.writeHead(200).write(' '));
    const search = await findServers(DOMAIN, world, AbortSignal.timeout(500));
    expect(search.result).toBe('none');
  });
});

it('asks no more than its budget, and tells nobody more than the domain [T-discovery-told]', async () => {
  withWeb();
  web.pages.set(FILE, redirect(`https://www.${DOMAIN}/1`));
  web.pages.set(`www.${DOMAIN}/1`, redirect(`https://www.${DOMAIN}/2`));
  web.pages.set(`www.${DOMAIN}/2`, redirect(`https://www.${DOMAIN}/3`));
  await findServers(DOMAIN, world);
  expect(dns.questions.length + web.asked.length).toBeLessThanOrEqual(LOOKUPS);
  expect(dns.questions.every((question) => question.endsWith(DOMAIN))).toBe(true);
  for (const { url, headers } of web.asked) {
    expect(url).not.toContain('?');
    expect(JSON.stringify([url, headers])).not.toMatch(/@|user-agent|cookie/i);
  }
});
