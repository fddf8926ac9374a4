/** @file The policy of the processes that are killed, and of what looks at their records afterwards. */
import { type Choices, defaultChoices, RANGES } from '../../src/shared/choices.ts';

/** As much guessing in a day as there can be: a folder outlives ten of them. */
export const VICTIMS_POLICY: Choices = { ...defaultChoices('server'), deskOneIn: RANGES.deskOneIn.min };
