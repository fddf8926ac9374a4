/**
 * @file A conversation cut or reset at every byte, each way: inside TLS, where it is known which claim is the right
 * one, for a first message, behind STARTTLS and on a kept line, with DATA and in one flight; in the plain text before STARTTLS; and on the wire,
 * where records, tickets and signatures have no fixed length and every true claim will do.
 */
import type { Counting } from './counting.ts';
import { type Landmarks, rightClaim, rightClaimEveryTime } from './landmarks.ts';
import type { Direction, Fault } from './line.ts';
import type { Case, Claim } from './trial.ts';
import { FIRST, FLIGHT, KEPT, KEPT_FLIGHT, marksOf, STARTTLS, struck, WIRE } from './ways.ts';

const DIRECTIONS: readonly Direction[] = ['to-server', 'to-client'];
type Cut = Exclude<Fault['how'], 'stall'>;
/**
 * A reset strikes at every byte of a first message inside TLS and of the plain text before STARTTLS. Elsewhere it
 * meets the same states of the conversation again, and every landmark with each tenth byte will do.
 */
const RESET_AGAIN = 10;

/** Every byte from one on to the end, or a sample: each landmark with its neighbours, at any stride. */
function bytesFrom(from: number, marks: Landmarks, direction: Direction, stride: number): number[] {
  const turns = direction === 'to-server' ? [marks.bodyFrom, marks.bodyTo] : [marks.goAhead, marks.verdict];
  const near = [...turns, marks.plain[direction]].flatMap((mark) => [mark - 1, mark, mark + 1]);
  const all = Array.from({ length: marks.length[direction] - from + 1 }, (_, index) => from + index);
  return all.filter((at) => at % stride === 0 || near.includes(at));
}

/** A line that ends behind the answer that lets the message go: it may have left by then or not, and either is true. */
const isTorn = ({ goAhead }: Landmarks, direction: Direction, at: number): boolean =>
  direction === 'to-client' && at === goAhead;

/** A reset may overtake what the client has not read yet, too: where that is a turn, either claim is right. */
function rightAfter(how: Cut, marks: Landmarks, direction: Direction, at: number): Claim | null {
  const { verdict, flight } = marks;
  const overtaken =
    direction === 'to-client' && how === 'reset' && (at === verdict || (flight && at > verdict));
  return overtaken || isTorn(marks, direction, at) ? null : rightClaim(marks, direction, at);
}

export async function cutCases(counting: Counting, stride: number): Promise<Case[]> {
  const [ofFirst, ofStarttls, ofKept, ofFlight, ofKeptFlight] = [
    await marksOf(counting, FIRST),
    await marksOf(counting, STARTTLS),
    await marksOf(counting, KEPT),
    await marksOf(counting, FLIGHT),
    await marksOf(counting, KEPT_FLIGHT),
  ];

  const casesOf = (how: Cut, direction: Direction): Case[] => {
    const again = how === 'reset' ? stride * RESET_AGAIN : stride;
    const fault = (at: number): Fault => ({ direction, at, how, connections: 'first' });
    const every = (at: number): Fault => ({ ...fault(at), connections: 'every' });
    const plain = ofStarttls.plain[direction];
    // What ends the message before is not part of this one; a cut behind it leaves a line that died while it was kept.
    const behind = (marks: Landmarks) =>
      marks.from[direction] + (how === 'cut' && direction === 'to-client' ? 0 : 1);
    // What comes before the flight is cut there already.
    const flightFrom = direction === 'to-server' ? ofFlight.bodyFrom : ofFlight.goAhead;
    const ofPlain = bytesFrom(0, ofStarttls, direction, stride).filter((at) => at <= plain);
    // On the wire TLS adds its handshake and some bytes a record; a session longer than this is not cut at all.
    const onWire = Array.from({ length: ofFirst.length[direction] + 3_000 }, (_, at) => at);
    return [
      ...bytesFrom(0, ofFirst, direction, stride).map((at) =>
        struck(counting, `${how} inside TLS`, FIRST, fault(at), rightAfter(how, ofFirst, direction, at)),
      ),
      ...(how === 'cut' ? bytesFrom(0, ofFirst, direction, stride * 10) : []).map((at) =>
        struck(
          counting,
          'cut inside TLS, every time',
          FIRST,
          every(at),
          isTorn(ofFirst, direction, at) ? null : rightClaimEveryTime(ofFirst, direction, at),
        ),
      ),
      ...ofPlain.map((at) =>
        struck(
          counting,
          `${how} before STARTTLS`,
          STARTTLS,
          fault(at),
          rightClaim(ofStarttls, direction, at),
        ),
      ),
      ...ofPlain.map((at) =>
        struck(counting, `${how} before STARTTLS, every time`, STARTTLS, every(at), 'refused'),
      ),
      ...bytesFrom(plain + 1, ofStarttls, direction, again).map((at) =>
        struck(
          counting,
          `${how} behind STARTTLS`,
          STARTTLS,
          fault(at),
          rightAfter(how, ofStarttls, direction, at),
        ),
      ),
      ...bytesFrom(behind(ofKept), ofKept, direction, again).map((at) =>
        struck(counting, `${how} on a kept line`, KEPT, fault(at), rightAfter(how, ofKept, direction, at)),
      ),
      ...bytesFrom(flightFrom, ofFlight, direction, stride).map((at) =>
        struck(counting, `${how} in one flight`, FLIGHT, fault(at), rightAfter(how, ofFlight, direction, at)),
      ),
      ...bytesFrom(behind(ofKeptFlight), ofKeptFlight, direction, again).map((at) =>
        struck(
          counting,
          `${how} in one flight on a kept line`,
          KEPT_FLIGHT,
          fault(at),
          rightAfter(how, ofKeptFlight, direction, at),
        ),
      ),
      ...onWire
        .filter((at) => at % again === 0)
        .map((at) => struck(counting, `${how} on the wire`, WIRE, fault(at), null)),
    ];
  };
  return (['cut', 'reset'] as const).flatMap((how) =>
    DIRECTIONS.flatMap((direction) => casesOf(how, direction)),
  );
}
