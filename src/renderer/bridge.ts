/**
 * @file The page's side of the bridge: the calls as main offers them, and the desk as main last pushed it.
 * The page keeps no state of its own beyond what is being typed, and never computes with its own wall clock.
 */
import {
  createContext,
  useCallback,
  useContext,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react';
import { type AccessProblem } from '../shared/access.ts';
import type { Bridge } from '../shared/contract.ts';
import type { BridgeProblem } from '../shared/problems.ts';
import { type DeskView } from '../shared/desk-view.ts';
import { type Result } from '../shared/result.ts';
import { type EpochMs } from '../shared/words.ts';

declare global {
  interface Window {
    /** Put there by the preload. */
    readonly countersign: Bridge;
  }
}

/** Asks for the owner's PIN in the window, and answers whether it was given. */
type AskOwner = () => Promise<boolean>;
let askOwner: AskOwner | null = null;

/** Has `ask` called when main turns something away for want of the owner; returns the way to stop. */
export function onOwnerNeeded(ask: AskOwner): () => void {
  askOwner = ask;
  return () => {
    askOwner = null;
  };
}

type Call = (input?: unknown) => Promise<Result<unknown, { readonly code: string }>>;

/** A call that main turns away for want of the owner is made again once the owner's PIN was typed. */
const asking =
  (call: Call): Call =>
  async (input) => {
    const answer = await call(input);
    if (answer.ok || answer.problem.code !== 'no-access' || askOwner === null) return answer;
    const { needs } = answer.problem as AccessProblem;
    return needs === 'owner' && (await askOwner()) ? call(input) : answer;
  };

const rooms = Object.entries(window.countersign).map(([room, calls]) =>
  // The one event is no room of calls.
  typeof calls === 'function'
    ? [room, calls]
    : [room, Object.fromEntries(Object.entries(calls).map(([name, call]) => [name, asking(call as Call)]))],
);
// The same rooms and calls by the same names, each with the types it had.
export const bridge = Object.fromEntries(rooms) as Bridge;

/** A view and when it came, in milliseconds of the page's monotonic clock. */
export interface ReceivedView {
  readonly view: DeskView;
  readonly receivedAt: number;
}

export type Reception =
  | { readonly state: 'opening' }
  | { readonly state: 'closed'; readonly problem: BridgeProblem }
  | ({ readonly state: 'open' } & ReceivedView);

let desk: Reception = { state: 'opening' };
const drawn = new Set<() => void>();

function receive(next: Reception): void {
  desk = next;
  for (const draw of drawn) draw();
}

let pushes = 0;
bridge.onDesk((view) => {
  pushes += 1;
  receive({ state: 'open', view, receivedAt: performance.now() });
});

export function askForDesk(): void {
  const before = pushes;
  void bridge.desk.view().then((answer) => {
    // A push that came meanwhile is newer than this answer.
    if (pushes !== before) return;
    receive(
      answer.ok
        ? { state: 'open', view: answer.value, receivedAt: performance.now() }
        : { state: 'closed', problem: answer.problem },
    );
  });
}

// Asked for before the page is drawn, so that what is drawn first is the desk, where main has answered by then.
askForDesk();

function onReceived(draw: () => void): () => void {
  drawn.add(draw);
  return () => void drawn.delete(draw);
}

/** The desk: asked for once, then pushed by main after every change. */
export const useDesk = (): Reception => useSyncExternalStore(onReceived, () => desk);

/** Tells main when the browser notices that the network came or went. */
export function useNetworkReport(): void {
  useEffect(() => {
    const report = () => void bridge.desk.networkChanged({ online: navigator.onLine });
    window.addEventListener('online', report);
    window.addEventListener('offline', report);
    return () => {
      window.removeEventListener('online', report);
      window.removeEventListener('offline', report);
    };
  }, []);
}

export const DeskContext = createContext<ReceivedView | null>(null);

function useOpenDesk(): ReceivedView {
  const desk = useContext(DeskContext);
  if (desk === null) throw new Error('there is no desk around this component');
  return desk;
}

/** The desk as main last pushed it. */
export const useView = (): DeskView => useOpenDesk().view;

/** The clock is read at full seconds, so that no second is visibly skipped however long it goes on. */
const TICK_MS = 1000;
/** The longest that the page sleeps while a time is shown. */
const LONGEST_MS = 60 * TICK_MS;

const currentTick = (): number => Math.floor(performance.now() / TICK_MS) * TICK_MS;

/** What shows a time: how it reads at a tick, and what draws it anew. */
interface Watch {
  readonly readAt: (tick: number) => unknown;
  readonly draw: () => void;
}
const watches = new Set<Watch>();
let nextTick: ReturnType<typeof setTimeout> | undefined;
let plannedAt: number | null = null;

/** One timer for all that show a time, set to when the first of them reads otherwise: to look ahead is cheaper than to wake. */
function awaitTick(): void {
  clearTimeout(nextTick);
  const tick = currentTick();
  // A second began since they were drawn.
  if (tick !== plannedAt) drawAll();
  plannedAt = null;
  if (watches.size === 0) return;
  const shown = [...watches].map(({ readAt }) => ({ readAt, now: readAt(tick) }));
  let next = tick + TICK_MS;
  while (next < tick + LONGEST_MS && shown.every(({ readAt, now }) => readAt(next) === now)) next += TICK_MS;
  // Rounded up: what wakes a part of a millisecond too early reads as before.
  nextTick = setTimeout(onTick, Math.ceil(next - performance.now()));
}

function drawAll(): void {
  for (const { draw } of watches) draw();
}

function onTick(): void {
  plan();
  drawAll();
}

/** Once for all that begin and end together. */
function plan(): void {
  if (plannedAt !== null) return;
  plannedAt = currentTick();
  queueMicrotask(awaitTick);
}

/**
 * What `read` makes of main's clock, carried on by the page's monotonic one. What shows it is drawn anew when it reads
 * otherwise: a string, a number, yes or no, and never a new object. It is read ahead, so that it must be cheap.
 */
export function useClock<T extends string | number | boolean | null>(read: (now: EpochMs) => T): T {
  const { view, receivedAt } = useOpenDesk();
  const readAt = (tick: number): T => read(view.now + Math.max(0, tick - receivedAt));
  // Watched anew with every drawing, so that what is looked ahead for is what is shown.
  return useSyncExternalStore(
    (draw) => {
      const watch: Watch = { readAt, draw };
      watches.add(watch);
      plan();
      return () => void watches.delete(watch);
    },
    () => readAt(currentTick()),
  );
}

/**
 * Runs one piece of work at a time: what comes while it runs is dropped, and until what came of it is drawn. A double click
 * or Enter twice must call main once: main guards most of it as well, and counts the same wrong code twice.
 */
export function useOneAtATime(): { busy: boolean; run: (work: () => Promise<void>) => void } {
  const running = useRef(false);
  const [busy, setBusy] = useState(false);
  const [ended, setEnded] = useState(0);
  const run = useCallback((work: () => Promise<void>) => {
    if (running.current) return;
    running.current = true;
    setBusy(true);
    void work().finally(() => {
      setBusy(false);
      setEnded((count) => count + 1);
    });
  }, []);
  useLayoutEffect(() => {
    running.current = false;
  }, [ended]);
  return { busy, run };
}
