/** @file Set-up with a server of one's own: confirmed by name before it gets a password, and looked for within a budget. */
import type { AccountForm } from '../../../src/shared/words.ts';
import { describe, expect, it } from 'vitest';
import { DOMAINS_AN_HOUR } from '../../../src/main/desk/look-ups.ts';
import { outsideHosts } from '../../../src/main/desk/outside-hosts.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { openDesk, saving } from '../../fakes/desk-scene.ts';

/** An account of a company whose mail is kept by a provider. */
const HOSTED: AccountForm = {
  kind: 'server',
  address: 'desk@harbour-clinic.example',
  name: 'Harbour Clinic',
  server: {
    host: 'smtp.provider.example',
    port: 465,
    security: 'implicit-tls',
    user: 'desk@harbour-clinic.example',
  },
  mailbox: { watch: true, tidySent: false, server: { host: 'imap.provider.example', port: 993 } },
};

describe('a server outside the account’s own domain', () => {
  it('gets no password before it was confirmed by name, whatever the page thinks [T-secret-outside-host]', async () => {
    const { desk, probes, settings } = await openDesk();
    await desk.handlers['setup.choose']({ kind: 'server' });
    const save = (confirmed: readonly string[], untested = false) =>
      desk.handlers['setup.save'](saving({ form: HOSTED, password: 'a password', confirmed, untested }));
    const both = ['smtp.provider.example', 'imap.provider.example'];
    expect(await save([])).toEqual(fail({ code: 'outside-hosts', hosts: both }));
    expect(await save([], true), 'nor is it saved to get one later').toMatchObject({
      problem: { hosts: both },
    });
    expect(await save(['SMTP.provider.example', 'provider.example'])).toMatchObject({
      problem: { hosts: ['imap.provider.example'] },
    });
    expect(probes).toEqual([]);
    expect(settings.account()).toBeNull();
    expect(await save(both)).toEqual(ok(null));
    expect(probes).toHaveLength(1);
  });

  it.each([
    ['harbour-clinic.example', true],
    ['Mail.Harbour-Clinic.example', true],
    ['notharbour-clinic.example', false],
    ['harbour-clinic.example.evil.example', false],
    ['example', false],
    ['127.0.0.1', false],
  ])('is told from the domain and what is below it: %s', (host, own) => {
    const { kind, address, name, server } = HOSTED;
    if (server === undefined) throw new Error('it has a server');
    expect(outsideHosts({ kind, address, name, server: { ...server, host } }, null).length === 0).toBe(own);
  });

  it('is not asked about again while the account stays with it, and is for the next one', async () => {
    const { desk } = await openDesk();
    await desk.handlers['setup.choose']({ kind: 'server' });
    const confirmed = ['smtp.provider.example', 'imap.provider.example'];
    await desk.handlers['setup.save'](saving({ form: HOSTED, password: 'a password', confirmed }));
    await desk.handlers['account.change'](undefined);
    const save = (form: AccountForm) =>
      desk.handlers['setup.save'](saving({ form, password: 'a password', confirmed: [] }));
    expect(await save({ ...HOSTED, name: 'West wing' })).toEqual(ok(null));
    await desk.handlers['account.change'](undefined);
    const { server } = HOSTED;
    if (server === undefined) throw new Error('it has a server');
    expect(await save({ ...HOSTED, server: { ...server, host: 'smtp.other.example' } })).toMatchObject({
      problem: { hosts: ['smtp.other.example'] },
    });
  });
});

describe('looking for a server', () => {
  it('asks about the domain that is entered in set-up, and about no other', async () => {
    const scene = await openDesk();
    const { desk, searches } = scene;
    expect(await desk.handlers['setup.find'](undefined), 'nothing is entered').toMatchObject({
      value: { result: 'none' },
    });
    await desk.handlers['setup.choose']({ kind: 'server' });
    await desk.handlers['setup.draft']({ form: { ...HOSTED, address: 'Desk@Harbour-Clinic.example' } });
    expect(searches, 'nothing is asked while it is typed').toEqual([]);
    await desk.handlers['setup.find'](undefined);
    await desk.handlers['setup.draft']({ form: { ...HOSTED, address: 'desk@' } });
    await desk.handlers['setup.find'](undefined);
    expect(searches).toEqual(['harbour-clinic.example']);
  });

  it('spends the one budget of look-ups, so that no page can send data out by names it makes up [T-discovery-budget]', async () => {
    const { desk, searches } = await openDesk();
    await desk.handlers['setup.choose']({ kind: 'server' });
    for (let name = 0; name < DOMAINS_AN_HOUR + 5; name += 1) {
      await desk.handlers['setup.draft']({ form: { ...HOSTED, address: `desk@secret-${name}.example` } });
      await desk.handlers['setup.find'](undefined);
    }
    expect(searches).toHaveLength(DOMAINS_AN_HOUR);
  });

  it('asks nothing in practice', async () => {
    const { desk, searches } = await openDesk();
    await desk.handlers['practice.begin'](undefined);
    await desk.handlers['setup.choose']({ kind: 'server' });
    await desk.handlers['setup.draft']({ form: HOSTED });
    await desk.handlers['setup.find'](undefined);
    expect(searches).toEqual([]);
  });
});
