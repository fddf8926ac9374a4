/**
 * @file The messages that are under way. It starts them, knows how far they are and calls them off; it never
 * sends anything twice, because nothing here retries.
 */
import { liftCeiling, setCeiling, setDelivery, uncountSend } from '../ledger/changes.ts';
import type { Clocks, Moment } from '../ledger/clocks.ts';
import type { Ended } from '../ledger/particulars.ts';
import type { Records } from '../ledger/records.ts';
import { DAY_MS } from '../ledger/policy.ts';
import type { Letter, Outcome } from '../ports/mail.ts';
import type { VerifierParts } from './verifier.ts';
import type { Progress } from './view.ts';

/** How long closing waits for a courier that was called off to say how its message ended. */
const CLOSE_PATIENCE_MS = 3_000;

export interface Deliveries {
  /** Hands the letter to the courier and returns at once. */
  launch(letter: Letter, ordinal: number): void;
  progress(id: string): Progress | null;
  /** Calls off what is not yet handed over. */
  abort(id: string): void;
  /** Calls off what is for a verification that is open no more. */
  abortEnded(isOpen: (id: string) => boolean): void;
  /** Calls everything off and waits until it is written how each message ended. */
  close(): Promise<void>;
}

interface UnderWay {
  readonly controller: AbortController;
  readonly ended: Promise<void>;
  progress: Progress;
}

/** What is written about a message. */
interface Writing {
  /** Its last byte is about to leave. */
  readonly leave: (id: string, ordinal: number) => Promise<void>;
  /** How it ended. */
  readonly record: (id: string, ordinal: number, ended: Ended) => Promise<void>;
}

export function createDeliveries(
  { post, timers, report }: Pick<VerifierParts, 'post' | 'timers' | 'report'>,
  clocks: Clocks,
  { leave, record }: Writing,
  onChange: () => void,
): Deliveries {
  const underWay = new Map<string, UnderWay>();

  const endedNow = (outcome: Outcome): Ended => ({ ...outcome, at: clocks.look().now });

  async function carry(letter: Letter, ordinal: number, signal: AbortSignal): Promise<void> {
    const id = letter.verificationId;
    const learn = (progress: Partial<Progress>) => {
      const delivery = underWay.get(id);
      if (delivery === undefined) return;
      delivery.progress = { ...delivery.progress, ...progress };
      onChange();
    };
    let ended: Ended;
    try {
      const outcome = await post.deliver(letter, {
        notAfter: letter.expiresAt,
        signal,
        onStage: (stage, attempt) => learn({ stage, attempt, pause: null }),
        onPause: (pause) => learn({ pause }),
        onLeaving: async () => {
          await leave(id, ordinal);
          onChange();
        },
      });
      ended = endedNow(outcome);
    } catch (error) {
      // A courier never rejects. If one does, the message may have gone out.
      report(error);
      ended = endedNow({ state: 'unknown' });
    }
    try {
      await record(id, ordinal, ended);
    } catch (error) {
      report(error);
    }
    underWay.delete(id);
    onChange();
  }

  return {
    launch(letter, ordinal) {
      const controller = new AbortController();
      const delivery = {
        controller,
        progress: { stage: 'connecting', attempt: 1, pause: null } as const,
        ended: Promise.resolve().then(() => carry(letter, ordinal, controller.signal)),
      };
      underWay.set(letter.verificationId, delivery);
    },
    progress: (id) => underWay.get(id)?.progress ?? null,
    abort: (id) => underWay.get(id)?.controller.abort(),
    abortEnded(isOpen) {
      for (const [id, { controller }] of underWay) if (!isOpen(id)) controller.abort();
    },
    async close() {
      const all = [...underWay.values()];
      for (const { controller } of all) controller.abort();
      let stop = (): void => undefined;
      const patience = new Promise<void>((resolve) => (stop = timers.after(CLOSE_PATIENCE_MS, resolve)));
      await Promise.race([Promise.all(all.map(({ ended }) => ended)), patience]);
      stop();
    },
  };
}

/**
 * Writes how a message ended, in a transaction. One that reached no one does not count any more against address or
 * account; one whose report was quicker than the courier's own line stays returned, unless another report says more.
 */
export function recordEnded(records: Records, id: string, ordinal: number, at: Moment, ended: Ended): void {
  const row = records.verification(id);
  if (row === null) return;
  const wasReturned = row.deliveryState === 'returned' && row.attempts === ordinal;
  if (wasReturned && ended.state !== 'returned') return;
  setDelivery(records, id, ordinal, ended.state, ended);
  if (ended.state === 'refused') uncountSend(records, id, ordinal);
  // The server's own limit: met when it says so, over when it takes a message.
  if (ended.state === 'refused' && ended.problem.cause === 'daily-limit')
    setCeiling(records, id, ordinal, at.budget - DAY_MS);
  if (ended.state === 'accepted') liftCeiling(records, id, ordinal);
}
