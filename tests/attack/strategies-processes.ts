/** @file Attacks with real processes: killed between counting and answering, and two on one file. */
import type { StartReceipt } from '../../src/shared/problems.ts';
import type { Result } from '../../src/shared/result.ts';
import { defaultChoices } from '../../src/shared/choices.ts';
import { randomCode, type Strategy, withProfile } from './strategy.ts';
import { startVictim, type Victim } from './victim-process.ts';

const { guesses: PER_VERIFICATION } = defaultChoices('server');

/** A guess that is wrong passes thirteen points, from taking the lock to giving it back; a second one follows. */
const POINTS_OF_A_GUESS = Array.from({ length: 26 }, (_, n) => n + 1);

const compared = (victim: Victim) => victim.said.filter(({ say }) => say === 'comparing').length;

async function openOne(
  victim: Victim,
  address = 'maria@example.test',
): Promise<{ readonly id: string; readonly code: string }> {
  await victim.ready();
  const started = await victim.order({ do: 'start', address, what: 'x' });
  // The victim answers a start order with what the verifier answered.
  const answer = started?.answer as Result<StartReceipt, unknown> | undefined;
  if (started === null || answer?.ok !== true) throw new Error('the victim did not start a verification');
  return { id: answer.value.id, code: started.code ?? '' };
}

/** How many of what the victims said came of a guess that was right. */
const verifiedBy = (victims: readonly Victim[]) =>
  victims
    .flatMap(({ said }) => said)
    .filter((one) => one.say === 'done' && JSON.stringify(one.answer).includes('"verified"')).length;

/** Two programs on one store, each of which guesses half of `most` times at the same verification. */
const racing = (
  codes: string,
  most: number,
  codeOf: (right: string) => string,
  successBound: number | null,
): Strategy => ({
  name: `two processes on one store, ${codes}`,
  run: (size) =>
    withProfile(async (folder) => {
      const [first, second] = [startVictim(folder), startVictim(folder)];
      const victims = [first, second];
      const { id, code } = await openOne(first);
      await second.ready();
      const each = Math.min(size, most) / 2;
      for (let n = 0; n < each; n += 1) {
        for (const victim of victims) victim.send({ do: 'check', id, code: codeOf(code) });
      }
      await Promise.all(victims.map((victim) => victim.stop()));
      const judged = victims.reduce((sum, victim) => sum + compared(victim), 0);
      const successes = verifiedBy(victims);
      return { tried: each * 2, judged, successes, bound: PER_VERIFICATION, successBound };
    }),
});

export const PROCESSES: readonly Strategy[] = [
  {
    name: 'killed (SIGKILL) at every point of a guess',
    run: async () => {
      const victims: Victim[] = [];
      const guess = (victim: Victim, id: string, times: number) => {
        victims.push(victim);
        for (let n = 0; n < times; n += 1) victim.send({ do: 'check', id, code: randomCode() });
      };
      // A store for each: together they would come to the bound of all guesses of a day.
      for (const dieAt of POINTS_OF_A_GUESS) {
        await withProfile(async (folder) => {
          const first = startVictim(folder);
          const { id } = await openOne(first);
          await first.stop();
          const second = startVictim(folder, dieAt, 'ready');
          guess(second, id, 3);
          if (!(await second.gone)) throw new Error('the victim outlived its guess');
          const third = startVictim(folder);
          guess(third, id, 9);
          await third.stop();
        });
      }
      return {
        tried: POINTS_OF_A_GUESS.length * 12,
        judged: victims.reduce((sum, victim) => sum + compared(victim), 0),
        successes: verifiedBy(victims),
        bound: POINTS_OF_A_GUESS.length * PER_VERIFICATION,
        successBound: null,
      };
    },
  },
  racing('wrong codes', 2_000, () => randomCode(), null),
  racing('right codes', 1_000, (code) => code, 1),
];
