/** @file When the account's mailbox is attended to: for returned mail and for Sent, and never unless it was chosen. */
import { describe, expect, it } from 'vitest';
import { ACCEPTED } from '../../fakes/post.ts';
import { ACCOUNT, type DeskScene, openDesk, saving, startFor } from '../../fakes/desk-scene.ts';
import { MINUTE } from '../../fakes/time.ts';
import { tokenOf } from '../../../src/main/ports/message-id.ts';

const WATCHED = { ...ACCOUNT, mailbox: { watch: true, tidySent: false } };

async function openWatchedDesk(form = WATCHED): Promise<DeskScene> {
  const scene = await openDesk();
  await scene.desk.handlers['setup.choose']({ kind: 'gmail' });
  await scene.desk.handlers['setup.save'](saving({ form }));
  return scene;
}

/** What the mailbox has of a message that came back. */
const GONE = { status: '5.1.1', why: 'no-such-mailbox', recipient: null, renamed: false } as const;

/** Ends it with its code. */
async function end({ desk, post }: DeskScene, id: string): Promise<void> {
  const code = post.letters.findLast(({ verificationId }) => verificationId === id)?.code ?? '';
  await desk.handlers['verification.check']({ id, code });
}

const open = ({ watches }: DeskScene) => watches.filter((watch) => watch.open).length;

describe('the watch over the inbox', () => {
  it('begins with the first code and goes on for ten minutes after the last has ended', async () => {
    const scene = await openWatchedDesk();
    expect(open(scene)).toBe(0);
    const { id } = await startFor(scene);
    expect(open(scene)).toBe(1);
    await end(scene, id);
    scene.clock.pass(10 * MINUTE - 1);
    expect(open(scene)).toBe(1);
    scene.clock.pass(1);
    expect(open(scene)).toBe(0);
    expect(scene.watches).toHaveLength(1);
  });

  it('says on the screen that the mail came back', async () => {
    const scene = await openWatchedDesk();
    const { messageId } = await startFor(scene);
    scene.watches.at(-1)?.on.returned({ token: tokenOf(messageId) ?? '', ...GONE });
    await expect.poll(() => scene.desk.view().shift[0]).toMatchObject({ delivery: 'returned' });
    expect(scene.desk.view().screen).toMatchObject({
      verification: { state: 'open', delivery: { state: 'returned', status: '5.1.1' } },
    });
  });

  it.each([
    ['the owner turned it off', { ...ACCOUNT, mailbox: { watch: false, tidySent: false } }],
    ['nobody was asked', ACCOUNT],
  ])('is not there when %s', async (_, form) => {
    const scene = await openWatchedDesk(form as typeof WATCHED);
    await startFor(scene);
    expect(scene.watches).toEqual([]);
  });

  it('is not there in practice', async () => {
    const scene = await openWatchedDesk();
    await scene.desk.handlers['practice.begin'](undefined);
    await startFor(scene);
    expect(scene.watches).toEqual([]);
  });

  it('looks for what came since the first of the mails that are waited for, also after a sleep', async () => {
    const scene = await openWatchedDesk();
    const sentAt = scene.clock.wall();
    await startFor(scene);
    scene.clock.pass(4 * MINUTE);
    scene.desk.sleep();
    scene.clock.pass(MINUTE);
    scene.desk.wake();
    expect(scene.watches.map(({ since }) => since)).toEqual([sentAt, sentAt]);
  });

  it('begins anew on a new network', async () => {
    const scene = await openWatchedDesk();
    await startFor(scene);
    await scene.desk.handlers['desk.networkChanged']({ online: true });
    expect(scene.watches.map((watch) => watch.open)).toEqual([false, true]);
  });

  it('rests while the machine sleeps, and ends with the account and the program', async () => {
    const scene = await openWatchedDesk();
    await startFor(scene);
    scene.desk.sleep();
    expect(open(scene)).toBe(0);
    scene.desk.wake();
    expect(open(scene)).toBe(1);
    await scene.desk.handlers['account.remove'](undefined);
    expect(open(scene)).toBe(0);

    const other = await openWatchedDesk();
    await startFor(other);
    await other.desk.close();
    expect(open(other)).toBe(0);
  });
});

describe('tidying Sent', () => {
  const TIDY = { ...ACCOUNT, mailbox: { watch: false, tidySent: true } };

  it('waits until the verification has ended, and then removes each of its messages once', async () => {
    const scene = await openWatchedDesk(TIDY);
    const { id, messageId } = await startFor(scene);
    expect(scene.removals).toEqual([]);
    await end(scene, id);
    await expect.poll(() => scene.removals).toEqual([messageId]);
    await startFor(scene);
    expect(scene.removals).toEqual([messageId]);
  });

  it('is made up for, however much later, and does not look for a message that is still under way', async () => {
    const scene = await openWatchedDesk({ ...ACCOUNT, mailbox: { watch: false, tidySent: false } });
    const { id, messageId } = await startFor(scene);
    await end(scene, id);
    scene.clock.pass(20 * 60 * MINUTE);
    scene.post.outcome = null;
    scene.post.handedOver = true;
    const waiting = await startFor(scene);
    scene.clock.pass(11 * MINUTE);
    expect(scene.desk.view().shift[0]).toMatchObject({
      id: waiting.id,
      state: 'expired',
      delivery: 'sending',
    });
    await scene.desk.handlers['account.change'](undefined);
    await scene.desk.handlers['setup.save'](saving({ form: TIDY }));
    await expect.poll(() => scene.removals).toEqual([messageId]);
    scene.post.release(ACCEPTED);
    await expect.poll(() => scene.removals).toEqual([messageId, waiting.messageId]);
  });

  it('is tried again less and less often while the server says no', async () => {
    const scene = await openWatchedDesk(TIDY);
    scene.tidied = { done: false, trouble: null };
    const { id } = await startFor(scene);
    await end(scene, id);
    await expect.poll(() => scene.removals).toHaveLength(1);
    for (const [pause, tries] of [
      [2, 2],
      [10, 3],
      [30, 4],
      [60, 5],
      [60, 6],
    ] as const) {
      await scene.settle();
      scene.clock.pass(pause * MINUTE - 1);
      expect(scene.removals).toHaveLength(tries - 1);
      scene.clock.pass(1);
      await expect.poll(() => scene.removals).toHaveLength(tries);
    }
  });

  it('is tried again when the server could not be reached', async () => {
    const scene = await openWatchedDesk(TIDY);
    scene.tidied = { done: false, trouble: null };
    const { id, messageId } = await startFor(scene);
    await end(scene, id);
    await expect.poll(() => scene.removals).toEqual([messageId]);
    await scene.settle();
    scene.tidied = { done: true };
    scene.clock.pass(2 * MINUTE);
    await expect.poll(() => scene.removals).toEqual([messageId, messageId]);
    await scene.settle();
    scene.clock.pass(2 * MINUTE);
    expect(scene.removals).toHaveLength(2);
  });

  it('is tried again when it could not be written down, and says so to the log', async () => {
    const scene = await openWatchedDesk(TIDY);
    const [verifier] = scene.verifiers;
    if (verifier === undefined) throw new Error('no verifier');
    let full = true;
    const written = verifier.tidied.bind(verifier);
    verifier.tidied = (ids) => (full ? Promise.reject(new Error('the disk is full')) : written(ids));
    const { id, messageId } = await startFor(scene);
    await end(scene, id);
    await expect.poll(() => scene.reports).toEqual([new Error('the disk is full')]);
    full = false;
    await scene.settle();
    scene.clock.pass(2 * MINUTE);
    await expect.poll(() => scene.removals).toEqual([messageId, messageId]);
    await scene.settle();
    scene.clock.pass(60 * MINUTE);
    expect(scene.removals).toHaveLength(2);
  });

  it.each([
    ['the owner did not choose it', WATCHED],
    ['nobody was asked', ACCOUNT],
  ])('does not happen when %s', async (_, form) => {
    const scene = await openWatchedDesk(form as typeof WATCHED);
    const { id } = await startFor(scene);
    await end(scene, id);
    await scene.settle();
    expect(scene.removals).toEqual([]);
  });
});

describe('a provider that gives mails an id of its own', () => {
  it('is noticed when one of ours comes back under it, and said in the settings', async () => {
    const scene = await openWatchedDesk();
    const { messageId } = await startFor(scene);
    const token = tokenOf(messageId) ?? '';
    const said = () => scene.desk.view().account?.mailboxTrouble;
    scene.watches.at(-1)?.on.returned({ token: token.replace(/^./u, 'x'), ...GONE, renamed: true });
    await scene.settle();
    expect(said()).toBeNull();
    scene.watches.at(-1)?.on.returned({ token, ...GONE, renamed: true });
    await expect.poll(said).toBe('message-id-replaced');
  });

  it('is not told of one that keeps them', async () => {
    const scene = await openWatchedDesk();
    const { messageId } = await startFor(scene);
    scene.watches.at(-1)?.on.returned({ token: tokenOf(messageId) ?? '', ...GONE });
    await expect.poll(() => scene.desk.view().shift[0]).toMatchObject({ delivery: 'returned' });
    expect(scene.desk.view().account?.mailboxTrouble).toBeNull();
  });
});

describe('a mailbox that cannot be attended to', () => {
  const BOTH = { ...ACCOUNT, mailbox: { watch: true, tidySent: true } };
  const trouble = (scene: DeskScene) => scene.desk.view().account?.mailboxTrouble;

  it('is told while it lasts, the watch before Sent, and forgotten when the account is saved again', async () => {
    const scene = await openWatchedDesk(BOTH);
    scene.tidied = { done: false, trouble: 'sent-not-tidied' };
    const { id } = await startFor(scene);
    expect(trouble(scene)).toBeNull();
    const shown = scene.published();
    scene.watches.at(-1)?.on.trouble('mailbox-refused');
    expect(trouble(scene)).toBe('mailbox-refused');
    expect(scene.published()).toBeGreaterThan(shown);
    await end(scene, id);
    await expect.poll(() => scene.removals).toHaveLength(1);
    scene.watches.at(-1)?.on.trouble(null);
    await expect.poll(() => trouble(scene)).toBe('sent-not-tidied');
    await scene.desk.handlers['account.change'](undefined);
    await scene.desk.handlers['setup.save'](saving({ form: WATCHED }));
    expect(trouble(scene)).toBeNull();
  });
});
