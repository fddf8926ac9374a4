/**
 * @file What a desk must do, written down a second time and as simply as possible: the reference that the real
 * verifier is compared with. It knows nothing of keys, anchors, transactions or SQL.
 */
import type { Policy } from '../../src/shared/choices.ts';
import { DAY, MINUTE, SECOND } from '../fakes/time.ts';

/** A small desk, so that its limits are reached within a few commands. */
export const POLICY: Policy = {
  codeLength: 6,
  lifetimeMinutes: 10,
  guesses: 3,
  addressGuesses: 5,
  addressSends: 3,
  accountSends: 5,
};

export interface ModelVerification {
  /** Which mailbox: several names may be the same. */
  readonly mailbox: string;
  readonly asked: string;
  readonly openedAt: number;
  readonly expiresAt: number;
  state: 'open' | 'verified' | 'expired' | 'locked' | 'cancelled';
  used: number;
  sends: number;
  lastSentAt: number;
  lastRefused: boolean;
}

interface Spend {
  readonly kind: 'guess' | 'send';
  readonly mailbox: string;
  readonly at: number;
  /** The verification it belongs to, and which guess or message of it. */
  readonly of: number;
  readonly ordinal: number;
  counts: boolean;
}

type Step =
  | { readonly kind: 'guess' | 'send'; readonly of: number; readonly mailbox: string; readonly at: number }
  | { readonly kind: 'verified'; readonly of: number };

/** Everything that lies in the file. */
interface Stored {
  verifications: (ModelVerification | null)[];
  spends: Spend[];
  counter: number;
  frozenUntil: number | null;
  highest: number;
  budget: number;
}

export class Model {
  wall: number;
  /** The clock of expiries, and that of budgets. */
  later: number;
  budget: number;
  stored: Stored;
  /** What the vault remembers: how many steps, the last one and when something was last spent. */
  anchor: { counter: number; step: Step | null; at: number | null };
  locked = false;
  refusing = false;
  copy: Stored | null = null;

  constructor(wall: number) {
    this.wall = wall;
    this.later = wall;
    this.budget = wall;
    this.stored = {
      verifications: [],
      spends: [],
      counter: 0,
      frozenUntil: null,
      highest: wall,
      budget: wall,
    };
    this.anchor = { counter: 0, step: null, at: null };
  }

  // Time.

  pass(ms: number): void {
    this.wall += ms;
    this.later = Math.max(this.later + ms, this.wall);
    this.budget += ms;
  }

  jump(ms: number): void {
    this.wall += ms;
    this.later = Math.max(this.later, this.wall);
  }

  resume(): void {
    if (this.wall < this.later - 2 * SECOND) {
      this.later = this.wall;
      this.endOpen();
      this.stored.highest = this.later;
    }
    this.budget = Math.max(this.budget, this.wall);
  }

  /** What is written with the time whenever anything is. */
  remember(): void {
    this.stored.highest = Math.max(this.stored.highest, this.later);
    this.stored.budget = Math.max(this.stored.budget, this.budget);
  }

  // Files.

  takeCopy(): void {
    this.copy = structuredClone(this.stored);
  }

  putBack(): void {
    if (this.copy !== null) this.stored = structuredClone(this.copy);
  }

  restart(): void {
    const { stored, anchor } = this;
    const setBack = this.wall < stored.highest - 2 * SECOND;
    this.later = setBack ? this.wall : Math.max(this.wall, stored.highest);
    // No start of ours takes back the time of the last spend that the vault remembers.
    this.budget = Math.max(this.wall, stored.budget, anchor.at ?? this.wall);
    if (anchor.counter === stored.counter + 1 && anchor.step !== null) this.applyOld(anchor.step);
    else if (anchor.counter !== stored.counter) this.freeze();
    if (setBack) {
      this.endOpen();
      stored.highest = this.later;
    }
    for (const one of stored.verifications) {
      if (one?.state === 'open' && one.used >= POLICY.guesses) one.state = 'locked';
    }
    this.remember();
  }

  private applyOld(step: Step): void {
    const one = this.stored.verifications[step.of] ?? null;
    if (step.kind === 'verified') {
      if (one !== null) this.verify(step.of, one);
    } else {
      this.charge(step);
      if (step.kind === 'send' && one !== null) one.lastRefused = false;
    }
    this.stored.counter = this.anchor.counter;
  }

  private freeze(): void {
    const { stored, anchor } = this;
    this.endOpen();
    const at = Math.min(anchor.at ?? this.budget, this.budget);
    stored.frozenUntil = Math.max(at + DAY, stored.frozenUntil ?? 0);
    stored.counter = Math.max(stored.counter, anchor.counter) + 1;
    this.anchor = { counter: stored.counter, step: null, at };
  }

  private endOpen(): void {
    for (const one of this.stored.verifications) if (one?.state === 'open') one.state = 'expired';
  }

  // Budgets.

  private count(kind: Spend['kind'], mailbox?: string): number {
    return this.stored.spends.filter(
      (spend) =>
        spend.kind === kind &&
        spend.counts &&
        (mailbox === undefined || spend.mailbox === mailbox) &&
        spend.at + DAY > this.budget,
    ).length;
  }

  sendsLeft(): number {
    return Math.max(0, POLICY.accountSends - this.count('send'));
  }

  isFrozen(): boolean {
    return this.stored.frozenUntil !== null && this.stored.frozenUntil > this.budget;
  }

  private charge(step: Extract<Step, { kind: 'guess' | 'send' }>): void {
    const one = this.stored.verifications[step.of] ?? null;
    const ordinal =
      1 + this.stored.spends.filter(({ kind, of }) => kind === step.kind && of === step.of).length;
    this.stored.spends.push({ ...step, ordinal, counts: true });
    if (one === null) return;
    if (step.kind === 'guess') one.used += 1;
    else {
      one.sends += 1;
      one.lastSentAt = step.at;
    }
  }

  private spend(step: Step): void {
    this.stored.counter += 1;
    this.anchor = {
      counter: this.stored.counter,
      step,
      at: step.kind === 'verified' ? this.anchor.at : step.at,
    };
    if (step.kind !== 'verified') this.charge(step);
    this.remember();
  }

  private verify(of: number, one: ModelVerification): void {
    if (one.state !== 'open') return;
    one.state = 'verified';
    const spend = this.stored.spends.findLast((past) => past.of === of && past.kind === 'guess');
    if (spend) spend.counts = false;
  }

  // What the desk can ask for; each gives the expected answer.

  stateOf(one: ModelVerification): ModelVerification['state'] {
    return one.state === 'open' && this.later >= one.expiresAt ? 'expired' : one.state;
  }

  private delay(mailbox: string): string | null {
    if (this.isFrozen()) return 'records-restored';
    if (this.count('guess', mailbox) >= POLICY.addressGuesses) return 'address-delayed guesses';
    if (this.count('send', mailbox) >= POLICY.addressSends) return 'address-delayed sends';
    return this.sendsLeft() === 0 ? 'account-delayed' : null;
  }

  /** The index of the verification, or why there is none. */
  /** `instead`: the open one that ends when this one starts. */
  start(mailbox: string, asked: string, instead = -1): number | string {
    if (this.isFrozen()) return 'records-restored';
    const same = this.stored.verifications.findIndex(
      (one, of) =>
        one !== null &&
        of !== instead &&
        one.asked === asked &&
        one.openedAt >= this.later - 5 * SECOND &&
        this.stateOf(one) === 'open',
    );
    if (same >= 0) return same;
    const delayed = this.delay(mailbox);
    if (delayed !== null) return delayed;
    if (this.locked) return 'vault';
    const of = this.stored.verifications.length;
    this.spend({ kind: 'send', of, mailbox, at: this.budget });
    for (const any of this.stored.verifications) if (any !== null) any.state = this.stateOf(any);
    const replaced = this.stored.verifications[instead];
    if (replaced?.state === 'open') replaced.state = 'cancelled';
    this.stored.verifications.push({
      mailbox,
      asked,
      openedAt: this.later,
      expiresAt: this.later + POLICY.lifetimeMinutes * MINUTE,
      state: 'open',
      used: 0,
      sends: 1,
      lastSentAt: this.budget,
      lastRefused: false,
    });
    this.delivered(of);
    return of;
  }

  private delivered(of: number): void {
    const one = this.stored.verifications[of];
    if (!one) return;
    one.lastRefused = this.refusing;
    if (!this.refusing) return;
    one.sends -= 1;
    const spend = this.stored.spends.findLast((past) => past.of === of && past.kind === 'send');
    if (spend) spend.counts = false;
  }

  check(of: number, right: boolean): string {
    const one = this.stored.verifications[of] ?? null;
    if (one === null) return 'not-open';
    const state = this.stateOf(one);
    if (state === 'expired' || state === 'locked') return state;
    if (state !== 'open') return 'not-open';
    if (this.count('guess', one.mailbox) >= POLICY.addressGuesses) return 'address-delayed guesses';
    if (this.locked) return 'vault';
    this.spend({ kind: 'guess', of, mailbox: one.mailbox, at: this.budget });
    if (right) {
      this.spend({ kind: 'verified', of });
      this.verify(of, one);
      return 'verified';
    }
    if (one.used < POLICY.guesses) return `wrong ${POLICY.guesses - one.used}`;
    one.state = 'locked';
    return 'locked';
  }

  resend(of: number): string {
    const one = this.stored.verifications[of] ?? null;
    if (one === null || this.stateOf(one) !== 'open') return 'not-open';
    if (one.expiresAt - this.later < 3 * MINUTE) return 'too-late';
    const delayed = this.delay(one.mailbox);
    if (delayed !== null) return delayed;
    const wait = one.lastRefused ? 0 : one.sends <= 1 ? 30 * SECOND : 60 * SECOND;
    if (one.lastSentAt + wait > this.budget) return 'cooling-down';
    if (this.locked) return 'vault';
    this.spend({ kind: 'send', of, mailbox: one.mailbox, at: this.budget });
    this.delivered(of);
    return 'sent';
  }
}
