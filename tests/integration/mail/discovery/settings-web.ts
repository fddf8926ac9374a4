/** @file A real web server over TLS with the settings files of a test, that keeps what it was asked; 404 for anything else. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { ServerCertificate } from '../../peers/certificate.ts';

export interface SettingsWeb {
  readonly port: number;
  /** What it answers, by host and path. */
  readonly pages: Map<string, (response: ServerResponse) => void>;
  readonly asked: { readonly url: string; readonly headers: IncomingMessage['headers'] }[];
  readonly close: () => void;
}

/** At a port of its own, unless it is to be where programs look for one. */
export async function startSettingsWeb(
  { key, cert }: ServerCertificate,
  host = '127.0.0.1',
  at = 0,
): Promise<SettingsWeb> {
  const pages: SettingsWeb['pages'] = new Map();
  const asked: SettingsWeb['asked'] = [];
  const web = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (request, response) => {
    const url = `${(request.headers.host ?? '').replace(/:\d+$/, '')}${request.url ?? ''}`;
    asked.push({ url, headers: request.headers });
    const page = pages.get(url);
    if (page === undefined) response.writeHead(404).end();
    else page(response);
  });
  web.listen(at, host);
  await once(web, 'listening');
  return {
    // A socket over TCP always has an address with a port.
    port: (web.address() as AddressInfo).port,
    pages,
    asked,
    close: () => {
      web.closeAllConnections();
      web.close();
    },
  };
}

export const page =
  (body: string) =>
  (response: ServerResponse): void =>
    void response.writeHead(200, { 'content-type': 'text/xml' }).end(body);

interface Place {
  readonly host: string;
  readonly port: number;
}

/** A settings file as providers publish it. */
export const settingsFile = (
  domain: string,
  {
    server: { socket = 'STARTTLS', user = '%EMAILADDRESS%', way = 'password-cleartext', ...server },
    mailbox,
  }: {
    readonly server: Place & { readonly socket?: string; readonly user?: string; readonly way?: string };
    readonly mailbox: Place;
  },
): string => `
  <?xml version="1.0"?>
  <clientConfig version="1.1"><emailProvider id="${domain}"><domain>${domain}</domain>
    <incomingServer type="pop3"><hostname>pop.provider.test</hostname><port>995</port>
      <socketType>SSL</socketType><username>%EMAILADDRESS%</username></incomingServer>
    <incomingServer type="imap"><hostname>${mailbox.host}</hostname><port>${mailbox.port}</port>
      <socketType>SSL</socketType><username>%EMAILADDRESS%</username></incomingServer>
    <outgoingServer type="smtp"><hostname>${server.host}</hostname><port>${server.port}</port>
      <socketType>${socket}</socketType><username>${user}</username>
      <authentication>${way}</authentication></outgoingServer>
  </emailProvider></clientConfig>`;
