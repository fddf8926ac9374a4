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
  // Eight failed guesses at codes of six digits; no owner can choose so little.
  deskOneIn: 125_000,
};

export interface ModelVerification {
  /** Which mailbox: several names may be the same. */
  readonly mailbox: string;
  readonly asked: string;
  /** The account it was sent by. */
  readonly account: string;
  readonly codeLength: number;
  readonly openedAt: number;
  readonly expiresAt: number;
  endedAt: number | null;
  /** One of its messages came as far as its last byte. */
  left: boolean;
  state: 'open' | 'verified' | 'expired' | 'locked' | 'cancelled';
  used: number;
  sends: number;
  lastSentAt: number;
  lastRefused: boolean;
  /** How often its case note was replaced. */
  notes: number;
}

interface Spend {
  readonly kind: 'guess' | 'send';
  readonly mailbox: string;
  /** Of a message. */
  readonly account: string | null;
  /** Of a guess, in 10⁻⁸. */
  readonly odds: number;
  readonly at: number;
  /** The verification it belongs to, and which guess or message of it. */
  readonly of: number;
  readonly ordinal: number;
  counts: boolean;
}

interface Step {
  readonly kind: 'guess' | 'send';
  readonly of: number;
  readonly mailbox: string;
  readonly account: string | null;
  readonly odds: number;
  readonly at: number;
  /** Of a guess: whether it was right, and when. */
  readonly right: boolean;
  readonly now: number;
}

/** Everything that lies in the file. */
interface Stored {
  verifications: (ModelVerification | null)[];
  spends: Spend[];
  counter: number;
  /** The journal's entries: one of each end and of each change of the account. */
  entries: number;
  frozenUntil: number | null;
  /** The account that was noted last. */
  account: string | null;
  highest: number;
  budget: number;
}

export class Model {
  wall: number;
  /** The clock of expiries, and that of budgets. */
  later: number;
  budget: number;
  stored: Stored;
  /** What the vault remembers: steps and entries, the last step, the rows it was for, and when something was last spent. */
  anchor: { counter: number; entries: number; step: Step | null; rows: string; at: number | null };
  /** Since when both clocks have agreed, and how much really passed. */
  machine = 0;
  since: { wall: number; machine: number; budget: number };
  /** The account that messages go out by. */
  account: string;
  locked = false;
  refusing = false;
  copy: Stored | null = null;

  constructor(wall: number, account: string) {
    this.wall = wall;
    this.account = account;
    this.later = wall;
    this.budget = wall;
    this.stored = {
      verifications: [],
      spends: [],
      counter: 0,
      entries: 0,
      frozenUntil: null,
      account,
      highest: wall,
      budget: wall,
    };
    this.anchor = { counter: 0, entries: 0, step: null, rows: '', at: null };
    this.since = { wall, machine: 0, budget: wall };
  }

  // Time.

  private look(): void {
    this.later = Math.max(this.later, this.wall);
    const byWall = this.wall - this.since.wall + 1;
    const byMachine = this.machine - this.since.machine;
    this.budget = Math.max(this.budget, this.since.budget + Math.min(byWall, byMachine));
    if (byWall < byMachine - 2 * SECOND)
      this.since = { wall: this.wall, machine: this.machine, budget: this.budget };
  }

  /** Time passes, asleep or awake. */
  pass(ms: number): void {
    this.wall += ms;
    this.machine += ms;
    this.later += ms;
    this.look();
  }

  jump(ms: number): void {
    this.wall += ms;
    this.look();
  }

  resume(): void {
    if (this.wall >= this.later - 2 * SECOND) return;
    this.later = this.wall;
    this.endOpen();
    this.stored.highest = this.later;
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
    this.since = { wall: this.wall, machine: this.machine, budget: this.budget };
    const isNext = anchor.counter === stored.counter + 1 && anchor.rows === this.rows();
    if (isNext && anchor.step !== null) this.applyOld(anchor.step);
    // A copy from before an end, in which nothing was spent since.
    else if (anchor.counter !== stored.counter || stored.entries < anchor.entries) this.freeze();
    this.lockSpent();
    if (setBack) {
      this.endOpen();
      stored.highest = this.later;
    }
    this.endDue();
    this.purge();
    this.remember();
    this.useAccount(this.account);
  }

  purge(): void {
    const { stored } = this;
    stored.verifications = stored.verifications.map((one) =>
      one?.endedAt != null && one.endedAt < this.later - 30 * DAY ? null : one,
    );
    stored.spends = stored.spends.filter(({ at }) => at >= this.budget - 2 * DAY);
  }

  /** What the digest is over. */
  private rows(): string {
    const { verifications, spends, account, entries } = this.stored;
    return JSON.stringify([verifications.filter((one) => one !== null), spends, account, entries]);
  }

  /** Another account ends what was sent by the one before. */
  useAccount(account: string): void {
    this.account = account;
    if (this.stored.account === account) return;
    this.stored.account = account;
    this.enter();
    this.endOpen();
    this.remember();
  }

  private applyOld(step: Step): void {
    const one = this.stored.verifications[step.of] ?? null;
    this.charge(step);
    if (step.kind === 'send' && one !== null) {
      one.lastRefused = !one.left;
      // What never left has no end but this.
      if (!one.left) one.sends -= 1;
    }
    if (step.right && one !== null) this.verify(step.of, one, step.now);
    this.stored.counter = this.anchor.counter;
  }

  private freeze(): void {
    const { stored, anchor } = this;
    this.endOpen();
    const at = Math.min(anchor.at ?? this.budget, this.budget);
    stored.frozenUntil = Math.max(at + DAY, stored.frozenUntil ?? 0);
    stored.counter = Math.max(stored.counter, anchor.counter) + 1;
    // The journal goes on after what it lost, and says so.
    if (stored.entries < anchor.entries) stored.entries = anchor.entries + 1;
    this.anchor = { counter: stored.counter, entries: stored.entries, step: null, rows: '', at };
  }

  private end(one: ModelVerification, state: ModelVerification['state'], at = this.later): void {
    one.state = state;
    one.endedAt = at;
    this.enter();
  }

  /** An entry, which the vault remembers when it can. */
  private enter(): void {
    this.stored.entries += 1;
    if (!this.locked) this.anchor.entries = this.stored.entries;
  }

  private endOpen(): void {
    for (const one of this.stored.verifications) if (one?.state === 'open') this.end(one, 'expired');
  }

  private lockSpent(): void {
    for (const one of this.stored.verifications)
      if (one?.state === 'open' && one.used >= POLICY.guesses) this.end(one, 'locked');
  }

  private endDue(): void {
    for (const one of this.stored.verifications)
      if (one?.state === 'open' && this.later >= one.expiresAt) this.end(one, 'expired', one.expiresAt);
  }

  // Budgets.

  private counted(kind: Spend['kind']): readonly Spend[] {
    return this.stored.spends.filter(
      (spend) => spend.kind === kind && spend.counts && spend.at + DAY > this.budget,
    );
  }

  private count(kind: Spend['kind'], mailbox: string): number {
    return this.counted(kind).filter((spend) => spend.mailbox === mailbox).length;
  }

  sendsLeft(): number {
    const sent = this.counted('send').filter(({ account }) => account === this.account).length;
    return Math.max(0, POLICY.accountSends - sent);
  }

  /** The chances of all failed guesses of a day, in 10⁻⁸; and how much of it there may be. */
  private odds(): number {
    return this.counted('guess').reduce((sum, { odds }) => sum + odds, 0);
  }

  private readonly bound = 1e8 / POLICY.deskOneIn;

  private guessDelay(mailbox: string, codeLength: number): string | null {
    if (this.count('guess', mailbox) >= POLICY.addressGuesses) return 'address-delayed guesses';
    return this.odds() + 10 ** (8 - codeLength) > this.bound ? 'desk-delayed' : null;
  }

  isFrozen(): boolean {
    return this.stored.frozenUntil !== null && this.stored.frozenUntil > this.budget;
  }

  private charge({ kind, of, mailbox, account, odds, at }: Step): void {
    const one = this.stored.verifications[of] ?? null;
    const ordinal = 1 + this.stored.spends.filter((past) => past.kind === kind && past.of === of).length;
    this.stored.spends.push({ kind, of, mailbox, account, odds, at, ordinal, counts: true });
    if (one === null) return;
    if (kind === 'guess') one.used += 1;
    else {
      one.sends += 1;
      one.lastSentAt = at;
    }
  }

  private spend(step: Omit<Step, 'at' | 'now'>): void {
    const spent = { ...step, at: this.budget, now: this.later };
    this.stored.counter += 1;
    const { counter, entries } = this.stored;
    this.anchor = { counter, entries, step: spent, rows: this.rows(), at: spent.at };
    this.charge(spent);
    this.remember();
  }

  private verify(of: number, one: ModelVerification, at: number): void {
    if (one.state !== 'open') return;
    this.end(one, 'verified', at);
    const spend = this.stored.spends.findLast((past) => past.of === of && past.kind === 'guess');
    if (spend) spend.counts = false;
  }

  // What the desk can ask for; each gives the expected answer.

  /** Takes away what names a mailbox; what was spent for it stays. What the vault was told last names it, too. */
  erase(mailbox: string): string {
    if (this.locked) return 'vault';
    const { verifications } = this.stored;
    const own = verifications.filter((one) => one?.mailbox === mailbox);
    if (own.length === 0) return 'not-found';
    for (const one of own) if (one?.state === 'open') this.end(one, 'cancelled');
    this.stored.verifications = verifications.map((one) => (one?.mailbox === mailbox ? null : one));
    this.noteChange();
    this.anchor.step = null;
    return 'erased';
  }

  /** The journal's entry of something that was changed. */
  noteChange(): void {
    this.enter();
    this.remember();
  }

  noteCase(of: number): void {
    const one = this.stored.verifications[of] ?? null;
    if (one === null) return;
    one.notes += 1;
    this.remember();
  }

  stateOf(one: ModelVerification): ModelVerification['state'] {
    return one.state === 'open' && this.later >= one.expiresAt ? 'expired' : one.state;
  }

  private delay(mailbox: string, codeLength: number): string | null {
    if (this.isFrozen()) return 'records-restored';
    const guesses = this.guessDelay(mailbox, codeLength);
    if (guesses !== null) return guesses;
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
        one.account === this.account &&
        one.openedAt >= this.later - 5 * SECOND &&
        this.stateOf(one) === 'open',
    );
    if (same >= 0) return same;
    const codeLength = this.odds() * 2 < this.bound ? POLICY.codeLength : 8;
    const delayed = this.delay(mailbox, codeLength);
    if (delayed !== null) return delayed;
    if (this.locked) return 'vault';
    const of = this.stored.verifications.length;
    const { account } = this;
    this.spend({ kind: 'send', of, mailbox, account, odds: 0, right: false });
    this.endDue();
    const replaced = this.stored.verifications[instead];
    if (replaced?.state === 'open') this.end(replaced, 'cancelled');
    this.stored.verifications.push({
      mailbox,
      asked,
      account,
      codeLength,
      endedAt: null,
      left: false,
      openedAt: this.later,
      expiresAt: this.later + POLICY.lifetimeMinutes * MINUTE,
      state: 'open',
      used: 0,
      sends: 1,
      lastSentAt: this.budget,
      lastRefused: false,
      notes: 0,
    });
    this.delivered(of);
    return of;
  }

  private delivered(of: number): void {
    const one = this.stored.verifications[of];
    if (!one) return;
    one.lastRefused = this.refusing;
    if (!this.refusing) {
      one.left = true;
      return;
    }
    one.sends -= 1;
    const spend = this.stored.spends.findLast((past) => past.of === of && past.kind === 'send');
    if (spend) spend.counts = false;
  }

  check(of: number, right: boolean): string {
    const one = this.stored.verifications[of] ?? null;
    if (one === null) return 'not-open';
    const state = this.stateOf(one);
    if (state === 'expired' || state === 'locked') return state;
    if (state !== 'open' || one.account !== this.account) return 'not-open';
    if (!one.left) return 'not-sent';
    const delayed = this.guessDelay(one.mailbox, one.codeLength);
    if (delayed !== null) return delayed;
    if (this.locked) return 'vault';
    const odds = 10 ** (8 - one.codeLength);
    this.spend({ kind: 'guess', of, mailbox: one.mailbox, account: null, odds, right });
    if (right) {
      this.verify(of, one, this.later);
      return 'verified';
    }
    if (one.used < POLICY.guesses) return `wrong ${POLICY.guesses - one.used}`;
    this.end(one, 'locked');
    return 'locked';
  }

  resend(of: number): string {
    const one = this.stored.verifications[of] ?? null;
    if (one?.account !== this.account || this.stateOf(one) !== 'open') return 'not-open';
    if (one.expiresAt - this.later < 3 * MINUTE) return 'too-late';
    const delayed = this.delay(one.mailbox, one.codeLength);
    if (delayed !== null) return delayed;
    const wait = one.lastRefused ? 0 : one.sends <= 1 ? 30 * SECOND : 60 * SECOND;
    if (one.lastSentAt + wait > this.budget) return 'cooling-down';
    if (this.locked) return 'vault';
    this.spend({ kind: 'send', of, mailbox: one.mailbox, account: this.account, odds: 0, right: false });
    this.delivered(of);
    return 'sent';
  }
}
