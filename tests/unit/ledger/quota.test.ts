/** @file What the account may still send in a rolling day: from the program's own count, and put right by the server. */
import { beforeEach, describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/main/ports/mail.ts';
import { ACCEPTED } from '../../fakes/post.ts';
import { senderAt } from '../../fakes/scene.ts';
import { MINUTE, DAY } from '../../fakes/time.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';

const LIMIT: Outcome = {
  state: 'refused',
  problem: { cause: 'daily-limit', serverSaid: '550 5.4.5 Daily sending quota exceeded' },
};

openSceneForEach();

let guests = 0;
/** One code to a new address, a minute after the last. */
async function send(): Promise<void> {
  guests += 1;
  await scene.start(`guest${guests}@example.test`);
  scene.clock.pass(MINUTE);
}

describe('the count of a day', () => {
  it('says from when there is one more, as soon as one is spent', async () => {
    const opened = scene.clock.wall();
    expect(scene.verifier.sends()).toEqual({ left: 400, allowed: 400, freesAt: null, limitSaid: false });
    await send();
    await send();
    expect(scene.verifier.sends()).toMatchObject({ left: 398, freesAt: opened + DAY });
    scene.clock.pass(opened + DAY - scene.clock.wall());
    expect(scene.verifier.sends()).toMatchObject({ left: 399, freesAt: opened + DAY + MINUTE });
  });
});

describe('a server that names its limit', () => {
  let firstAt = 0;
  /** Three messages taken, then one refused with 550 5.4.5. */
  beforeEach(async () => {
    firstAt = scene.clock.wall();
    for (let n = 0; n < 3; n += 1) await send();
    scene.post.outcome = LIMIT;
    await send();
  });

  it('lowers what is left to nothing, until the oldest of our own messages is a day old', () => {
    expect(scene.verifier.sends()).toEqual({
      left: 0,
      allowed: 400,
      freesAt: firstAt + DAY,
      limitSaid: true,
    });
    scene.clock.pass(firstAt + DAY - scene.clock.wall());
    expect(scene.verifier.sends()).toMatchObject({ left: 1, freesAt: firstAt + DAY + MINUTE });
  });

  it('delays nothing: other mail counts there too, and only the server knows when it takes more [T-quota-delays-nothing]', async () => {
    await send();
    expect(scene.post.letters).toHaveLength(5);
    expect(scene.verifier.sends()).toMatchObject({ left: 0, limitSaid: true });
  });

  it('is believed no longer when it takes a message after all [T-quota-corrected]', async () => {
    scene.post.outcome = ACCEPTED;
    await send();
    expect(scene.verifier.sends()).toMatchObject({ left: 396, limitSaid: false });
  });

  it('is remembered over a restart, and forgotten after a day', async () => {
    await scene.restart();
    expect(scene.verifier.sends()).toMatchObject({ left: 0, limitSaid: true });
    scene.clock.pass(DAY);
    expect(scene.verifier.sends()).toEqual({ left: 400, allowed: 400, freesAt: null, limitSaid: false });
  });

  it('speaks for its own account only', () => {
    scene.sender = senderAt('other-desk@gmail.com');
    expect(scene.verifier.sends()).toMatchObject({ left: 400, limitSaid: false });
  });
});

it('counts a day from the refusal when nothing of ours was sent: all of it was other mail', async () => {
  scene.post.outcome = LIMIT;
  const refusedAt = scene.clock.wall();
  await send();
  expect(scene.verifier.sends()).toEqual({
    left: 0,
    allowed: 400,
    freesAt: refusedAt + DAY,
    limitSaid: true,
  });
});

it('is lowered by nothing but that limit', async () => {
  scene.post.outcome = {
    state: 'refused',
    problem: { cause: 'busy', serverSaid: '421 4.7.0 Try again later' },
  };
  await send();
  expect(scene.verifier.sends()).toEqual({ left: 400, allowed: 400, freesAt: null, limitSaid: false });
});
