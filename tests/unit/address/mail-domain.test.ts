/** @file Whether a domain takes mail: only a clear "no" from DNS is one; time-outs and faults are none. */
import { describe, expect, it } from 'vitest';
import { takesMail, type MailResolver } from '../../../src/main/address/mail-domain.ts';

type Reply = 'ENOTFOUND' | 'ENODATA' | 'ETIMEOUT' | 'ESERVFAIL' | 'ECONNREFUSED' | 'EREFUSED';

/** What DNS answers in one test; the shape of node:dns/promises and its errors. */
function dns(answers: {
  mx: { exchange: string; priority: number }[] | Reply;
  a?: string[] | Reply;
  aaaa?: string[] | Reply;
}) {
  const asked: string[] = [];
  const say = <T>(domain: string, answer: T[] | Reply): Promise<T[]> => {
    asked.push(domain);
    return typeof answer === 'string'
      ? Promise.reject(Object.assign(new Error(`query ${answer} ${domain}`), { code: answer }))
      : Promise.resolve(answer);
  };
  const resolver: MailResolver = {
    resolveMx: (domain) => say(domain, answers.mx),
    resolve4: (domain) => say(domain, answers.a ?? 'ENODATA'),
    resolve6: (domain) => say(domain, answers.aaaa ?? 'ENODATA'),
  };
  return { resolver, asked };
}
const ask = (answers: Parameters<typeof dns>[0]) => takesMail('example.com', dns(answers).resolver);

describe('a domain', () => {
  it('with a mail server takes mail', async () => {
    expect(await ask({ mx: [{ exchange: 'mx.example.com', priority: 10 }] })).toBe('yes');
  });

  it('that does not exist takes none', async () => {
    expect(await ask({ mx: 'ENOTFOUND', a: 'ENOTFOUND', aaaa: 'ENOTFOUND' })).toBe('no');
  });

  it('without MX, A and AAAA takes none', async () => {
    expect(await ask({ mx: 'ENODATA' })).toBe('no');
    expect(await ask({ mx: [], a: [], aaaa: [] })).toBe('no');
  });

  it('without MX takes mail at its own address', async () => {
    expect(await ask({ mx: 'ENODATA', a: ['192.0.2.1'] })).toBe('yes');
    expect(await ask({ mx: 'ENODATA', aaaa: ['2001:db8::1'] })).toBe('yes');
  });

  it.each(['', '.'])('with the null MX %j takes no mail, whatever else it has', async (exchange) => {
    expect(await ask({ mx: [{ exchange, priority: 0 }], a: ['192.0.2.1'] })).toBe('no');
  });

  it.each<Reply>(['ETIMEOUT', 'ESERVFAIL', 'ECONNREFUSED', 'EREFUSED'])(
    'may take mail, for all that is known, when DNS answers %s [T-domain-silent]',
    async (reply) => {
      expect(await ask({ mx: reply })).toBe('unknown');
      expect(await ask({ mx: 'ENODATA', a: reply })).toBe('unknown');
      expect(await ask({ mx: 'ENODATA', a: 'ENOTFOUND', aaaa: reply })).toBe('unknown');
      expect(await ask({ mx: 'ENODATA', a: ['192.0.2.1'], aaaa: reply })).toBe('yes');
    },
  );

  it('is all that is asked for', async () => {
    const { resolver, asked } = dns({ mx: 'ENODATA' });
    await takesMail('xn--bcher-kva.de', resolver);
    expect(asked).toEqual(['xn--bcher-kva.de', 'xn--bcher-kva.de', 'xn--bcher-kva.de']);
  });
});
