/**
 * @file The code screen: ask, type, done. The page judges nothing: every complete or doubtful text goes to main
 * as it was typed, and main counts the guess before it compares.
 */
import { useEffect, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type VerificationView } from '../../../shared/desk-view.ts';
import { type EpochMs } from '../../../shared/words.ts';
import { useClock } from '../../bridge.ts';
import { HERE, requestLine, withNode } from '../../i18n/phrases.tsx';
import { shareLeft } from '../../i18n/spans.ts';
import { clockTime, MINUTE, shownLeft, timeLeft } from '../../i18n/time.ts';
import { useAnnounce } from '../../ui/announce.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Fault } from '../../ui/fault.tsx';
import { Icon } from '../../ui/icon.tsx';
import { AddressText } from '../../ui/address-text.tsx';
import { CodeSlots } from '../../ui/slots.tsx';
import { HintNote } from '../address/hints.tsx';
import { SendSteps } from './send-steps.tsx';
import { DeliveryNote } from './delivery-note.tsx';
import { ResendChoices } from './resend.tsx';
import { useCodeEntry } from './use-code-entry.ts';
import './code.css';

interface CodePartProps {
  readonly verification: VerificationView;
  readonly otherMail: 'earlier' | 'newer' | null;
}

export function CodePart({ verification, otherMail }: CodePartProps) {
  const { t, i18n } = useTranslation();
  const { codeLength, sentTo, delivery } = verification;
  const field = useRef<HTMLInputElement>(null);
  const entry = useCodeEntry(verification, field);
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
      {otherMail !== null && verification.sends > 0 && (
        <p className="other-mail">
          <Icon name="mail" />
          {t(`code.otherMail.${otherMail}`, { time: clockTime(sentAt(verification), i18n.language) })}
        </p>
      )}
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          entry.judge();
        }}
      >
        <CodeSlots
          ref={field}
          length={codeLength}
          slots={entry.slots}
          onEnter={entry.enter}
          onSlots={entry.move}
          label={t('code.field')}
          describedBy={entry.fault === null ? `${ids}-hint` : `${ids}-fault ${ids}-hint`}
          invalid={entry.fault !== null}
          busy={entry.busy}
        />
        {entry.fault !== null && <Fault key={entry.told} id={`${ids}-fault`} text={entry.fault} />}
        {entry.held && <p className="hint">{t('code.notSent')}</p>}
        <p className="unseen" id={`${ids}-hint`}>
          {t('code.fieldHint', { count: codeLength })}
        </p>
        {entry.waits && (
          <Button kind="primary" type="submit" busy={entry.busy} shortcut={t('frame.keys.enter')}>
            {t('code.check')}
          </Button>
        )}
      </form>
      <Facts verification={verification} />
      <ResendChoices verification={verification} onSent={() => field.current?.focus()} />
    </Card>
  );
}

/** When its mail went out, as far as that is known. */
const sentAt = ({ delivery, openedAt }: VerificationView): EpochMs =>
  delivery.state === 'accepted' ? delivery.at : openedAt;

function Facts({ verification }: { readonly verification: VerificationView }) {
  const { t, i18n } = useTranslation();
  const { openedAt, expiresAt } = verification;
  const left = useClock((now) => shownLeft(expiresAt - now));
  const share = useClock((now) => shareLeft(expiresAt - now, expiresAt - openedAt));
  // From here on the time is counted in seconds, and said aloud once.
  const short = left < MINUTE;
  const announce = useAnnounce();
  useEffect(() => {
    if (short) announce(t('announced.lastMinute'));
  }, [short, announce, t]);
  return (
    <div className="facts" data-short={short || undefined}>
      <div className="facts-time" aria-hidden="true">
        <i style={{ transform: `scaleX(${share})` }} />
      </div>
      <p>
        {t('code.goodUntil', { time: clockTime(expiresAt, i18n.language) })}
        <span className="facts-left">{t('code.left', { time: timeLeft(left, i18n.language) })}</span>
      </p>
      <p data-last={verification.guessesLeft === 1 || undefined}>
        {t('code.guesses', { count: verification.guessesLeft })}
      </p>
    </div>
  );
}
