/**
 * @file Sentences that are put together from a text and from what the desk knows: a request, a problem, a
 * sentence with an address in it. It must never change what a person typed.
 */
import { Fragment, type ReactNode } from 'react';
import { type DeskView, type Notice } from '../../shared/desk-view.ts';
import type {
  BridgeProblem,
  CheckProblem,
  NoteProblem,
  ResendProblem,
  SaveFileProblem,
  StartProblem,
} from '../../shared/problems.ts';
import { type AccountForm, type CodeProblem, type EpochMs, type SignIn } from '../../shared/words.ts';
import { NOTE_LENGTH } from '../../shared/history.ts';
import { GMAIL_SMTP } from '../../shared/mail-servers.ts';
import { detailOf, isKnownPurpose, type Purpose, type Request } from '../../shared/request.ts';
import { addressFaultText } from './address-fault.ts';
import { i18n, type Words } from './i18n.ts';
import { moment } from './time.ts';

/** The owner's own is its name. */
export const purposeName = (t: Words, purpose: Purpose): string =>
  isKnownPurpose(purpose) ? t(`frame.purposes.${purpose}`) : purpose;

/** "Payment of €49.90 to Harbour Clinic", "Home visit, 4 Quay Street". */
export function requestLine(t: Words, request: Request): string {
  const { purpose, details } = request;
  if (!isKnownPurpose(purpose)) return [purpose, ...details.map(({ value }) => value)].join(', ');
  switch (purpose) {
    case 'payment':
      return t('frame.requests.payment', {
        amount: detailOf(request, 'amount'),
        payee: detailOf(request, 'payee'),
      });
    case 'other':
      return detailOf(request, 'what');
    case 'registration':
    case 'password-reset':
    case 'sign-in':
      return t(`frame.purposes.${purpose}`);
  }
}

/** The same for the rail, where there is less room. */
export function requestShort(t: Words, request: Request): string {
  return request.purpose === 'payment'
    ? t('frame.requests.paymentShort', { amount: detailOf(request, 'amount') })
    : requestLine(t, request);
}

/** Whom mail is handed to, inside a sentence: "Gmail", "mail.example.com", "the practice server". */
export function serverName(t: Words, desk: { practice: boolean; form: AccountForm | null }): string {
  if (desk.practice) return t('frame.server.practice');
  if (desk.form === null) return t('frame.server.mail');
  return desk.form.kind === 'server'
    ? (desk.form.server?.host ?? t('frame.server.mail'))
    : t('frame.server.gmail');
}

export const serverOf = (t: Words, view: DeskView): string =>
  serverName(t, { practice: view.practice, form: view.account?.form ?? null });

export function codeProblemText(t: Words, problem: CodeProblem): string {
  switch (problem.kind) {
    case 'empty':
    case 'not-digits':
      return t(`codeProblems.${problem.kind}`);
    case 'too-short':
    case 'too-long':
      return t(`codeProblems.${problem.kind}`, { digits: problem.digits, wanted: problem.wanted });
  }
}

export type AnyProblem =
  | NoteProblem
  | SaveFileProblem
  | StartProblem
  | ResendProblem
  | CheckProblem
  | BridgeProblem
  | { readonly code: 'not-found' }
  | { readonly code: 'operators-full' }
  | { readonly code: 'busy' };

/** Any expected failure of a call, as one or two sentences: what happened and what to do. */
export function problemText(t: Words, problem: AnyProblem, now: EpochMs, language: string): string {
  switch (problem.code) {
    case 'address':
      return addressFaultText(t, problem.fault);
    case 'ill-formed':
      return codeProblemText(t, problem.problem);
    case 'address-delayed':
      return t(`problems.address-delayed.${problem.why}`, { until: moment(problem.until, now, language) });
    case 'no-access':
      return t(`problems.access.${problem.needs}`);
    case 'vault':
      return t(`problems.vault.${problem.state}`);
    case 'account-delayed':
    case 'desk-delayed':
    case 'records-restored':
    case 'cooling-down':
      return t(`problems.told.${problem.code}`, { until: moment(problem.until, now, language) });
    case 'note':
      return t(`problems.note.${problem.field}.${problem.why}`, { most: NOTE_LENGTH[problem.field] });
    case 'not-written':
      return t(`problems.not-written.${problem.why}`);
    case 'internal':
      return t('problems.told.internal', { reference: problem.reference });
    case 'not-found':
      return t('problems.notFound');
    case 'records-unreadable':
    case 'records-newer':
    case 'records-older':
    case 'purpose-gone':
    case 'no-account':
    case 'no-secret':
    case 'too-late':
    case 'already-sending':
    case 'not-open':
    case 'busy':
    case 'operators-full':
    case 'called-off':
    case 'invalid-input':
    case 'refused-sender':
    case 'disk-full':
      return t(`problems.told.${problem.code}`);
  }
}

/** A sign-in, as the notes of a desk have it: the address, and where and as whom if that is not plain from it. */
export function signInText(t: Words, { address, host, user }: SignIn): string {
  return host === GMAIL_SMTP.host && user === address
    ? address
    : t('problems.signIn', { address, host, user });
}

/** Stands in a text where an element goes; no text of ours contains it. */
export const HERE = '\u0001';

/**
 * Puts an element where `mark` stands in a finished text, so that an address keeps its own direction and
 * line breaks without its characters ever being read as markup.
 */
export function withNode(text: string, mark: string, node: ReactNode): ReactNode {
  return text.split(mark).map((part, index) => (
    <Fragment key={index}>
      {index > 0 && node}
      {part}
    </Fragment>
  ));
}

/** A title may begin with "the practice server", which has no capital inside a sentence. A host name stays as it is. */
export function capital(title: string): string {
  return title.startsWith(i18n.t('frame.server.practice'))
    ? title.charAt(0).toLocaleUpperCase(i18n.language) + title.slice(1)
    : title;
}

/** What a notice says in one line. */
export const noticeTitle = (t: Words, notice: Notice): string =>
  notice.kind === 'newer-version'
    ? t(`frame.newer.${notice.stage.at}`, { version: notice.version })
    : t(`frame.notices.${notice.kind}.title`);
