/**
 * @file Who is at the desk, and what they may do: somebody sits down, the owner comes and goes, and the desk locks. Without
 * an owner PIN everybody may do everything. It keeps colleagues honest; it is no match for the computer's own account.
 */
import {
  type AccessProblem,
  type AccessView,
  type EntryProblem,
  type Level,
  MOST_OPERATORS,
  type NewPinProblem,
  type OperatorNameProblem,
  type PinChange,
} from '../../shared/access.ts';
import type { Channel, InputOf, OutputOf, ProblemOf } from '../../shared/contract.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { createQueue } from '../ledger/queue.ts';
import type { Timers } from '../ports/clock.ts';
import type { VaultProblem } from '../ports/vault.ts';
import { ID_LENGTH } from './item.ts';
import { judgeName } from './name.ts';
import { pinFault } from './pin.ts';
import { createRoster, OWNER, type RosterParts } from './roster.ts';

/** What the owner's PIN opened closes again after so long without a sign of life. */
export const OWNER_MS = 5 * 60_000;

export interface AccessParts extends RosterParts {
  readonly timers: Timers;
  /** Minutes without a sign of life after which nobody is at the desk. */
  readonly lockMinutes: () => number;
  /** What may be done, or who is at the desk, changed. */
  readonly onChange: () => void;
}

/** What a call of the page is answered, by the name of its method. */
type Method = Extract<Channel, `access.${string}`> extends `access.${infer M}` ? M : never;
type Answer<M extends Method> = Promise<Result<OutputOf<`access.${M}`>, ProblemOf<`access.${M}`>>>;

export interface Access {
  load(available: boolean): Promise<void>;
  /** Why a call that needs this is turned away now; null when it is not. */
  refusal(level: Level): AccessProblem | null;
  /** The name of who is at the desk, for records and changes; null where there are no operators. */
  who(): string | null;
  isLocked(): boolean;
  view(): AccessView;
  sit(input: InputOf<'access.sit'>): Answer<'sit'>;
  enterOwner(input: InputOf<'access.enterOwner'>): Answer<'enterOwner'>;
  readonly leaveOwner: () => void;
  readonly lock: () => void;
  /** A person did something in the window. */
  readonly active: () => void;
  setOwner(input: InputOf<'access.setOwner'>): Answer<'setOwner'>;
  recover(input: InputOf<'access.recover'>): Answer<'recover'>;
  turnOff(): Answer<'turnOff'>;
  addOperator(input: InputOf<'access.addOperator'>): Answer<'addOperator'>;
  changeOperator(input: InputOf<'access.changeOperator'>): Answer<'changeOperator'>;
  removeOperator(input: InputOf<'access.removeOperator'>): Answer<'removeOperator'>;
  /** The vault's items are gone, by the owner's will. */
  forget(): void;
  close(): void;
}

export function createAccess(parts: AccessParts): Access {
  const { timers, random, onChange } = parts;
  const inTurn = createQueue();
  const roster = createRoster(parts);
  /** Who sits at the desk: an operator, or the owner in their place. */
  let seat: string | null = null;
  let ownerPresent = false;
  let stopIdle = (): void => undefined;
  let stopOwner = (): void => undefined;

  const operators = () => roster.item()?.operators ?? [];
  /** Without operators the desk is never empty. */
  const isLocked = (): boolean => roster.standing() === 'closed' || (operators().length > 0 && seat === null);
  const seated = (): string | null =>
    seat === OWNER ? (roster.item()?.owner.name ?? null) : (roster.operator(seat ?? '')?.name ?? null);

  function endOwner(): void {
    stopOwner();
    ownerPresent = false;
  }

  function leave(): void {
    stopIdle();
    endOwner();
    seat = null;
  }

  function lock(): void {
    leave();
    onChange();
  }

  function leaveOwner(): void {
    if (!ownerPresent) return;
    endOwner();
    onChange();
  }

  function active(): void {
    stopIdle();
    stopOwner();
    if (seat !== null) stopIdle = timers.after(parts.lockMinutes() * 60_000, lock);
    if (ownerPresent) stopOwner = timers.after(OWNER_MS, leaveOwner);
  }

  /** The owner may sit down at an empty desk, or put something right for the operator who is there. */
  function enterAsOwner(): void {
    ownerPresent = true;
    if (operators().length > 0) seat ??= OWNER;
    active();
    onChange();
  }

  /** A PIN that is turned away changes what is shown: how long the next one waits. */
  async function judge(id: string, pin: string): Promise<Result<null, EntryProblem>> {
    const judged = await roster.judge(id, pin);
    if (!judged.ok) onChange();
    return judged;
  }

  async function save(
    id: string,
    name: string,
    pin: PinChange,
  ): Promise<Result<null, NewPinProblem | OperatorNameProblem | VaultProblem>> {
    const others = operators().filter((one) => one.id !== id);
    const named = judgeName(
      name,
      others.map((other) => other.name),
    );
    if (!named.ok) return named;
    const why = pin.change === 'set' ? pinFault(pin.pin, 'operator') : null;
    if (why !== null) return fail({ code: 'pin', why });
    return roster.saveOperator({ id, name: named.value }, pin);
  }

  /** Who may work has changed. */
  function changed<T>(value: T): Result<T, never> {
    active();
    onChange();
    return ok(value);
  }

  return {
    load: (available) => inTurn(() => roster.load(available)),
    refusal(level) {
      if (level === 'open' || roster.standing() === 'off') return null;
      const may = roster.standing() === 'on' && !isLocked() && (level === 'operator' || ownerPresent);
      return may ? null : { code: 'no-access', needs: level };
    },
    who: () => (ownerPresent ? (roster.item()?.owner.name ?? null) : seated()),
    isLocked,
    view() {
      const item = roster.item();
      if (roster.standing() === 'closed') return UNREADABLE;
      if (item === null) return { on: false };
      return {
        on: true,
        locked: isLocked(),
        unreadable: false,
        operator: seated(),
        operators: item.operators.map(({ id, name, pin }) => {
          return { id, name, pin: pin !== null, waitsUntil: roster.waitsUntil(id) };
        }),
        owner: { name: item.owner.name, present: ownerPresent, waitsUntil: roster.waitsUntil(OWNER) },
      };
    },
    sit: ({ id, pin }) =>
      inTurn(async () => {
        if (roster.operator(id) === null) return fail({ code: 'not-found' });
        const judged = await judge(id, pin);
        if (!judged.ok) return judged;
        endOwner();
        seat = id;
        active();
        onChange();
        return judged;
      }),
    enterOwner: ({ pin }) =>
      inTurn(async () => {
        if (roster.item() === null) return fail({ code: 'not-found' });
        const judged = await judge(OWNER, pin);
        if (judged.ok) enterAsOwner();
        return judged;
      }),
    leaveOwner,
    lock,
    active,
    setOwner: ({ name, pin, current }) =>
      inTurn(async () => {
        const named = judgeName(name, []);
        if (!named.ok) return named;
        const why = pinFault(pin, 'owner');
        if (why !== null) return fail({ code: 'pin', why });
        const judged = await judge(OWNER, current);
        if (!judged.ok) return judged;
        const set = await roster.setOwner(named.value, pin);
        if (!set.ok) return set;
        ownerPresent = true;
        return changed(set.value);
      }),
    recover: ({ code, pin }) =>
      inTurn(async () => {
        const owner = roster.item()?.owner;
        if (owner === undefined) return fail({ code: 'not-found' });
        const why = pinFault(pin, 'owner');
        if (why !== null) return fail({ code: 'pin', why });
        // Not counted: it has a hundred bits, and must work while wrong PINs are waited for.
        if (!(await roster.isRecoveryCode(code))) return fail({ code: 'wrong-recovery-code' });
        const set = await roster.setOwner(owner.name, pin);
        if (!set.ok) return set;
        // It opens nothing by itself: the new PIN does, and the code stays on the screen until it is written down.
        return changed(set.value);
      }),
    turnOff: () =>
      inTurn(async () => {
        const off = await roster.turnOff();
        if (!off.ok) return off;
        leave();
        return changed(null);
      }),
    addOperator: ({ name, pin }) =>
      inTurn(async () => {
        // There are no operators without an owner.
        if (roster.item() === null) return fail({ code: 'not-found' });
        if (operators().length >= MOST_OPERATORS) return fail({ code: 'operators-full' });
        const id = Buffer.from(random.bytes(6)).toString('base64url').slice(0, ID_LENGTH);
        const saved = await save(id, name, pin);
        // The first operator makes a desk that a person has to sit at: the owner does.
        if (saved.ok && ownerPresent) seat ??= OWNER;
        return saved.ok ? changed(null) : saved;
      }),
    changeOperator: ({ id, name, pin }) =>
      inTurn(async () => {
        if (roster.operator(id) === null) return fail({ code: 'not-found' });
        const saved = await save(id, name, pin);
        return saved.ok ? changed(null) : saved;
      }),
    removeOperator: ({ id }) =>
      inTurn(async () => {
        if (roster.operator(id) === null) return fail({ code: 'not-found' });
        const removed = await roster.removeOperator(id);
        if (!removed.ok) return removed;
        if (seat === id) seat = ownerPresent ? OWNER : null;
        if (operators().length === 0) seat = null;
        return changed(null);
      }),
    forget: () => {
      roster.forget();
      leave();
    },
    close: () => {
      stopIdle();
      stopOwner();
    },
  };
}

/** Who works here is in the keychain, and the keychain can't be read. */
const UNREADABLE: AccessView = {
  on: true,
  locked: true,
  unreadable: true,
  operator: null,
  operators: [],
  owner: { name: '', present: false, waitsUntil: null },
};
