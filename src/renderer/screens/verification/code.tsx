/**
 * @file The code screen: ask, type, done. The page judges nothing: every complete or doubtful text goes to main
 * as it was typed, and main counts the guess before it compares.
 */
import { useEffect, useId, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { type VerificationView } from '../../../shared/desk-view.ts';
import { bridge, useNow, useOneAtATime, useView } from '../../bridge.ts';
import { HERE, problemText, requestLine, withNode } from '../../i18n/phrases.tsx';
import { clockTime, timeLeft } from '../../i18n/time.ts';
import { useAnnounce } from '../../ui/announce.ts';
import { Card } from '../../ui/card.tsx';
import { Icon } from '../../ui/icon.tsx';
import { AddressText } from '../../ui/address-text.tsx';
import { Slots } from '../../ui/slots.tsx';
import { charactersOf, digitsOf } from '../../ui/typed-code.ts';
import { HintNote } from '../address/hints.tsx';
import { SendSteps } from './send-steps.tsx';
import { DeliveryNote } from './delivery-note.tsx';
import { ResendChoices } from './resend.tsx';
import './code.css';

export function CodePart({ verification }: { readonly verification: VerificationView }) {
  const { t } = useTranslation();
  const { id, codeLength, sentTo, delivery } = verification;
  const field = useRef<HTMLInputElement>(null);
  const entry = useCodeEntry(id, codeLength, field);
  const ids = useId();
  const title = t(
    delivery.state === 'sending' && verification.sends <= 1 ? 'code.titleSending' : 'code.title',
    {
      address: HERE,
    },
  );
  return (
    <Card
      title={withNode(title, HERE, <AddressText address={sentTo} />)}
      lead={<bdi>{requestLine(t, verification.request)}</bdi>}
    >
      <SendSteps delivery={delivery} />
      {verification.hints.map((hint) => (
        <HintNote key={hint.kind} hint={hint} />
      ))}
      <DeliveryNote verification={verification} />
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          entry.judge();
        }}
      >
        <Slots
          ref={field}
          length={codeLength}
          value={entry.value}
          onText={entry.take}
          label={t('code.field')}
          describedBy={`${ids}-fault ${ids}-hint`}
          invalid={entry.fault !== null}
          busy={entry.busy}
        />
        <p className="fault" id={`${ids}-fault`}>
          {entry.fault !== null && (
            <>
              <Icon name="caution" />
              {entry.fault}
            </>
          )}
        </p>
        <p className="unseen" id={`${ids}-hint`}>
          {t('code.fieldHint', { count: codeLength })}
        </p>
      </form>
      <Facts verification={verification} />
      <ResendChoices verification={verification} onSent={() => field.current?.focus()} />
    </Card>
  );
}

interface CodeEntry {
  readonly value: string;
  readonly fault: string | null;
  readonly busy: boolean;
  /** Takes what stands in the input or was pasted. */
  readonly take: (raw: string) => void;
  /** Enter: has main judge what is there. */
  readonly judge: () => void;
}

function useCodeEntry(id: string, wanted: number, field: RefObject<HTMLInputElement | null>): CodeEntry {
  const { t, i18n } = useTranslation();
  const view = useView();
  const announce = useAnnounce();
  const { busy, run } = useOneAtATime();
  const [value, setValue] = useState('');
  const [fault, setFault] = useState<string | null>(null);

  useEffect(() => field.current?.focus(), [field]);

  const check = (code: string) =>
    run(async () => {
      const answer = await bridge.verification.check({ id, code });
      const told = !answer.ok
        ? problemText(t, answer.problem, view.now, i18n.language)
        : answer.value.outcome === 'wrong'
          ? t('code.wrong', { count: answer.value.guessesLeft })
          : null;
      // Every other outcome has a screen of its own, which main shows.
      if (answer.ok) setValue('');
      setFault(told);
      if (told !== null) announce(told);
      field.current?.focus();
    });

  const take = (raw: string) => {
    const digits = digitsOf(raw, wanted);
    if (digits !== null) {
      setValue(digits);
      setFault(null);
    }
    if (digits === null || charactersOf(digits).length === wanted) check(raw);
  };

  // Enter twice on the address screen ends here with nothing typed: that is no question.
  const judge = () => {
    if (value !== '') check(value);
  };

  return { value, fault, busy, take, judge };
}

function Facts({ verification }: { readonly verification: VerificationView }) {
  const { t, i18n } = useTranslation();
  const now = useNow();
  const left = Math.max(0, verification.expiresAt - now);
  const share = left / Math.max(1, verification.expiresAt - verification.openedAt);
  return (
    <div className="facts" data-short={left < 60_000 || undefined}>
      <div className="facts-time" aria-hidden="true">
        <i style={{ transform: `scaleX(${share.toFixed(4)})` }} />
      </div>
      <p>
        {t('code.goodUntil', { time: clockTime(verification.expiresAt, i18n.language) })}
        <span className="facts-left">{t('code.left', { time: timeLeft(left, i18n.language) })}</span>
      </p>
      <p data-last={verification.guessesLeft === 1 || undefined}>
        {t('code.guesses', { count: verification.guessesLeft })}
      </p>
    </div>
  );
}
