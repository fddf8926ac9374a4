/**
 * @file A kept line that died before the click, without a word or with one. In one flight the whole message is out
 * before the first answer, so that it may go only over a line that is known to be alive: by the last reply, or because
 * the first letter of an address asked it.
 */
import type { Counting } from './counting.ts';
import type { Fault } from './line.ts';
import type { Case } from './trial.ts';
import { KEPT, KEPT_FLIGHT, openLine, serverAt, type Way } from './ways.ts';
import { sendAll } from './trial.ts';

const HOW = ['cut', 'reset', 'stall'] as const satisfies readonly Fault['how'][];
/** Of each, so that the table has numbers to compare. */
const TIMES = 10;
/** A line is given up as dead after this. */
const PATIENCE = { keptReplyMs: 1_500 };

export function deadCases(counting: Counting): Case[] {
  const of = (family: string, way: Way, aliveMs: number, expected: Case['expected']): Case[] =>
    HOW.flatMap((how) =>
      Array.from({ length: TIMES }, (_, time): Case => ({
        family,
        name: `${how}, ${time}`,
        expected,
        causes: [],
        run: async (recipient) => {
          const line = await openLine(counting, way, {});
          const outcomes = await sendAll(
            serverAt(line, way, counting),
            [recipient.replace('case', 'held'), recipient],
            { ...PATIENCE, aliveMs },
            (index) => {
              if (index === 1) line.strikeAll(how);
            },
          );
          await line.stop();
          const outcome = outcomes.pop();
          if (outcome === undefined) throw new Error('nothing was sent');
          return { outcome, accepted: () => counting.accepted(recipient), sawBody: null };
        },
      })),
    );
  return [
    ...of('dead before the click', KEPT, -1, 'accepted'),
    // Silent for longer than it counts as alive: MAIL goes first.
    ...of('dead before the click, one flight', KEPT_FLIGHT, -1, 'accepted'),
    // It answered a moment ago, and died since. An end that is noticed is no loss; a silent one is unknown.
    ...of('died since it answered, one flight', KEPT_FLIGHT, 60_000, null),
  ];
}
