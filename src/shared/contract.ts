/**
 * @file Everything that can cross between the page and the main process. Both sides, the schemas and the test
 * doubles are derived from this value: a channel without a handler does not compile. No channel returns the
 * app password, a key, a PIN or a code; the one place a code may appear is the practice inbox of the desk view.
 *
 * One entry, followed through. `desk: { show: call<{ id: string }, null, { code: 'not-found' }>() }` gives:
 *
 * - the channel's name, 'desk.show', in {@link Channel} and, at run time, in {@link channels};
 * - the handler that main must have (desk/desk.ts), or `Handlers` does not compile:
 *     'desk.show': ({ id }) => Promise<Result<null, { code: 'not-found' }>>
 * - the schema that the input is judged by at the door (ipc/schemas.ts), which takes this input, no less and no more;
 * - the method that the page finds, made by a loop in preload/index.ts:
 *     const answer = await window.countersign.desk.show({ id });
 *     answer: { ok: true, value: null } | { ok: false, problem: { code: 'not-found' } | BridgeProblem }
 *   where {@link BridgeProblem} is what the router itself answers on any channel. It never rejects;
 * - a good and several hostile inputs that the tests demand of each channel (tests/unit/ipc/inputs.ts).
 *
 * Only types are written here; `call()` returns an empty mark, so that the names exist at run time too.
 */
import type { EntryProblem, NewPinProblem, OperatorNameProblem, PinChange } from './access.ts';
import type { Choices } from './choices.ts';
import type { AddressVerdict, DeskView, Draft } from './desk-view.ts';
import type {
  CaseNote,
  ExportFormat,
  HistoryCursor,
  HistoryQuery,
  HistorySlice,
  Showable,
} from './history.ts';
import type { ServerSearch } from './mail-servers.ts';
import type {
  BridgeProblem,
  StartProblem,
  ResendProblem,
  CheckOutcome,
  CheckProblem,
  StartReceipt,
  FormProblem,
  SaveProblem,
  ChoiceProblem,
  NotFound,
  NoteProblem,
  SaveFileProblem,
} from './problems.ts';
import type {
  VaultUnusable,
  AccountForm,
  AccountKind,
  AddressHint,
  AddressFault,
  EpochMs,
  Keeping,
} from './words.ts';
import type { Result } from './result.ts';
import type { SettingsPage } from './settings.ts';

declare const types: unique symbol;
/** One request and its answer; the types are all there is, the value is a mark. */
export interface Call<Input, Output, Problem> {
  readonly [types]?: { input: Input; output: Output; problem: Problem };
}
const call = <Input, Output, Problem = never>(): Call<Input, Output, Problem> => ({});

export const PAGES = ['app-passwords', 'two-step', 'app-password-help'] as const;
/** Pages of the outside world; main owns their addresses and opens them in the browser. */
export type OutsidePage = (typeof PAGES)[number];

export const DESTINATIONS = ['address', 'history', 'settings', 'welcome'] as const;
export type Destination = (typeof DESTINATIONS)[number];

export const contract = {
  desk: {
    view: call<undefined, DeskView>(),
    /** Without a page the settings open where they were left. */
    go: call<
      | { readonly to: Exclude<Destination, 'settings'> }
      | { readonly to: 'settings'; readonly page?: SettingsPage },
      null
    >(),
    show: call<{ readonly id: string }, null, { readonly code: 'not-found' }>(),
    /** Keeps what is being typed, so that nothing is lost; answers whether the address is one. */
    draft: call<Draft, AddressVerdict>(),
    /** What is worth a look in an address; asks DNS, so it is for when the typing rests. Empty when there is nothing. */
    advise: call<{ readonly address: string }, readonly AddressHint[]>(),
    dismiss: call<{ readonly notice: string }, null>(),
    /** The page's browser noticed it; main has no event for it. */
    networkChanged: call<{ readonly online: boolean }, null>(),
  },
  setup: {
    choose: call<{ readonly kind: AccountKind }, null>(),
    /** Keeps what is being entered, but for the password, so that nothing is lost; answers whether its address is one. */
    draft: call<{ readonly form: AccountForm }, AddressVerdict>(),
    /** Looks for the servers of the domain that was told last; only what is asked for by a press leaves the computer. */
    find: call<undefined, ServerSearch>(),
    /** Tests the account (nothing is sent) and stores it; `untested` stores it without, for a desk that is offline. */
    save: call<
      {
        readonly form: AccountForm;
        /** Empty keeps the stored one, when an account is changed. */
        readonly password: string;
        readonly keep: Keeping;
        readonly untested: boolean;
        /** The hosts outside the account's own domain that the owner has confirmed by name. */
        readonly confirmed: readonly string[];
        /** The person knows that open verifications end with the account they were sent by. */
        readonly endOpen: boolean;
      },
      null,
      SaveProblem
    >(),
    cancel: call<undefined, null>(),
  },
  account: {
    change: call<undefined, null>(),
    remove: call<undefined, null, VaultUnusable>(),
  },
  practice: {
    begin: call<undefined, null>(),
    leave: call<undefined, null>(),
  },
  verification: {
    start: call<Draft, StartReceipt, StartProblem | NoteProblem>(),
    check: call<{ readonly id: string; readonly code: string }, CheckOutcome, CheckProblem>(),
    resend: call<{ readonly id: string }, null, ResendProblem>(),
    /** Its address goes back into the draft. It stays open, and ends when that draft is started. */
    changeAddress: call<{ readonly id: string }, null>(),
    /** Starts a new one for the same address and purpose, and ends it; it stays as it is when nothing can start. */
    again: call<{ readonly id: string }, StartReceipt, StartProblem | NoteProblem | NotFound>(),
  },
  history: {
    /** One slice. */
    search: call<{ readonly query: HistoryQuery; readonly after: HistoryCursor | null }, HistorySlice>(),
    /** Opens a record beside the list; null closes it. */
    show: call<{ readonly id: string | null }, null, NotFound>(),
    /** Replaces the case note, and keeps the earlier wording. */
    note: call<{ readonly id: string; readonly note: CaseNote }, null, NotFound | NoteProblem>(),
    /** Puts one line about it on the clipboard, for a ticket. */
    copy: call<{ readonly id: string }, { readonly line: string }, NotFound>(),
    /** Asks where, and saves a receipt that shows these parts and no other. */
    saveReceipt: call<
      { readonly id: string; readonly show: readonly Showable[] },
      null,
      NotFound | SaveFileProblem
    >(),
    /** The page as it prints, which shows the opened record's slip alone. */
    savePdf: call<{ readonly id: string }, null, NotFound | SaveFileProblem>(),
    print: call<{ readonly id: string }, null, NotFound | { readonly code: 'called-off' }>(),
    /** Asks where, and writes what was opened in this period. Only one at a time; the desk view says how far it is. */
    export: call<
      { readonly format: ExportFormat; readonly from: EpochMs | null; readonly to: EpochMs | null },
      { readonly rows: number },
      SaveFileProblem | { readonly code: 'busy' }
    >(),
    cancelExport: call<undefined, null>(),
    /** Takes away what names this address. The journal stays, and tells which references and who. */
    erase: call<
      { readonly address: string },
      { readonly records: number },
      { readonly code: 'address'; readonly fault: AddressFault } | NotFound | VaultUnusable
    >(),
  },
  journal: {
    /** From the next entry on another key signs; an entry by this one says so. */
    changeKey: call<undefined, null, NotFound | VaultUnusable>(),
  },
  settings: {
    /** Changes the choices that are named and no other; none of them when one is wrong. */
    choose: call<Partial<Choices>, null, ChoiceProblem>(),
    saveName: call<{ readonly name: string }, null, FormProblem>(),
    /** Account, secret, keys, records: everything. Old copies become unreadable. */
    removeAll: call<undefined, null, VaultUnusable>(),
  },
  /** Who is at the desk. A recovery code crosses once, in the answer that it is made for. */
  access: {
    sit: call<{ readonly id: string; readonly pin: string }, null, EntryProblem | NotFound>(),
    lock: call<undefined, null>(),
    enterOwner: call<{ readonly pin: string }, null, EntryProblem | NotFound>(),
    leaveOwner: call<undefined, null>(),
    /** A person did something in the window. */
    active: call<undefined, null>(),
    /** Sets the owner's name and PIN, for the first time or anew; `current` is the PIN that held so far. */
    setOwner: call<
      { readonly name: string; readonly pin: string; readonly current: string },
      { readonly recoveryCode: string },
      EntryProblem | NewPinProblem | OperatorNameProblem | { readonly code: 'no-account' }
    >(),
    /** A new PIN for the owner who has the recovery code; it holds once. */
    recover: call<
      { readonly code: string; readonly pin: string },
      { readonly recoveryCode: string },
      | NewPinProblem
      | NotFound
      | VaultUnusable
      | { readonly code: 'wrong-recovery-code' }
      | { readonly code: 'no-account' }
    >(),
    /** No owner and no operators any more. */
    turnOff: call<undefined, null, VaultUnusable | { readonly code: 'no-account' }>(),
    addOperator: call<
      { readonly name: string; readonly pin: PinChange },
      null,
      NewPinProblem | OperatorNameProblem | NotFound | VaultUnusable | { readonly code: 'operators-full' }
    >(),
    changeOperator: call<
      { readonly id: string; readonly name: string; readonly pin: PinChange },
      null,
      NewPinProblem | OperatorNameProblem | NotFound | VaultUnusable
    >(),
    removeOperator: call<{ readonly id: string }, null, NotFound | VaultUnusable>(),
  },
  vault: {
    /** Looks at the keychain again, after the person unlocked or installed it. */
    retry: call<undefined, null>(),
    /** Keeps secrets and keys in memory until the program ends. */
    useSession: call<undefined, null>(),
  },
  outside: {
    open: call<{ readonly page: OutsidePage }, null>(),
  },
} as const;

/** The one event: the desk has changed; its payload is the whole view. */
export const DESK_CHANGED = 'desk.changed';

export type Contract = typeof contract;
export type Room = keyof Contract;
/** "verification.start" and its like: the names of the IPC channels. */
export type Channel = { [R in Room]: `${R}.${keyof Contract[R] & string}` }[Room];

type CallAt<C extends Channel> = C extends `${infer R extends Room}.${infer M}`
  ? M extends keyof Contract[R]
    ? Contract[R][M]
    : never
  : never;

type Shape<C extends Channel> = NonNullable<CallAt<C>[typeof types]>;
export type InputOf<C extends Channel> = Shape<C>['input'];
export type OutputOf<C extends Channel> = Shape<C>['output'];
export type ProblemOf<C extends Channel> = Shape<C>['problem'];
export type AnswerOf<C extends Channel> = Result<OutputOf<C>, ProblemOf<C> | BridgeProblem>;

/** What the main process must answer: one handler a channel, none may be missing. */
export type Handlers = {
  readonly [C in Channel]: (input: InputOf<C>) => Promise<Result<OutputOf<C>, ProblemOf<C>>>;
};

type Method<C extends Channel> =
  InputOf<C> extends undefined ? () => Promise<AnswerOf<C>> : (input: InputOf<C>) => Promise<AnswerOf<C>>;

/** What the page finds as `window.countersign`. */
export type Bridge = {
  readonly [R in Room]: {
    readonly [M in keyof Contract[R] & string]: Method<`${R}.${M}` & Channel>;
  };
} & {
  /** Calls back with every new view; returns the way to stop. */
  readonly onDesk: (listener: (view: DeskView) => void) => () => void;
};

/** Every channel by name. */
export const channels: readonly Channel[] = Object.entries(contract).flatMap(([room, calls]) =>
  Object.keys(calls).map((method) => `${room}.${method}` as Channel),
);
