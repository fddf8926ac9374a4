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
import type { AccessProblem, EntryProblem, NewPinProblem, OperatorNameProblem, PinChange } from './access.ts';
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
import type { Result } from './result.ts';
import type {
  AccountForm,
  AccountKind,
  AddressHint,
  AddressFault,
  CodeProblem,
  DeliveryProblem,
  EpochMs,
  Keeping,
  RecordsTrouble,
} from './words.ts';

declare const types: unique symbol;
/** One request and its answer; the types are all there is, the value is a mark. */
export interface Call<Input, Output, Problem> {
  readonly [types]?: { input: Input; output: Output; problem: Problem };
}
const call = <Input, Output, Problem = never>(): Call<Input, Output, Problem> => ({});

/** What the router itself can answer, on any channel. */
export type BridgeProblem =
  | { readonly code: 'invalid-input' }
  | { readonly code: 'refused-sender' }
  | AccessProblem
  /** `reference` names the line in the log. */
  | { readonly code: 'internal'; readonly reference: string };

export type StartProblem =
  | { readonly code: 'address'; readonly fault: AddressFault }
  | { readonly code: 'address-delayed'; readonly why: 'guesses' | 'sends'; readonly until: EpochMs }
  | { readonly code: 'account-delayed'; readonly until: EpochMs }
  /** So much was guessed at all addresses together that nothing more is, for now. */
  | { readonly code: 'desk-delayed'; readonly until: EpochMs }
  | { readonly code: 'records-restored'; readonly until: EpochMs }
  | { readonly code: RecordsTrouble }
  | { readonly code: 'no-account' }
  | { readonly code: 'no-secret' }
  | { readonly code: 'vault'; readonly state: 'locked' | 'missing' };

export type ResendProblem =
  | Exclude<StartProblem, { code: 'address' }>
  | { readonly code: 'cooling-down'; readonly until: EpochMs }
  | { readonly code: 'too-late' }
  | { readonly code: 'already-sending' }
  | { readonly code: 'not-open' };

/** A wrong code is an outcome, not an error. */
export type CheckOutcome =
  | { readonly outcome: 'verified' }
  | { readonly outcome: 'wrong'; readonly guessesLeft: number }
  | { readonly outcome: 'locked' }
  | { readonly outcome: 'expired' }
  /** No mail with the code can have left yet: what was typed is not judged, and costs no guess. */
  | { readonly outcome: 'not-sent' }
  | { readonly outcome: 'not-open' };

export type CheckProblem =
  | { readonly code: 'ill-formed'; readonly problem: CodeProblem }
  | { readonly code: 'address-delayed'; readonly why: 'guesses'; readonly until: EpochMs }
  | { readonly code: 'desk-delayed'; readonly until: EpochMs }
  | { readonly code: 'vault'; readonly state: 'locked' | 'missing' };

export interface StartReceipt {
  readonly id: string;
  readonly sentTo: string;
  readonly expiresAt: EpochMs;
  readonly guessesLeft: number;
}

interface VaultUnusable {
  readonly code: 'vault';
  readonly state: 'locked' | 'missing';
}

/** Everything that is wrong with what was entered. */
export interface FormProblem {
  readonly code: 'form';
  readonly faults: readonly FieldFault[];
}

export interface FieldFault {
  readonly field: FormField;
  readonly why: FormFault;
  /** With `not-an-address`: what keeps it from being one. */
  readonly address?: AddressFault;
}

export type SaveProblem =
  | FormProblem
  /** The password would go to these, which are outside the account's own domain: they are confirmed by name first. */
  | { readonly code: 'outside-hosts'; readonly hosts: readonly string[] }
  | { readonly code: 'test-failed'; readonly problem: DeliveryProblem }
  | { readonly code: 'vault'; readonly state: 'locked' | 'missing' }
  | { readonly code: RecordsTrouble }
  /** So many verifications are open, and end with another account in the place of theirs: it has to be said that they may. */
  | { readonly code: 'ends-open'; readonly open: number }
  | { readonly code: 'busy' };

export type FormField =
  'address' | 'name' | 'password' | 'host' | 'port' | 'user' | 'mailbox-host' | 'mailbox-port';
export const FORM_FAULTS = [
  'empty',
  'not-an-address',
  'not-gmail',
  'too-long',
  'control-character',
  /** The stored password is for another sign-in: it has to be typed. */
  'sign-in-changed',
  /** 16 letters in four groups are wanted; this looks like the normal Google password. */
  'normal-password',
  'not-an-app-password',
  'not-a-host',
  'not-a-port',
  'not-an-origin',
  'out-of-range',
] as const;
export type FormFault = (typeof FORM_FAULTS)[number];

/** The first choice that is wrong, in the order of {@link Choices}. */
export interface ChoiceProblem {
  readonly code: 'choice';
  readonly field: keyof Choices;
  readonly why: FormFault;
}

/** There is no such record any more, or none that can be read; or no records are open. */
export interface NotFound {
  readonly code: 'not-found';
}

export interface NoteProblem {
  readonly code: 'note';
  readonly field: keyof CaseNote;
  readonly why: 'too-long' | 'control-character';
}

export type SaveFileProblem =
  /** The box was closed without a place, or the writing was called off. Nothing is left of it. */
  | { readonly code: 'called-off' }
  | { readonly code: 'not-written'; readonly why: 'full' | 'denied' | 'other' };

export const PAGES = ['app-passwords', 'two-step', 'app-password-help'] as const;
/** Pages of the outside world; main owns their addresses and opens them in the browser. */
export type OutsidePage = (typeof PAGES)[number];

export const DESTINATIONS = ['address', 'history', 'settings', 'welcome'] as const;
export type Destination = (typeof DESTINATIONS)[number];

export const contract = {
  desk: {
    view: call<undefined, DeskView>(),
    go: call<{ readonly to: Destination }, null>(),
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
    remove: call<undefined, null, { readonly code: 'vault'; readonly state: 'locked' | 'missing' }>(),
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
    removeAll: call<undefined, null, { readonly code: 'vault'; readonly state: 'locked' | 'missing' }>(),
  },
  /** Who is at the desk. A recovery code crosses once, in the answer that it is made for. */
  access: {
    sit: call<{ readonly id: string; readonly pin: string }, null, EntryProblem | NotFound>(),
    lock: call<undefined, null>(),
    enterOwner: call<{ readonly pin: string }, null, EntryProblem | NotFound>(),
    leaveOwner: call<undefined, null>(),
    /** Somebody did something in the window. */
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
