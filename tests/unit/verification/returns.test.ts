/** @file Messages that came back: a report changes what is said about a delivery, and nothing else. */
import { describe, expect, it } from 'vitest';
import { tokenOf } from '../../../src/main/ports/message-id.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { ACCEPTED, REFUSED } from '../../fakes/post.ts';
import { readable, wrong } from '../../fakes/scene.ts';
import { VERIFIED } from '../../fakes/answers.ts';
import { MINUTE } from '../../fakes/time.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

const GONE = { status: '5.1.1', why: 'no-such-mailbox', recipient: null, renamed: false } as const;

openSceneForEach();

const lastMessageId = (): string => scene.post.letters.at(-1)?.messageId ?? '';
const lastToken = (): string => tokenOf(lastMessageId()) ?? '';
const deliveryOf = (id: string) => scene.verifier.get(id)?.delivery;

describe('a report about our message', () => {
  it('is said on its line, in the rail and after a restart', async () => {
    const { id } = await scene.start();
    expect(await scene.verifier.returned({ token: lastToken(), ...GONE })).toBe(true);
    const returned = { state: 'returned', at: scene.clock.wall(), status: '5.1.1', why: 'no-such-mailbox' };
    expect(deliveryOf(id)).toEqual(returned);
    await scene.restart();
    expect(deliveryOf(id)).toEqual(returned);
    expect(readable(scene.verifier.shift())[0]?.delivery).toBe('returned');
  });

  it('ends nothing: the code stays good, with the same guesses [T-returns-nothing-ends]', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.check(id, wrong(code));
    await scene.verifier.returned({ token: lastToken(), ...GONE });
    expect(scene.verifier.get(id)).toMatchObject({ state: 'open', guessesLeft: 4, sends: 1 });
    expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
  });

  it('refunds nothing: the message went out', async () => {
    await scene.start();
    const { left } = scene.verifier.sends();
    await scene.verifier.returned({ token: lastToken(), ...GONE });
    expect(scene.verifier.sends().left).toBe(left);
  });

  it('stays, when it was quicker than the courier’s own line', async () => {
    scene.post.outcome = null;
    const { id } = await scene.start();
    expect(await scene.verifier.returned({ token: lastToken(), ...GONE })).toBe(true);
    expect(deliveryOf(id)?.state).toBe('sending');
    scene.clock.pass(MINUTE);
    expect(await scene.verifier.resend(id), 'one at a time').toEqual(fail({ code: 'already-sending' }));
    scene.post.release({ state: 'unknown' });
    await expect.poll(() => deliveryOf(id)?.state).toBe('returned');
  });

  it('gives way to a later message to the same mailbox', async () => {
    const { id } = await scene.start();
    const first = lastToken();
    await scene.verifier.returned({ token: first, ...GONE });
    scene.clock.pass(60_000);
    expect(await scene.verifier.resend(id)).toEqual(ok(null));
    await expect.poll(() => deliveryOf(id)?.state).toBe('accepted');
    expect(await scene.verifier.returned({ token: first, ...GONE })).toBe(false);
    expect(deliveryOf(id)?.state).toBe('accepted');
  });
});

describe('what a report is about', () => {
  const about = async (recipient: string | null) => {
    const { id } = await scene.start('mia@example.test');
    await scene.verifier.returned({ token: lastToken(), ...GONE, recipient });
    return deliveryOf(id);
  };

  it.each(['mia@example.test', 'MIA@EXAMPLE.TEST', 'mia+desk@example.test', null, 'no address'])(
    'is our mailbox, when it says %s',
    async (recipient) => {
      expect(await about(recipient)).toMatchObject({ state: 'returned', why: 'no-such-mailbox' });
    },
  );

  it('is another mailbox, to which ours has passed the mail on: nothing is said against ours', async () => {
    expect(await about('private@elsewhere.test')).toMatchObject({ state: 'returned', why: 'elsewhere' });
  });

  it('is a delay first, and the end of it later, and never the other way round', async () => {
    const { id } = await scene.start();
    const token = lastToken();
    const delayed = { ...GONE, token, status: '4.4.1', why: 'not-yet' } as const;
    expect(await scene.verifier.returned(delayed)).toBe(true);
    expect(deliveryOf(id)).toMatchObject({ why: 'not-yet' });
    expect(await scene.verifier.returned(delayed), 'told once').toBe(false);
    expect(await scene.verifier.returned({ ...GONE, token })).toBe(true);
    expect(deliveryOf(id)).toMatchObject({ why: 'no-such-mailbox' });
    expect(await scene.verifier.returned(delayed)).toBe(false);
  });

  it('may have neither a status nor a reason', async () => {
    const { id } = await scene.start();
    await scene.verifier.returned({ ...GONE, token: lastToken(), status: null, why: 'other' });
    expect(deliveryOf(id)).toMatchObject({ state: 'returned', status: null, why: 'other' });
  });
});

describe('a report that changes nothing', () => {
  const untouched = async (id: string, token: string) => {
    const before = scene.verifier.get(id);
    expect(await scene.verifier.returned({ token, ...GONE })).toBe(false);
    expect(scene.verifier.get(id)).toEqual(before);
  };

  it('names a message that is not ours [T-returns-not-ours]', async () => {
    const { id } = await scene.start();
    for (const token of ['', 'a', id, `${'0'.repeat(32)}.${'0'.repeat(16)}`]) await untouched(id, token);
  });

  it('guesses at a Message-ID of a verification of ours [T-returns-guessed-id]', async () => {
    const { id } = await scene.start();
    await untouched(id, `${id}.${'0'.repeat(16)}`);
    await untouched(id, lastToken().toUpperCase());
  });

  it('comes after the code was read back, or twice', async () => {
    const { id, code } = await scene.start();
    await scene.verifier.check(id, code);
    await untouched(id, lastToken());
    scene.post.outcome = ACCEPTED;
    const other = await scene.start('sam@example.test');
    await scene.verifier.returned({ token: lastToken(), ...GONE });
    await untouched(other.id, lastToken());
  });

  it('is about a message that no server took', async () => {
    scene.post.outcome = REFUSED;
    const { id } = await scene.start();
    await untouched(id, lastToken());
  });
});
