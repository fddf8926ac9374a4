/** @file DNS advice: only a clear "no" from DNS is said; time-outs and faults stay quiet. */
import { describe, expect, it } from 'vitest';
import { mailDomainHint, type MailResolver } from '../../../src/main/address/mail-domain.ts';
import { parsed } from './addresses.ts';

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
const ask = (answers: Parameters<typeof dns>[0]) =>
  mailDomainHint(parsed('mia@example.com'), dns(answers).resolver);
const NO_MAIL_SERVER = { kind: 'no-mail-server' };

describe('a domain', () => {
  it('with a mail server is not spoken of', async () => {
    expect(await ask({ mx: [{ exchange: 'mx.example.com', priority: 10 }] })).toBeNull();
  });

  it('that does not exist has no mail server', async () => {
    expect(await ask({ mx: 'ENOTFOUND', a: 'ENOTFOUND', aaaa: 'ENOTFOUND' })).toEqual(NO_MAIL_SERVER);
  });

  it('without MX, A and AAAA has no mail server', async () => {
    expect(await ask({ mx: 'ENODATA' })).toEqual(NO_MAIL_SERVER);
    expect(await ask({ mx: [], a: [], aaaa: [] })).toEqual(NO_MAIL_SERVER);
  });

  it('without MX takes mail at its own address', async () => {
    expect(await ask({ mx: 'ENODATA', a: ['192.0.2.1'] })).toBeNull();
    expect(await ask({ mx: 'ENODATA', aaaa: ['2001:db8::1'] })).toBeNull();
  });

  it.each(['', '.'])('with the null MX %j takes no mail, whatever else it has', async (exchange) => {
    expect(await ask({ mx: [{ exchange, priority: 0 }], a: ['192.0.2.1'] })).toEqual(NO_MAIL_SERVER);
  });

  it.each<Reply>(['ETIMEOUT', 'ESERVFAIL', 'ECONNREFUSED', 'EREFUSED'])(
    'is not spoken of when DNS answers %s [T-domain-silent]',
    async (reply) => {
      expect(await ask({ mx: reply })).toBe('unknown');
      expect(await ask({ mx: 'ENODATA', a: reply })).toBe('unknown');
      expect(await ask({ mx: 'ENODATA', a: 'ENOTFOUND', aaaa: reply })).toBe('unknown');
      expect(await ask({ mx: 'ENODATA', a: ['192.0.2.1'], aaaa: reply })).toBeNull();
    },
  );

  it('is asked for in its ASCII form, and nothing else is', async () => {
    const { resolver, asked } = dns({ mx: 'ENODATA' });
    await mailDomainHint(parsed('mia@bücher.de'), resolver);
    expect(asked).toEqual(['xn--bcher-kva.de', 'xn--bcher-kva.de', 'xn--bcher-kva.de']);
  });
});
