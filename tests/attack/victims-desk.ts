/** @file The desk of the processes that are killed, and of what looks at their records afterwards. */
import { randomBytes } from 'node:crypto';
import { type Choices, defaultChoices, RANGES } from '../../src/shared/choices.ts';
import { systemClock } from '../../src/main/system/clock.ts';
import type { openVerifier } from '../../src/main/verification/open-verifier.ts';
import { senderAt } from '../fakes/scene.ts';

/** As much guessing in a day as there can be: a folder outlives ten of them. */
const POLICY: Choices = { ...defaultChoices('server'), deskOneIn: RANGES.deskOneIn.min };

type Parts = Parameters<typeof openVerifier>[0];

/** All that a verifier is opened with, but for what a kill can strike. */
export const VICTIMS_DESK: Omit<Parts, 'file' | 'vault' | 'timers' | 'post'> = {
  clock: systemClock,
  random: { bytes: (length) => randomBytes(length) },
  sender: () => senderAt('desk@clinic.example'),
  waits: false,
  practice: false,
  operator: () => null,
  app: 'Countersign 0.0.0',
  policy: () => POLICY,
  keepDays: () => 30,
  onChange: () => undefined,
  onDamaged: () => undefined,
  report: (error) => {
    throw error;
  },
};
