/** @file What the desk says of an address: faults at once, DNS when it comes, and never in practice. */
import { requestOf } from '../../../src/shared/request.ts';
import { describe, expect, it } from 'vitest';
import { DOMAINS_AN_HOUR, REST_MS } from '../../../src/main/desk/look-ups.ts';
import type { AddressHint } from '../../../src/shared/words.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { MARIA, openDesk, openSetUpDesk, startFor, type DeskScene as Scene } from '../../fakes/desk-scene.ts';

const NO_MAIL_SERVER = { kind: 'no-mail-server' } as const;
const TYPO = { kind: 'typo', suggestion: 'sam@gmail.com' } as const;
const draftOf = (address: string) => ({ address, request: requestOf('registration') });

/** Types the address, lets it rest, and asks as the page does. */
async function ask(scene: Scene, address: string): Promise<readonly AddressHint[]> {
  await scene.desk.handlers['desk.draft'](draftOf(address));
  scene.clock.pass(REST_MS);
  const answer = await scene.desk.handlers['desk.advise']({ address });
  return answer.ok ? answer.value : [];
}

/** Notes what DNS is asked; it takes no mail anywhere. */
function listen(scene: Scene): readonly string[] {
  const asked: string[] = [];
  scene.dns = (domain) => {
    asked.push(domain);
    return Promise.resolve('no');
  };
  return asked;
}

describe('a draft', () => {
  it('is judged without DNS', async () => {
    const scene = await openSetUpDesk();
    scene.dns = () => new Promise(() => undefined);
    const judge = (address: string) => scene.desk.handlers['desk.draft'](draftOf(address));
    expect(await judge(' Sam@GMAIL.com')).toEqual(ok({ valid: true, delivery: 'Sam@gmail.com' }));
    expect(await judge('Sam <sam@gmail.com>')).toEqual(
      ok({
        valid: false,
        fault: { problem: 'display-name', character: null, repair: 'sam@gmail.com' },
      }),
    );
  });

  it('that is no address is refused with the same words when it is sent', async () => {
    const scene = await openSetUpDesk();
    expect(await scene.desk.handlers['verification.start'](draftOf('o’sam@gmail.com'))).toEqual(
      fail({
        code: 'address',
        fault: { problem: 'character-not-allowed', character: '’', repair: "o'sam@gmail.com" },
      }),
    );
  });
});

describe('advice', () => {
  it('is given for a whole address, and there is none for a part of one', async () => {
    const scene = await openSetUpDesk();
    const asked = listen(scene);
    expect(await ask(scene, 'maria@example.test')).toEqual([NO_MAIL_SERVER]);
    expect(await ask(scene, 'maria@')).toEqual([]);
    expect(asked).toEqual(['example.test']);
  });

  it('asks DNS for no other domain than the draft’s [T-lookup-draft]', async () => {
    const scene = await openSetUpDesk();
    const asked = listen(scene);
    await ask(scene, 'maria@example.test');
    for (let n = 0; n < 1_000; n += 1) {
      const answer = await scene.desk.handlers['desk.advise']({ address: `a@secret-${n}.evil.example` });
      expect(answer).toEqual(ok([]));
    }
    expect(asked).toEqual(['example.test']);
  });

  it('waits until the draft rests, and is given up when it changes [T-lookup-rest]', async () => {
    const scene = await openSetUpDesk();
    const asked = listen(scene);
    const answers: Promise<unknown>[] = [];
    for (let n = 0; n < 1_000; n += 1) {
      const address = `a@part-${n}.evil.example`;
      await scene.desk.handlers['desk.draft'](draftOf(address));
      scene.clock.pass(REST_MS - 1);
      answers.push(scene.desk.handlers['desk.advise']({ address }));
    }
    scene.clock.pass(1);
    await Promise.all(answers);
    expect(asked).toEqual(['part-999.evil.example']);
  });

  it('asks DNS for sixty domains an hour and no more, by draft or by send [T-lookup-budget]', async () => {
    const scene = await openSetUpDesk();
    const asked = listen(scene);
    for (let n = 0; n < 200; n += 1) await ask(scene, `a@data-${n}.evil.example`);
    expect(asked).toHaveLength(DOMAINS_AN_HOUR);
    expect(await ask(scene, 'a@data-0.evil.example'), 'known within the hour').toEqual([NO_MAIL_SERVER]);
    await startFor(scene, draftOf('a@one-more.evil.example'));
    await scene.settle();
    expect(asked).not.toContain('one-more.evil.example');
    scene.clock.pass(60 * 60_000);
    expect(await ask(scene, 'maria@example.test')).toEqual([NO_MAIL_SERVER]);
  });

  it('on a name close to a service’s depends on DNS, and on a slip of the hand does not', async () => {
    const scene = await openSetUpDesk();
    expect(await ask(scene, 'sam@gmial.com')).toEqual([TYPO]);
    expect(await ask(scene, 'sam@cloud.com')).toEqual([]);
    scene.dns = () => Promise.resolve('no');
    expect(await ask(scene, 'sam@gmial.com')).toEqual([TYPO]);
    expect(await ask(scene, 'sam@cloud.com')).toEqual([{ kind: 'typo', suggestion: 'sam@icloud.com' }]);
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
    const asked = listen(scene);
    await scene.desk.handlers['practice.begin'](undefined);
    expect(await ask(scene, 'maria@example.test')).toEqual([]);
    expect(await ask(scene, 'sam@gmial.com')).toEqual([TYPO]);
    await startFor(scene);
    await scene.settle();
    expect(asked).toEqual([]);
  });
});
