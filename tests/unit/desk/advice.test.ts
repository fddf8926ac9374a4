/** @file What the desk says of an address: faults at once, DNS when it comes, and never in practice. */
import { requestOf } from '../../../src/shared/request.ts';
import { describe, expect, it } from 'vitest';
import { MARIA, openDesk, openSetUpDesk, startFor } from '../../fakes/desk-scene.ts';

const NO_MAIL_SERVER = { kind: 'no-mail-server' } as const;
const TYPO = { kind: 'typo', suggestion: 'sam@gmail.com' } as const;
const draftOf = (address: string) => ({ address, request: requestOf('registration') });

describe('a draft', () => {
  it('is judged without DNS', async () => {
    const scene = await openSetUpDesk();
    scene.dns = () => new Promise(() => undefined);
    const judge = (address: string) => scene.desk.handlers['desk.draft'](draftOf(address));
    expect(await judge(' Sam@GMAIL.com')).toEqual({
      ok: true,
      value: { valid: true, delivery: 'Sam@gmail.com' },
    });
    expect(await judge('Sam <sam@gmail.com>')).toEqual({
      ok: true,
      value: {
        valid: false,
        fault: { problem: 'display-name', character: null, repair: 'sam@gmail.com' },
      },
    });
  });

  it('that is no address is refused with the same words when it is sent', async () => {
    const scene = await openSetUpDesk();
    expect(await scene.desk.handlers['verification.start'](draftOf('o’sam@gmail.com'))).toEqual({
      ok: false,
      problem: {
        code: 'address',
        fault: { problem: 'character-not-allowed', character: '’', repair: "o'sam@gmail.com" },
      },
    });
  });
});

describe('advice', () => {
  it('is given for a whole address, and there is none for a part of one', async () => {
    const scene = await openSetUpDesk();
    const asked: string[] = [];
    scene.dns = (domain) => {
      asked.push(domain);
      return Promise.resolve('no');
    };
    const ask = (address: string) => scene.desk.handlers['desk.advise']({ address });
    expect(await ask('maria@example.test')).toEqual({ ok: true, value: [NO_MAIL_SERVER] });
    expect(await ask('maria@')).toEqual({ ok: true, value: [] });
    expect(asked).toEqual(['example.test']);
  });

  it('on a name close to a service’s depends on DNS, and on a slip of the hand does not', async () => {
    const scene = await openSetUpDesk();
    const ask = async (address: string) => {
      const answer = await scene.desk.handlers['desk.advise']({ address });
      return answer.ok ? answer.value : [];
    };
    expect(await ask('sam@gmial.com')).toEqual([TYPO]);
    expect(await ask('sam@cloud.com')).toEqual([]);
    scene.dns = () => Promise.resolve('no');
    expect(await ask('sam@gmial.com')).toEqual([TYPO]);
    expect(await ask('sam@cloud.com')).toEqual([{ kind: 'typo', suggestion: 'sam@icloud.com' }]);
  });

  it('is not waited for by a send, and reaches the code screen of the one who sent before it came', async () => {
    const scene = await openSetUpDesk();
    let say = (): void => undefined;
    scene.dns = () => new Promise((resolve) => (say = () => resolve('no')));
    const { id } = await startFor(scene);
    expect(scene.desk.view().screen).toMatchObject({ verification: { id, hints: [] } });
    say();
    await scene.settle();
    expect(scene.desk.view().screen).toMatchObject({ verification: { id, hints: [NO_MAIL_SERVER] } });
    scene.dns = () => Promise.resolve('yes');
    const other = await startFor(scene, { ...MARIA, address: 'mario@example.test' });
    await scene.settle();
    expect(scene.desk.view().screen).toMatchObject({ verification: { id: other.id, hints: [] } });
  });

  it('that needs no DNS is on the code screen at once', async () => {
    const scene = await openSetUpDesk();
    scene.dns = () => new Promise(() => undefined);
    await startFor(scene, draftOf('sam@gmial.com'));
    expect(scene.desk.view().screen).toMatchObject({ verification: { hints: [TYPO] } });
  });

  it('asks DNS for nothing in practice', async () => {
    const scene = await openDesk();
    const asked: string[] = [];
    scene.dns = (domain) => {
      asked.push(domain);
      return Promise.resolve('no');
    };
    await scene.desk.handlers['practice.begin'](undefined);
    const ask = (address: string) => scene.desk.handlers['desk.advise']({ address });
    expect(await ask('maria@example.test')).toEqual({ ok: true, value: [] });
    expect(await ask('sam@gmial.com')).toEqual({ ok: true, value: [TYPO] });
    await startFor(scene);
    await scene.settle();
    expect(asked).toEqual([]);
  });
});
