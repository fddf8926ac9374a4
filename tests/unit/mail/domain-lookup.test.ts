/** @file DNS advice is asked for once, is not waited for, and says nothing that DNS did not say. */
import { createSocket } from 'node:dgram';
import { Resolver } from 'node:dns/promises';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import type { MailResolver } from '../../../src/main/address/mail-domain.ts';
import { createDomainLookup, createMailResolver } from '../../../src/main/mail/domain-lookup.ts';
import { createFakeClock } from '../../fakes/clock.ts';
import { MINUTE } from '../../fakes/time.ts';
import { stopAfterEach } from '../../fakes/stops.ts';

describe('an answer', () => {
  /** A lookup on a DNS that finds what is `there`; `asked` are the domains that it was asked for. */
  function lookup() {
    const clock = createFakeClock();
    const asked: string[] = [];
    const there = new Set(['gmail.com']);
    const nothing = () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOTFOUND' }));
    const resolver: MailResolver = {
      resolveMx: (domain) => {
        asked.push(domain);
        return there.has(domain) ? Promise.resolve([{ exchange: 'mx.example.com', priority: 1 }]) : nothing();
      },
      resolve4: nothing,
      resolve6: nothing,
    };
    return { asked, clock, there, ask: createDomainLookup(resolver, () => clock.monotonic()) };
  }

  it('is asked for once for all addresses of a domain, also while it is still awaited', async () => {
    const { ask, asked } = lookup();
    const said = await Promise.all([ask('example.com'), ask('example.com'), ask('example.com')]);
    said.push(await ask('example.com'), await ask('example.org'));
    expect(said).toEqual(said.map(() => 'no'));
    expect(asked).toEqual(['example.com', 'gmail.com', 'example.org']);
  });

  it('is asked for again after five minutes: the portal of a guest network says no to everything', async () => {
    const { ask, asked, clock, there } = lookup();
    expect(await ask('example.com')).toBe('no');
    there.add('example.com');
    clock.pass(5 * MINUTE - 1);
    expect(await ask('example.com')).toBe('no');
    clock.pass(1);
    expect(await ask('example.com')).toBe('yes');
    expect(asked.filter((domain) => domain === 'example.com')).toHaveLength(2);
  });

  it('of "no" is not believed on a network that does not find Gmail either [T-domain-closed]', async () => {
    const { ask, there, clock } = lookup();
    there.clear();
    for (const domain of ['example.com', 'example.org', 'gmail.com'])
      expect(await ask(domain)).toBe('unknown');
    there.add('gmail.com');
    clock.pass(5 * MINUTE);
    expect(await ask('example.com')).toBe('no');
    expect(await ask('gmail.com')).toBe('yes');
  });

  it('of "yes" needs no other', async () => {
    const { ask, asked, there } = lookup();
    there.add('example.com');
    expect(await ask('example.com')).toBe('yes');
    expect(asked).toEqual(['example.com']);
  });

  it('that DNS owes is not remembered: a resolver that was slow once may know the next time', async () => {
    const replies = ['ETIMEOUT', 'ENOTFOUND'];
    const say = (code: string | undefined) => Promise.reject(Object.assign(new Error('no'), { code }));
    const resolver: MailResolver = {
      resolveMx: (domain) =>
        domain === 'gmail.com'
          ? Promise.resolve([{ exchange: 'mx.example.com', priority: 1 }])
          : say(replies.shift()),
      resolve4: () => say('ENOTFOUND'),
      resolve6: () => say('ENOTFOUND'),
    };
    const ask = createDomainLookup(resolver, () => 0);
    expect(await ask('example.com')).toBe('unknown');
    expect(await ask('example.com')).toBe('no');
  });

  it('is remembered for two hundred domains; the oldest goes first', async () => {
    const { ask, asked } = lookup();
    // The one that is surely there is remembered with them.
    const domains = Array.from({ length: 200 }, (_, number) => `shop${number}.example`);
    for (const domain of domains) await ask(domain);
    asked.length = 0;
    for (const domain of domains.slice(1)) await ask(domain);
    expect(asked).toEqual([]);
    await ask('shop0.example');
    expect(asked).toContain('shop0.example');
  });
});

describe('a DNS server on the network', () => {
  const stops = stopAfterEach();

  /** RFC 1035 section 3.3.9, for the name of the question: preference 5, and the root's own name would be a null MX. */
  const MX = Buffer.from([0xc0, 0x0c, 0, 15, 0, 1, 0, 0, 0, 60, 0, 9, 0, 5, 2, 109, 120, 2, 109, 120, 0]);

  /**
   * `rcode`: what it answers everything with (RFC 1035 section 4.1.1), with no records; null is silence. One that
   * `findsGmail` has a mail server for that.
   */
  async function startDns(rcode: number | null, findsGmail = false) {
    const socket = createSocket('udp4');
    let questions = 0;
    socket.on('message', (query, { address, port }) => {
      questions += 1;
      if (rcode === null) return;
      // The question: labels up to the empty one, a type and a class. What follows is EDNS, which need not be answered.
      const question = query.subarray(12, query.indexOf(0, 12) + 5);
      const found = findsGmail && question.includes('gmail');
      // The query's id; "a response, recursion wanted and available"; one question, and an answer or none.
      const flags = [0x81, 0x80 | (found ? 0 : rcode), 0, 1, 0, found ? 1 : 0, 0, 0, 0, 0];
      const header = Buffer.from([...query.subarray(0, 2), ...flags]);
      socket.send(Buffer.concat([header, question, ...(found ? [MX] : [])]), port, address);
    });
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    stops.push(() => void socket.close());
    const at = `127.0.0.1:${socket.address().port}`;
    const resolver = createMailResolver();
    resolver.setServers([at]);
    return { at, questions: () => questions, lookup: createDomainLookup(resolver) };
  }

  it.each([
    ['there is no such name', 3],
    ['the name has no such records', 0],
  ])('that says %s is believed', async (_what, rcode) => {
    const dns = await startDns(rcode, true);
    expect(await dns.lookup('example.com')).toBe('no');
    expect(dns.questions(), 'MX, A and AAAA, and MX of Gmail').toBe(4);
  });

  it('that says so of Gmail as well is not believed', async () => {
    expect(await (await startDns(3)).lookup('example.com')).toBe('unknown');
  });

  it.each([
    ['fails', 2],
    ['refuses', 5],
  ])('that %s is not spoken of', async (_what, rcode) => {
    expect(await (await startDns(rcode)).lookup('example.com')).toBe('unknown');
  });

  it('that never answers is asked once, given up on within a second, and not spoken of', async () => {
    const dns = await startDns(null);
    // A second, also on a busy machine.
    const second = new Resolver({ timeout: 1_000, tries: 1 });
    second.setServers([(await startDns(null)).at]);
    const later = second.resolveMx('example.com').catch(() => 'a second has passed');
    expect(await Promise.race([dns.lookup('example.com'), later])).toBe('unknown');
    expect(dns.questions()).toBe(1);
    second.cancel();
  });
});
