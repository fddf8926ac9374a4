/**
 * @file What is being entered about the account. All but the password is kept in step with main, so that a reload or
 * another way of sending loses nothing; the password lives here and nowhere else on the page, is never filled in from
 * anywhere, and is gone with the screen.
 */
import { useEffect, useRef, useState } from 'react';
import type { FieldFault, FormField } from '../../../shared/problems.ts';
import { type AddressVerdict } from '../../../shared/desk-view.ts';
import { type AccountForm, type AccountKind } from '../../../shared/words.ts';
import { bridge } from '../../bridge.ts';
import { useKept } from '../use-kept.ts';
import { accountForm, enteredFrom, portFor, type Entered } from './entered.ts';

/** What main's names for the mailbox's fields are called here. */
const ENTRY: Readonly<Record<string, keyof Entered>> = {
  'mailbox-host': 'mailboxHost',
  'mailbox-port': 'mailboxPort',
};

export interface AccountEntry {
  readonly entered: Entered;
  /** The same at the moment of asking: for what goes on after a wait, in which more may have been typed. */
  readonly now: () => Entered;
  readonly faultOf: (field: FormField) => FieldFault | null;
  readonly set: (change: Partial<Entered>) => void;
  readonly blame: (faults: readonly FieldFault[]) => void;
  /** What main says about the address as it stands; null until it has answered. */
  readonly verdict: AddressVerdict | null;
  /** Tells main at once what it was not told yet. */
  readonly flush: () => void;
}

const keep = async (entered: Entered): Promise<AddressVerdict | null> => {
  const answer = await bridge.setup.draft({ form: accountForm(entered) });
  return answer.ok ? answer.value : null;
};

export function useAccountForm(kind: AccountKind, form: AccountForm | null): AccountEntry {
  const [entered, setEntered] = useState<Entered>(() => enteredFrom(kind, form));
  const latest = useRef(entered);
  const [faults, setFaults] = useState<readonly FieldFault[]>([]);
  const { verdict, tell, flush, drop } = useKept(entered, keep);
  // Once the screen has gone, main has saved it or was told before.
  useEffect(() => drop, [drop]);

  const set = (change: Partial<Entered>) => {
    const touched = Object.keys(change);
    const last = latest.current;
    const next = { ...last, ...change, ...portFor(last, change) };
    latest.current = next;
    setEntered(next);
    tell(next);
    setFaults((last) => last.filter(({ field }) => !touched.includes(ENTRY[field] ?? field)));
  };
  const faultOf = (field: FormField) => faults.find((fault) => fault.field === field) ?? null;
  return { entered, now: () => latest.current, faultOf, set, blame: setFaults, verdict, flush };
}
