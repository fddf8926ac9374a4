/** @file When the line to the server is opened and let go: ahead of need, and never more often than need allows. */
import { requestOf } from '../../../src/shared/request.ts';
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../src/shared/desk-view.ts';
import { openSetUpDesk } from '../../fakes/desk-scene.ts';

describe('the line to the server', () => {
  const typed = (address: string): Draft => ({ address, request: requestOf('registration') });

  it('is opened with the first letter of an address, before it is one', async () => {
    const { desk, lineCalls } = await openSetUpDesk();
    await desk.handlers['desk.draft'](typed(''));
    expect(lineCalls).toEqual([]);
    await desk.handlers['desk.draft'](typed('m'));
    expect(lineCalls).toEqual(['warm']);
  });

  it('is let go for sleep and opened again when the machine wakes at the desk, but not in the settings', async () => {
    const { desk, lineCalls } = await openSetUpDesk();
    desk.sleep();
    desk.wake();
    expect(lineCalls).toEqual(['rest', 'warm']);
    await desk.handlers['desk.go']({ to: 'settings' });
    desk.wake();
    expect(lineCalls).toEqual(['rest', 'warm']);
  });

  it('is let go when the network goes, and opened afresh when it comes', async () => {
    const { desk, lineCalls } = await openSetUpDesk();
    await desk.handlers['desk.networkChanged']({ online: false });
    await desk.handlers['desk.networkChanged']({ online: true });
    expect(lineCalls).toEqual(['rest', 'renew']);
  });

  it('is opened afresh once in five seconds at most, however often the network is said to change [T-line-network]', async () => {
    const { desk, lineCalls, clock } = await openSetUpDesk();
    for (let n = 0; n < 100; n += 1) await desk.handlers['desk.networkChanged']({ online: true });
    expect(lineCalls).toEqual(['renew']);
    clock.pass(5_000);
    await desk.handlers['desk.networkChanged']({ online: true });
    expect(lineCalls).toEqual(['renew', 'renew']);
  });
});
