/**
 * @file A post that keeps every letter instead of carrying it, and ends as it is told. The courier has tests of
 * its own against real servers; here only what is handed to it matters.
 */
import type { Letter, Outcome, Post } from '../../src/main/ports/mail.ts';

export interface FakePost extends Post {
  readonly letters: Letter[];
  /** How letters end from now on; `null`: they stay under way until {@link release}. */
  outcome: Outcome | null;
  /** Whether messages come as far as their last byte; null: those that are not refused do. */
  leaves: boolean | null;
  /** All of it is out: who calls it off now comes too late. */
  handedOver: boolean;
  /** Ends everything under way. */
  release(outcome: Outcome): void;
}

export const ACCEPTED: Outcome = { state: 'accepted', tookMs: 104 };
export const REFUSED: Outcome = {
  state: 'refused',
  problem: {
    cause: 'no-such-mailbox',
    serverSaid: '550 5.1.1 <maria@example.test>: unknown',
  },
};

export function createFakePost(): FakePost {
  const waiting = new Set<(outcome: Outcome) => void>();
  const post: FakePost = {
    letters: [],
    outcome: ACCEPTED,
    leaves: null,
    handedOver: false,
    async deliver(letter, { signal, onStage, onLeaving }) {
      post.letters.push(letter);
      onStage('handing-over', 1);
      // A refusal that comes before the message: nothing of it leaves.
      const leaving = (post.leaves ?? post.outcome?.state !== 'refused') ? onLeaving() : Promise.resolve();
      if (post.outcome !== null) {
        const { outcome } = post;
        await leaving;
        return outcome;
      }
      const released = new Promise<Outcome>((resolve) => {
        waiting.add(resolve);
        signal.addEventListener('abort', () => {
          if (!post.handedOver) resolve(REFUSED);
        });
      });
      await leaving;
      return released;
    },
    release(outcome) {
      for (const resolve of waiting) resolve(outcome);
      waiting.clear();
    },
  };
  return post;
}
