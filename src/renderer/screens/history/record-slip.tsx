/** @file One record whole, as it is shown beside the list and printed, with what can be done with it. */
import { Fragment, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { type RecordView } from '../../../shared/history.ts';
import { bridge, useOneAtATime } from '../../bridge.ts';
import { Trouble } from '../../frame/trouble.tsx';
import { type AnyProblem, requestLine, signInText } from '../../i18n/phrases.tsx';
import { exactTime } from '../../i18n/time.ts';
import { useAnnounce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';

export function RecordSlip({ record }: { readonly record: RecordView }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { busy, run } = useOneAtATime();
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const { id, receipt } = record;

  /** Does it, and says how it went; that it was called off needs no word. */
  const act = (
    work: () => ReturnType<typeof bridge.history.savePdf | typeof bridge.history.copy>,
    said: string,
  ) =>
    run(async () => {
      setProblem(null);
      const answer = await work();
      if (answer.ok) announce(said);
      else if (answer.problem.code !== 'called-off') setProblem(answer.problem);
    });

  return (
    <section className="record-slip" aria-label={record.reference}>
      {record.practice && <p className="record-practice">{t('history.practice')}</p>}
      <h2>{t(`history.states.${record.state}`)}</h2>
      <Facts record={record} />
      <NoteForm record={record} />
      <div className="record-actions">
        <Button busy={busy} onClick={() => act(() => bridge.history.copy({ id }), t('history.copied'))}>
          {t('history.copy')}
        </Button>
        {receipt !== null && (
          <Button
            busy={busy}
            onClick={() =>
              act(() => bridge.history.saveReceipt({ id, show: receipt.canShow }), t('history.saved'))
            }
          >
            {t('history.saveReceipt')}
          </Button>
        )}
        <Button busy={busy} onClick={() => act(() => bridge.history.savePdf({ id }), t('history.saved'))}>
          {t('history.savePdf')}
        </Button>
        <Button busy={busy} onClick={() => act(() => bridge.history.print({ id }), t('history.printed'))}>
          {t('history.print')}
        </Button>
        <Button busy={busy} onClick={() => void bridge.history.show({ id: null })}>
          {t('history.close')}
        </Button>
      </div>
      <Trouble problem={problem} />
      <p className="record-signature">{t('history.signature')}</p>
    </section>
  );
}

function Facts({ record }: { readonly record: RecordView }) {
  const { t, i18n } = useTranslation();
  const { receipt, operator, caseNote } = record;
  const time = (at: number) =>
    `${new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' }).format(at)}, ${exactTime(at, i18n.language)}`;
  const facts: readonly (readonly [string, string | null])[] = [
    [t('history.facts.address'), record.sentTo],
    [t('history.facts.for'), requestLine(t, record.request)],
    [t('history.facts.opened'), time(record.openedAt)],
    [t('history.facts.ended'), record.endedAt === null ? null : time(record.endedAt)],
    [
      t('history.facts.guesses'),
      t('history.guesses', { used: record.guessesUsed, allowed: record.guessesAllowed }),
    ],
    [t('history.facts.mails'), String(record.mails.length)],
    [t('history.facts.account'), signInText(t, record.sentBy)],
    [t('history.facts.operator'), operator],
    [t('history.facts.ticket'), caseNote.ticket === '' ? null : caseNote.ticket],
    [t('history.facts.note'), caseNote.text === '' ? null : caseNote.text],
    [t('history.facts.reference'), record.reference],
    [t('history.facts.receipt'), receipt === null ? null : t('history.receipt', { n: receipt.n })],
    [t('history.facts.key'), receipt === null ? null : receipt.key],
  ];
  return (
    <dl className="slip">
      {facts.map(
        ([label, value]) =>
          value !== null && (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </Fragment>
          ),
      )}
    </dl>
  );
}

/** The ticket and the note stay at the desk; earlier wordings are kept. */
function NoteForm({ record }: { readonly record: RecordView }) {
  const { t } = useTranslation();
  const announce = useAnnounce();
  const { busy, run } = useOneAtATime();
  const [note, setNote] = useState(record.caseNote);
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const same = note.ticket === record.caseNote.ticket && note.text === record.caseNote.text;
  const save = (event: SubmitEvent) => {
    event.preventDefault();
    run(async () => {
      const answer = await bridge.history.note({ id: record.id, note });
      setProblem(answer.ok ? null : answer.problem);
      if (answer.ok) announce(t('history.noted'));
    });
  };
  return (
    <form className="record-note" onSubmit={save} noValidate>
      <Field
        label={t('history.facts.ticket')}
        value={note.ticket}
        onValue={(ticket) => setNote({ ...note, ticket })}
      />
      <Field
        label={t('history.facts.note')}
        value={note.text}
        onValue={(text) => setNote({ ...note, text })}
      />
      {record.earlierNotes.length > 0 && (
        <ul className="record-earlier" aria-label={t('history.earlier')}>
          {record.earlierNotes.map(({ note: earlier, at }) => (
            <li key={at}>
              <bdi>{[earlier.ticket, earlier.text].filter(Boolean).join(' · ') || t('history.empty')}</bdi>
            </li>
          ))}
        </ul>
      )}
      <Trouble problem={problem} />
      <Button type="submit" busy={busy} unavailable={same}>
        {t('history.saveNote')}
      </Button>
    </form>
  );
}
