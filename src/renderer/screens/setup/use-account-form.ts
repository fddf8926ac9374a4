/**
 * @file What is being entered about the account. All but the password is kept in step with main, so that a reload or
 * another way of sending loses nothing; the password lives here and nowhere else on the page, is never filled in from
 * anywhere, and is gone with the screen.
 */
import { useCallback, useEffect, useRef, useState } from 'react';
import { type FieldFault, type FormField } from '../../../shared/contract.ts';
import { type AddressVerdict } from '../../../shared/desk-view.ts';
import { type AccountForm, type AccountKind } from '../../../shared/words.ts';
import { bridge } from '../../bridge.ts';
import { accountForm, enteredFrom, portFor, type Entered } from './entered.ts';

/** What main's names for the mailbox's fields are called here. */
const ENTRY: Readonly<Record<string, keyof Entered>> = {
  'mailbox-host': 'mailboxHost',
  'mailbox-port': 'mailboxPort',
};

export interface AccountEntry {
  readonly entered: Entered;
  readonly faultOf: (field: FormField) => FieldFault | null;
  readonly set: (change: Partial<Entered>) => void;
  readonly blame: (faults: readonly FieldFault[]) => void;
  /** What main says about the address as it stands; null until it has answered. */
  readonly verdict: AddressVerdict | null;
  /** Tells main at once what it was not told yet. */
  readonly flush: () => void;
}

export function useAccountForm(kind: AccountKind, form: AccountForm | null): AccountEntry {
  const [entered, setEntered] = useState<Entered>(() => enteredFrom(kind, form));
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const { verdict, tell, flush } = useKeptForm(entered);

  const set = (change: Partial<Entered>) => {
    const touched = Object.keys(change);
    const next = { ...entered, ...change, ...portFor(entered, change) };
    setEntered(next);
    tell(next);
    setFaults((last) => last.filter(({ field }) => !touched.includes(ENTRY[field] ?? field)));
  };
  const faultOf = (field: FormField) => faults.find((fault) => fault.field === field) ?? null;
  return { entered, faultOf, set, blame: setFaults, verdict, flush };
}

/** Long enough to say a word to main and not every letter, short enough that nothing is lost. */
const PAUSE_MS = 150;

function useKeptForm(entered: Entered): {
  readonly verdict: AddressVerdict | null;
  readonly tell: (next: Entered) => void;
  readonly flush: () => void;
} {
  const [answered, setAnswered] = useState<{ address: string; verdict: AddressVerdict } | null>(null);
  const waiting = useRef<{ next: Entered; timer: ReturnType<typeof setTimeout> } | null>(null);
  const told = useRef(0);

  const say = useCallback((next: Entered) => {
    told.current += 1;
    const turn = told.current;
    void bridge.setup.draft({ form: accountForm(next) }).then((answer) => {
      // Answers may overtake each other; only the one to the latest question counts.
      if (answer.ok && turn === told.current) setAnswered({ address: next.address, verdict: answer.value });
    });
  }, []);

  const flush = useCallback(() => {
    const last = waiting.current;
    waiting.current = null;
    clearTimeout(last?.timer);
    if (last !== null) say(last.next);
  }, [say]);

  const tell = useCallback(
    (next: Entered) => {
      clearTimeout(waiting.current?.timer);
      waiting.current = { next, timer: setTimeout(flush, PAUSE_MS) };
    },
    [flush],
  );

  useEffect(() => {
    if (entered.address !== '') say(entered);
    // Once the screen has gone, main has saved it or was told before.
    return () => clearTimeout(waiting.current?.timer);
    // Only when the screen comes and goes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);

  return { verdict: answered?.address === entered.address ? answered.verdict : null, tell, flush };
}
