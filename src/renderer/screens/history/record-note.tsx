/** @file The ticket and the note of a record: they stay at the desk, can be changed, and keep their earlier wordings. */
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type CaseNote, NOTE_LENGTH, type RecordView } from '../../../shared/history.ts';
import { bridge, useOneAtATime, useView } from '../../bridge.ts';
import { type AnyProblem } from '../../i18n/phrases.tsx';
import { moment } from '../../i18n/time.ts';
import { Trouble } from '../../frame/trouble.tsx';
import { useAnnounce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Fold } from '../../ui/fold.tsx';
import { useFaultFocus } from '../../ui/focus.ts';
import { forgetNote, keepNote, unsavedNote } from './unsaved-notes.ts';

export function RecordNote({ record }: { readonly record: RecordView }) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(unsavedNote(record.id) !== null);
  return (
    <div className="record-note">
      {editing ? (
        <NoteForm
          record={record}
          onClose={() => {
            forgetNote(record.id);
            setEditing(false);
          }}
        />
      ) : (
        <Button kind="quiet" onClick={() => setEditing(true)}>
          {t('history.note.edit')}
        </Button>
      )}
      <Earlier record={record} />
    </div>
  );
}

function NoteForm({ record, onClose }: { readonly record: RecordView; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const id = useId();
  const announce = useAnnounce();
  const { busy, run } = useOneAtATime();
  const { form } = useFaultFocus();
  const [note, setNote] = useState(unsavedNote(record.id) ?? record.caseNote);
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  useEffect(() => form.current?.querySelector('input')?.focus(), [form]);
  const change = (next: CaseNote) => {
    setNote(next);
    keepNote(record.id, next);
  };
  const save = () =>
    run(async () => {
      const answer = await bridge.history.note({ id: record.id, note });
      if (answer.ok) {
        announce(t('history.note.saved'));
        onClose();
      } else setProblem(answer.problem);
    });
  return (
    <form
      ref={form}
      noValidate
      aria-label={t('history.note.title')}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <Field
        label={t('history.facts.ticket')}
        value={note.ticket}
        maxLength={NOTE_LENGTH.ticket}
        onValue={(ticket) => change({ ...note, ticket })}
      />
      <div className="field">
        <label htmlFor={id}>{t('history.facts.note')}</label>
        <textarea
          id={id}
          rows={3}
          dir="auto"
          value={note.text}
          maxLength={NOTE_LENGTH.text}
          aria-describedby={`${id}-hint`}
          onChange={(event) => change({ ...note, text: event.currentTarget.value })}
        />
        <p className="hint" id={`${id}-hint`}>
          {t('history.note.text')}
        </p>
      </div>
      <Trouble problem={problem} />
      <div className="pin-actions">
        <Button type="submit" busy={busy}>
          {t('history.note.save')}
        </Button>
        <Button kind="quiet" unavailable={busy} onClick={onClose}>
          {t('history.note.cancel')}
        </Button>
      </div>
    </form>
  );
}

function Earlier({ record: { earlierNotes } }: { readonly record: RecordView }) {
  const { t, i18n } = useTranslation();
  const { now } = useView();
  if (earlierNotes.length === 0) return null;
  return (
    <Fold title={t('history.note.earlier')}>
      <ul>
        {earlierNotes.map(({ note, at, by }) => (
          <li key={at}>
            <p className="hint">
              {by === null
                ? t('history.note.at', { time: moment(at, now, i18n.language) })
                : t('history.note.by', { time: moment(at, now, i18n.language), name: by })}
            </p>
            <p className="record-earlier">
              <bdi>{[note.ticket, note.text].filter(Boolean).join(' · ') || t('history.note.empty')}</bdi>
            </p>
          </li>
        ))}
      </ul>
    </Fold>
  );
}
