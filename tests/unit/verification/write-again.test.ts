/** @file What could not be written, because the disk was full or another program had the lock, is written once it can be. */
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { tokenOf } from '../../../src/main/ports/message-id.ts';
import { ok } from '../../../src/shared/result.ts';
import { VERIFIED } from '../../fakes/answers.ts';
import { openSceneForEach, scene } from '../../fakes/each-scene.ts';
import { ACCEPTED } from '../../fakes/post.ts';
import { MINUTE } from '../../fakes/time.ts';

openSceneForEach();

it('how a mail ended is written later, and the next one can be sent [T-write-again-mail]', async () => {
  scene.post.outcome = null;
  const { id } = await scene.start();
  scene.killAtCommit(1);
  scene.post.release(ACCEPTED);
  while (scene.reports.length === 0) await new Promise(setImmediate);
  scene.clock.pass(MINUTE);
  await scene.settled();
  expect(scene.verifier.get(id)?.delivery).toMatchObject({ state: 'accepted' });
  expect(await scene.verifier.resend(id)).toEqual(ok(null));
});

it('what can’t be written at all does not keep the program from ending', async () => {
  scene.post.outcome = null;
  await scene.start();
  scene.file.commit = () => {
    throw new Error('database or disk is full');
  };
  scene.post.release(ACCEPTED);
  while (scene.reports.length === 0) await new Promise(setImmediate);
  await scene.verifier.close();
  expect(() => scene.file.meta()).toThrow();
});

it('that a mail came back is written later [T-write-again-returned]', async () => {
  const { id } = await scene.start();
  const [letter] = scene.post.letters;
  scene.killAtCommit(1);
  const token = tokenOf(letter?.messageId ?? '') ?? '';
  const returned = scene.verifier.returned({
    token,
    status: '5.1.1',
    why: 'no-such-mailbox',
    recipient: null,
    renamed: false,
  });
  while (scene.reports.length === 0) await new Promise(setImmediate);
  scene.clock.pass(MINUTE);
  expect(await returned).toBe(true);
  expect(scene.verifier.get(id)?.delivery).toMatchObject({ state: 'returned' });
});

it('that a clock which was set back while the machine slept ends what is open is written later [T-write-again-clock]', async () => {
  const { id } = await scene.start();
  scene.clock.setWall(scene.clock.wall() - MINUTE);
  scene.killAtCommit(1);
  scene.verifier.resumed();
  while (scene.reports.length === 0) await new Promise(setImmediate);
  scene.clock.pass(MINUTE);
  await scene.settled();
  expect(scene.verifier.get(id)).toMatchObject({ state: 'expired', endReason: 'clock' });
});

it('records that another program has the lock of are waited for at the start [T-write-again-start]', async () => {
  const { id, code } = await scene.start();
  await scene.whileClosed(() => {
    const other = new DatabaseSync(scene.path);
    other.exec('BEGIN IMMEDIATE');
    void sleep(100).then(() => other.close());
  });
  expect(await scene.verifier.check(id, code)).toEqual(VERIFIED);
});
