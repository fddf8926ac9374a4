/** @file What DNS says of a domain: asked apart from everything else, told when it comes, and never in practice. */
import { requestOf } from '../../../src/shared/request.ts';
import { describe, expect, it } from 'vitest';
import { MARIA, openDesk, openSetUpDesk, startFor } from '../../fakes/desk-scene.ts';

const NO_MAIL_SERVER = { kind: 'no-mail-server' } as const;

describe('the advice of DNS', () => {
  it('is not waited for by what is known without it', async () => {
    const scene = await openSetUpDesk();
    scene.dns = () => new Promise(() => undefined);
    const draft = { address: 'sam@gmial.com', request: requestOf('registration') } as const;
    expect(await scene.desk.handlers['desk.draft'](draft)).toMatchObject({
      value: { valid: true, hints: [{ kind: 'typo', suggestion: 'sam@gmail.com' }] },
    });
    expect((await scene.desk.handlers['verification.start'](draft)).ok).toBe(true);
  });

  it('is given for a whole address, and there is none for a part of one', async () => {
    const scene = await openSetUpDesk();
    const asked: string[] = [];
    scene.dns = (address) => {
      asked.push(address);
      return Promise.resolve(NO_MAIL_SERVER);
    };
    const ask = (address: string) => scene.desk.handlers['desk.mailDomain']({ address });
    expect(await ask('maria@example.test')).toEqual({ ok: true, value: NO_MAIL_SERVER });
    expect(await ask('maria@')).toEqual({ ok: true, value: null });
    expect(asked).toEqual(['maria@example.test']);
  });

  it('reaches the code screen of whoever sent before it came, and no other', async () => {
    const scene = await openSetUpDesk();
    let say = (): void => undefined;
    scene.dns = () => new Promise((resolve) => (say = () => resolve(NO_MAIL_SERVER)));
    const { id } = await startFor(scene);
    expect(scene.desk.view().screen).toMatchObject({ verification: { id, hints: [] } });
    say();
    await scene.settle();
    expect(scene.desk.view().screen).toMatchObject({ verification: { id, hints: [NO_MAIL_SERVER] } });
    scene.dns = () => Promise.resolve(null);
    const other = await startFor(scene, { ...MARIA, address: 'mario@example.test' });
    await scene.settle();
    expect(scene.desk.view().screen).toMatchObject({ verification: { id: other.id, hints: [] } });
  });

  it('is never asked for in practice', async () => {
    const scene = await openDesk();
    const asked: string[] = [];
    scene.dns = (address) => {
      asked.push(address);
      return Promise.resolve(NO_MAIL_SERVER);
    };
    await scene.desk.handlers['practice.begin'](undefined);
    expect(await scene.desk.handlers['desk.mailDomain']({ address: 'maria@example.test' })).toEqual({
      ok: true,
      value: null,
    });
    await startFor(scene);
    await scene.settle();
    expect(asked).toEqual([]);
  });
});
