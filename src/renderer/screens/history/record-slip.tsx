/** @file One record whole, as it is shown beside the list and printed, with what can be done with it. */
import { Fragment, useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { type RecordView } from '../../../shared/history.ts';
import { type Result } from '../../../shared/result.ts';
import { type EpochMs } from '../../../shared/words.ts';
import { bridge, useOneAtATime, useView } from '../../bridge.ts';
import { Trouble } from '../../frame/trouble.tsx';
import { type AnyProblem, requestLine, signInText } from '../../i18n/phrases.tsx';
import { exactTime, zonedTime } from '../../i18n/time.ts';
import { AddressText } from '../../ui/address-text.tsx';
import { useAnnounce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Confirm } from '../../ui/dialog.tsx';
import { Seal } from '../../ui/icon.tsx';
import { Note } from '../../ui/note.tsx';
import { ReceiptDialog } from './receipt-dialog.tsx';
import { RecordNote } from './record-note.tsx';
import { forgetNote } from './unsaved-notes.ts';
import './record-slip.css';

interface RecordSlipProps {
  readonly record: RecordView;
  readonly onErased: () => void;
}

export function RecordSlip({ record, onErased }: RecordSlipProps) {
  const { t, i18n } = useTranslation();
  const announce = useAnnounce();
  const { busy, run } = useOneAtATime();
  const [problem, setProblem] = useState<AnyProblem | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const [asking, setAsking] = useState<'receipt' | 'erase' | null>(null);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const { id, receipt, state, endedAt } = record;
  const { businessName } = useView();

  const say = (text: string) => {
    setSaid(text);
    announce(text);
  };
  /** Does it, and says how it went; that it was called off needs no word. */
  const act = <T,>(work: () => Promise<Result<T, AnyProblem>>, words: (value: T) => string) =>
    run(async () => {
      setProblem(null);
      setSaid(null);
      const answer = await work();
      if (answer.ok) say(words(answer.value));
      else if (answer.problem.code !== 'called-off') setProblem(answer.problem);
    });
  const erase = () =>
    run(async () => {
      const answer = await bridge.history.erase({ address: record.sentTo });
      setAsking(null);
      if (!answer.ok) {
        setProblem(answer.problem);
        return;
      }
      forgetNote(id);
      announce(t('history.erase.done', { count: answer.value.records }));
      onErased();
      void bridge.history.show({ id: null });
    });

  return (
    <section className="record-slip card" aria-label={record.reference}>
      <p className="record-desk" aria-hidden="true">
        <bdi>{businessName}</bdi>
      </p>
      {record.practice && <p className="record-practice">{t('history.practice')}</p>}
      {state === 'verified' && <Seal />}
      <h2 ref={heading} tabIndex={-1}>
        {t(`history.states.${state}`)}
      </h2>
      {state === 'verified' && endedAt !== null && (
        <p className="lead">
          {t('history.claim', {
            day: longDay(endedAt, i18n.language),
            time: zonedTime(endedAt, i18n.language),
          })}
        </p>
      )}
      <Facts record={record} />
      <RecordNote record={record} />
      <div className="record-actions">
        <Button
          busy={busy}
          onClick={() =>
            act(
              () => bridge.history.copy({ id }),
              ({ line }) => t('history.copied', { line }),
            )
          }
        >
          {t('history.copy')}
        </Button>
        <Button
          busy={busy}
          onClick={() =>
            act(
              () => bridge.history.print({ id }),
              () => t('history.printed'),
            )
          }
        >
          {t('history.print')}
        </Button>
        <Button
          busy={busy}
          onClick={() =>
            act(
              () => bridge.history.savePdf({ id }),
              () => t('history.saved'),
            )
          }
        >
          {t('history.savePdf')}
        </Button>
        {receipt !== null && (
          <Button busy={busy} onClick={() => setAsking('receipt')}>
            {t('history.saveReceipt')}
          </Button>
        )}
        <Button kind="quiet" onClick={() => void bridge.history.show({ id: null })}>
          {t('history.close')}
        </Button>
        <Button kind="quiet" unavailable={busy} onClick={() => setAsking('erase')}>
          {t('history.erase.open')}
        </Button>
      </div>
      <Trouble problem={problem} />
      {said !== null && (
        <Note tone="yes">
          <p>{said}</p>
        </Note>
      )}
      <p className="record-signature" aria-hidden="true">
        {t('history.signature')}
      </p>
      {asking === 'receipt' && receipt !== null && (
        <ReceiptDialog
          id={id}
          receipt={receipt}
          onSaved={() => {
            setAsking(null);
            say(t('history.saved'));
          }}
          onClose={() => setAsking(null)}
        />
      )}
      {asking === 'erase' && (
        <Confirm
          title={t('history.erase.title')}
          confirm={t('history.erase.confirm')}
          cancel={t('settings.keep')}
          busy={busy}
          onConfirm={erase}
          onClose={() => setAsking(null)}
        >
          <p>{t('history.erase.text', { address: record.sentTo })}</p>
          <p>{t('history.erase.stays')}</p>
        </Confirm>
      )}
    </section>
  );
}

/** "25 November 2026". */
const longDay = (at: EpochMs, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(at);

function Facts({ record }: { readonly record: RecordView }) {
  const { t, i18n } = useTranslation();
  const { receipt, operator, caseNote } = record;
  const time = (at: number) => `${longDay(at, i18n.language)}, ${zonedTime(at, i18n.language)}`;
  const plain = (text: string | null) => (text === null || text === '' ? null : <bdi>{text}</bdi>);
  const facts: readonly (readonly [label: string, value: ReactNode])[] = [
    [t('history.facts.address'), <AddressText key="address" address={record.sentTo} />],
    [t('history.facts.entered'), record.entered.trim() === record.sentTo ? null : plain(record.entered)],
    [t('history.facts.for'), plain(requestLine(t, record.request))],
    [t('history.facts.opened'), time(record.openedAt)],
    [t('history.facts.ended'), record.endedAt === null ? null : time(record.endedAt)],
    [
      t('history.facts.guesses'),
      t('history.guesses', { used: record.guessesUsed, allowed: record.guessesAllowed }),
    ],
    [
      t('history.facts.mails'),
      record.mails.map(({ at, delivery }) => (
        <span key={at} className="record-mail">
          {t('history.mail', {
            time: exactTime(at, i18n.language),
            what: t(`history.deliveries.${delivery.state}`),
          })}
        </span>
      )),
    ],
    [t('history.facts.account'), plain(signInText(t, record.sentBy))],
    [t('history.facts.operator'), plain(operator)],
    [t('history.facts.ticket'), plain(caseNote.ticket)],
    [t('history.facts.note'), plain(caseNote.text)],
    [
      t('history.facts.reference'),
      <span key="reference" className="reference">
        {record.reference}
      </span>,
    ],
    [t('history.facts.receipt'), receipt === null ? null : t('history.receipt', { n: receipt.n })],
    [t('history.facts.key'), receipt === null ? null : <code key="key">{receipt.key}</code>],
  ];
  return (
    <dl className="slip">
      {facts.map(
        ([label, value]) =>
          value !== null && (
            <Fragment key={label}>
              <dt>{label}</dt>
              <dd>{value}</dd>
            </Fragment>
          ),
      )}
    </dl>
  );
}
