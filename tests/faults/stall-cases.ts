/**
 * @file A line that goes dead without ending: at each reply, and before, in the middle of and behind each command and
 * at the turns of the body; for a first message, with STARTTLS, and on a kept line.
 */
import type { Counting } from './counting.ts';
import { type Landmarks, rightClaim, rightClaimEveryTime } from './landmarks.ts';
import type { Direction, Fault } from './line.ts';
import type { Case } from './trial.ts';
import { FIRST, FLIGHT, KEPT, KEPT_FLIGHT, marksOf, STARTTLS, struck, type Way } from './ways.ts';

/** From where the message begins: to stall behind the one before it is to stall that one. */
function placesIn({ from, commands, replies, bodyFrom, bodyTo }: Landmarks): Record<Direction, number[]> {
  const starts = [from['to-server'], ...commands];
  const middles = commands.map((end, index) => Math.floor(((starts[index] ?? end) + end) / 2));
  const ofBody = [bodyFrom + 1, Math.floor((bodyFrom + bodyTo) / 2), bodyTo - 3, bodyTo - 1, bodyTo];
  return {
    'to-server': [...new Set([...middles, ...commands, ...ofBody])],
    'to-client': [...new Set([from['to-client'], ...replies])],
  };
}

export async function stallCases(counting: Counting): Promise<Case[]> {
  const cases: Case[] = [];
  for (const [family, way, connections] of [
    ['stall', FIRST, 'first'],
    ['stall, every time', FIRST, 'every'],
    ['stall with STARTTLS', STARTTLS, 'first'],
    ['stall with STARTTLS, every time', STARTTLS, 'every'],
    ['stall on a kept line', KEPT, 'first'],
    ['stall in one flight', FLIGHT, 'first'],
    ['stall in one flight on a kept line', KEPT_FLIGHT, 'first'],
  ] as const satisfies (readonly [string, Way, Fault['connections']])[]) {
    const marks = await marksOf(counting, way);
    const right = connections === 'first' ? rightClaim : rightClaimEveryTime;
    const places = placesIn(marks);
    for (const direction of ['to-server', 'to-client'] as const)
      for (const at of places[direction]) {
        const fault: Fault = { direction, at, how: 'stall', connections };
        // Silence where RSET is to be answered: on a first line, this may have been its answer.
        const doubtful = marks.flight && direction === 'to-client' && at === marks.verdict;
        cases.push(struck(counting, family, way, fault, doubtful ? null : right(marks, direction, at)));
      }
  }
  return cases;
}
