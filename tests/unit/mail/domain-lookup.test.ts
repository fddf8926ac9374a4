/** @file DNS advice is asked for once, is not waited for, and says nothing that DNS did not say. */
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { MailResolver } from '../../../src/main/address/mail-domain.ts';
import { createDomainLookup, createMailResolver } from '../../../src/main/mail/domain-lookup.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { parsed } from '../address/addresses.ts';
import { MINUTE } from '../../fakes/time.ts';
import { stopAfterEach } from '../../fakes/stops.ts';

const NO_MAIL_SERVER = { kind: 'no-mail-server' };

describe('an answer', () => {
  /** A lookup on a DNS where nothing exists, or everything; `asked` are the domains that it was asked for. */
  function lookup() {
    const clock = createFakeClock();
    const asked: string[] = [];
    const dns = { nothingExists: true };
    const nothing = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    const resolver: MailResolver = {
      resolveMx: (domain) => {
        asked.push(domain);
        return dns.nothingExists ? nothing() : Promise.resolve([{ exchange: 'mx.example.com', priority: 1 }]);
      },
      resolve4: nothing,
      resolve6: nothing,
    };
    const hintFor = createDomainLookup(resolver, () => clock.monotonic());
    return { asked, clock, dns, ask: (address: string) => hintFor(parsed(address)) };
  }

  it('is asked for once for all addresses of a domain, also while it is still awaited', async () => {
    const { ask, asked } = lookup();
    const hints = await Promise.all([ask('mia@example.com'), ask('sam@example.com'), ask('mia@EXAMPLE.com')]);
    hints.push(await ask('noor@example.com'), await ask('mia@example.org'));
    expect(hints).toEqual(hints.map(() => NO_MAIL_SERVER));
    expect(asked).toEqual(['example.com', 'example.org']);
  });

  it('is asked for again after five minutes: the portal of a guest network says no to everything', async () => {
    const { ask, asked, clock, dns } = lookup();
    expect(await ask('mia@example.com')).toEqual(NO_MAIL_SERVER);
    dns.nothingExists = false;
    clock.pass(5 * MINUTE - 1);
    expect(await ask('mia@example.com')).toEqual(NO_MAIL_SERVER);
    clock.pass(1);
    expect(await ask('mia@example.com')).toBeNull();
    expect(asked).toHaveLength(2);
  });

  it('that DNS owes is not remembered: a resolver that was slow once may know the next time', async () => {
    const replies = ['ETIMEOUT', 'ENOTFOUND'];
    const say = (code: string | undefined) => Promise.reject(Object.assign(new Error('no'), { code }));
    const resolver: MailResolver = {
      resolveMx: () => say(replies.shift()),
      resolve4: () => say('ENOTFOUND'),
      resolve6: () => say('ENOTFOUND'),
    };
    const hintFor = createDomainLookup(resolver, () => 0);
    expect(await hintFor(parsed('mia@example.com'))).toBeNull();
    expect(await hintFor(parsed('mia@example.com'))).toEqual(NO_MAIL_SERVER);
  });

  it('is remembered for two hundred domains; the oldest goes first', async () => {
    const { ask, asked } = lookup();
    const addresses = Array.from({ length: 201 }, (_, number) => `mia@shop${number}.example`);
    for (const address of addresses) await ask(address);
    asked.length = 0;
    for (const address of addresses.slice(1)) await ask(address);
    expect(asked).toEqual([]);
    await ask('mia@shop0.example');
    expect(asked).toEqual(['shop0.example']);
  });
});

describe('a DNS server on the network', () => {
  const stops = stopAfterEach();

  /** `rcode`: what it answers everything with (RFC 1035 section 4.1.1), with no records; null is silence. */
  async function startDns(rcode: number | null) {
    const socket = createSocket('udp4');
    let questions = 0;
    socket.on('message', (query, { address, port }) => {
      questions += 1;
      if (rcode === null) return;
      // The question: labels up to the empty one, a type and a class. What follows is EDNS, which nobody has to answer.
      const question = query.subarray(12, query.indexOf(0, 12) + 5);
      // The query's id; "a response, recursion wanted and available"; one question, and nothing else.
      const header = Buffer.from([...query.subarray(0, 2), 0x81, 0x80 | rcode, 0, 1, 0, 0, 0, 0, 0, 0]);
      socket.send(Buffer.concat([header, question]), port, address);
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    stops.push(() => void socket.close());
    const at = `127.0.0.1:${socket.address().port}`;
    const resolver = createMailResolver();
    resolver.setServers([at]);
    return { at, questions: () => questions, lookup: createDomainLookup(resolver) };
  }
  const mia = parsed('mia@example.com');

  it.each([
    ['there is no such name', 3],
    ['the name has no such records', 0],
  ])('that says %s is believed', async (_what, rcode) => {
    const dns = await startDns(rcode);
    expect(await dns.lookup(mia)).toEqual(NO_MAIL_SERVER);
    expect(dns.questions(), 'MX, A and AAAA').toBe(3);
  });

  it.each([
    ['fails', 2],
    ['refuses', 5],
  ])('that %s is not spoken of', async (_what, rcode) => {
    expect(await (await startDns(rcode)).lookup(mia)).toBeNull();
  });

  it('that never answers is asked once, given up on within a second, and not spoken of', async () => {
    const dns = await startDns(null);
    // A second, whatever else this machine is doing.
    const second = new Resolver({ timeout: 1_000, tries: 1 });
    second.setServers([(await startDns(null)).at]);
    const later = second.resolveMx('example.com').catch(() => 'a second has passed');
    expect(await Promise.race([dns.lookup(mia), later])).toBeNull();
    expect(dns.questions()).toBe(1);
    second.cancel();
  });
});
