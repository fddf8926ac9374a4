/**
 * @file Verified: who, for what, when. It says that somebody controls a mailbox, never who they are.
 */
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { type VerificationView } from '../../../shared/desk-view.ts';
import { useClock } from '../../bridge.ts';
import { exactTime, moment } from '../../i18n/time.ts';
import { Button } from '../../ui/button.tsx';
import { Card } from '../../ui/card.tsx';
import { Seal } from '../../ui/icon.tsx';
import { Note } from '../../ui/note.tsx';
import { Slip } from './slip.tsx';
import { useSteps } from './use-steps.ts';

/**
 * Many people press Enter after the last digit out of habit. The code was judged by itself by then, and that
 * Enter must not send them past the answer they were waiting for.
 */
const HABIT_MS = 500;

/** How long after the right code the screen says "now". */
const FRESH_MS = 120_000;

const GUESSES = ['first', 'second', 'third', 'fourth', 'fifth'] as const;

export function VerifiedPart({ verification }: { readonly verification: VerificationView }) {
  const { t, i18n } = useTranslation();
  const { practice } = verification;
  const { steps } = useSteps(verification.id);
  const next = useRef<HTMLButtonElement>(null);
  const shownAt = useRef(0);
  useEffect(() => {
    shownAt.current = performance.now();
    // The answer stays in view, also where there is room for little else.
    next.current?.focus({ preventScroll: true });
    next.current?.closest('.card')?.scrollIntoView({ block: 'start' });
  }, []);

  const endedAt = verification.endedAt ?? verification.expiresAt;
  // Looked at later, from the rail, it says what was so then.
  const then = useClock((now) => (now - endedAt < FRESH_MS ? null : moment(endedAt, now, i18n.language)));
  const time = exactTime(endedAt, i18n.language);
  const guess = GUESSES[verification.guessesAllowed - verification.guessesLeft - 1];
  return (
    <Card
      crest={<Seal />}
      tone="yes"
      actionFirst
      title={t('ended.verified.title')}
      {...(!practice && {
        lead: then === null ? t('ended.verified.text') : t('ended.verified.textThen', { time: then }),
      })}
    >
      {practice && (
        <Note tone="wait" title={t('ended.verified.practice')}>
          <p>{t('ended.verified.practiceText')}</p>
        </Note>
      )}
      <Button
        ref={next}
        kind="primary"
        shortcut={t('frame.keys.enter')}
        onClick={(event) => {
          // A click without a pointer is a key.
          const byKey = event.detail === 0;
          if (!byKey || performance.now() - shownAt.current > HABIT_MS) steps.next();
        }}
      >
        {t('ended.next')}
      </Button>
      <Slip
        verification={verification}
        at={
          guess === undefined
            ? time
            : t('ended.verified.atGuess', { time, guess: t(`ended.verified.guess.${guess}`) })
        }
      />
    </Card>
  );
}
