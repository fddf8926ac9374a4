/**
 * @file What the page can ask about verifications: start, check, send again, end. It brings together the draft,
 * the station and the place on screen; the rules of a verification are the verifier's.
 */
import { faultOf } from '../address/fault.ts';
import { parseAddress } from '../address/parse.ts';
import type { Handlers, InputOf, OutputOf, ProblemOf } from '../../shared/contract.ts';
import type { Draft } from '../../shared/desk-view.ts';
import { NO_NOTE } from '../../shared/history.ts';
import { isOffered } from '../../shared/purposes.ts';
import { asksFor, type Request } from '../../shared/request.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import type { RecordsTrouble } from '../../shared/words.ts';
import { adviceOn } from './advice.ts';
import type { DeskCore } from './core.ts';
import { checkNote } from './history.ts';
import type { LookUps } from './look-ups.ts';
import type { Secrets } from './secrets.ts';
import type { Station } from './state.ts';
import type { Stations } from './stations.ts';

export type VerificationHandlers = Pick<Handlers, Extract<keyof Handlers, `verification.${string}`>>;

type Started = Result<OutputOf<'verification.start'>, ProblemOf<'verification.start'>>;

const UNREADABLE = fail({ code: 'records-unreadable' as const });
const NOT_OPEN = ok({ outcome: 'not-open' as const });

/** What was to be spent in a file that turns out to be damaged fails, with `damaged` as the answer. */
async function whileWhole<T, D>({ verifier }: Station, work: Promise<T>, damaged: D): Promise<T | D> {
  try {
    return await work;
  } catch (error) {
    if (await verifier.whole) throw error;
    return damaged;
  }
}

export function createVerificationHandlers(
  { state, ports, go, home, inTurn, forgetDraft, changed }: DeskCore,
  stations: Pick<Stations, 'openAccount'>,
  { checkVault }: Pick<Secrets, 'checkVault'>,
  { ofSent }: Pick<LookUps, 'ofSent'>,
): VerificationHandlers {
  /** What can start a verification now, or why nothing can. */
  async function readyStation(): Promise<
    Result<
      Station,
      Extract<
        ProblemOf<'verification.start'>,
        { code: 'no-account' | 'no-secret' | 'vault' | RecordsTrouble }
      >
    >
  > {
    if (state.station === null) {
      if (ports.settings.account() === null) return fail({ code: 'no-account' });
      const opened = await inTurn(() => stations.openAccount());
      if (!opened.ok) {
        changed();
        return opened;
      }
    } else if (state.station.kind === 'desk' && state.secret === null) {
      // A keychain that was locked when it was last looked at may have been unlocked since.
      await inTurn(() => checkVault());
      changed();
    }
    const { station } = state;
    if (station === null) return fail({ code: 'no-account' });
    if (state.secret !== null) return ok(station);
    // What a locked keychain holds is not lost.
    return station.kind === 'desk' && state.vault !== 'available'
      ? fail({ code: 'vault', state: state.vault })
      : fail({ code: 'no-secret' });
  }

  /** Counted from the press on: until it is in the records nothing else tells of it. */
  async function start(draft: Draft, instead: string | null): Promise<Started> {
    state.starting += 1;
    try {
      return await begin(draft, instead);
    } finally {
      state.starting -= 1;
      changed();
    }
  }

  async function begin(draft: Draft, instead: string | null): Promise<Started> {
    const note = checkNote(draft.caseNote ?? NO_NOTE);
    if (!note.ok) return note;
    const address = parseAddress(draft.address);
    if (!address.ok) return fail({ code: 'address', fault: faultOf(draft.address, address.problem) });
    if (!mayAskFor(draft.request, instead)) return fail({ code: 'purpose-gone' });
    const station = await readyStation();
    if (!station.ok) return station;
    const input = { address: address.value, request: draft.request, caseNote: note.value, instead };
    const started = await whileWhole(station.value, station.value.verifier.start(input), UNREADABLE);
    if (!started.ok) return started;
    forgetDraft();
    state.newAccount = false;
    const { id } = started.value;
    go({ at: 'verification', id });
    void adviseLate(id, draft.address).catch(ports.report);
    return started;
  }

  /** The owner's own purposes are the owner's to offer; what is replaced keeps what it is for. */
  function mayAskFor(request: Request, instead: string | null): boolean {
    if (isOffered(request, ports.settings.choices().purposes)) return true;
    const replaced = instead === null ? null : (state.station?.verifier.recordOf(instead)?.request ?? null);
    const names = replaced?.details.map(({ name }) => name) ?? [];
    return replaced?.purpose === request.purpose && asksFor(request, names);
  }

  /** A fast typist has sent before DNS answers: then it is said on the code screen. */
  async function adviseLate(id: string, address: string): Promise<void> {
    const hints = await adviceOn(address, ofSent);
    if (hints.length === 0) return;
    state.advice = { id, hints };
    changed();
  }

  async function check({
    id,
    code,
  }: InputOf<'verification.check'>): ReturnType<Handlers['verification.check']> {
    const { station } = state;
    if (station === null) return NOT_OPEN;
    const checked = await whileWhole(station, station.verifier.check(id, code), NOT_OPEN);
    changed();
    return checked;
  }

  async function resend({ id }: InputOf<'verification.resend'>): ReturnType<Handlers['verification.resend']> {
    const station = await readyStation();
    if (!station.ok) return station;
    const sent = await whileWhole(station.value, station.value.verifier.resend(id), UNREADABLE);
    changed();
    return sent;
  }

  /** What a verification was for, to start with again. */
  function recall(id: string): Draft | null {
    const record = state.station?.verifier.recordOf(id) ?? null;
    return record === null
      ? null
      : { address: record.entered, request: record.request, caseNote: record.caseNote };
  }

  return {
    'verification.start': (draft) => {
      state.draft = draft;
      return start(draft, state.replacing);
    },
    'verification.check': check,
    'verification.resend': resend,
    'verification.changeAddress': ({ id }) => {
      const draft = recall(id);
      home();
      if (draft !== null) {
        state.draft = draft;
        state.replacing = id;
      }
      changed();
      return Promise.resolve(ok(null));
    },
    'verification.again': async ({ id }) => {
      const draft = recall(id);
      return draft === null ? fail({ code: 'not-found' }) : start(draft, id);
    },
  };
}
