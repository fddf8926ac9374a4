/**
 * @file Everything at once: servers that do something wrong at any moment, drawn from a seed, to couriers that keep
 * their lines. A message that met no fault must be accepted; a refusal must be put down to a fault that it met.
 */
import type { Cause } from '../../src/shared/causes.ts';
import { makeCertificate } from '../integration/mail/certificates.ts';
import { ABILITIES, type Answer, type Event, startJudge, type Twist } from './judge.ts';
import { causesOf, confusedAt, NOES, REPLIES } from './reply-words.ts';
import { type Case, sendAll } from './trial.ts';

/** Messages of one courier to one server. */
const MESSAGES = 10;
/** How often an answer is no honest one. */
const SHARE = 0.08;
/** A silence is waited for; so few of the faults are one. */
const SILENCES = 0.02;
const SILENCE_MS = 1_500;

/** Numbers from 0 to 1 that are the same for a seed (mulberry32). */
function numbersFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Met {
  readonly answer: Answer | null;
  readonly causes: readonly Cause[];
  /** The no that it says, which a reply too many or too few puts into the place of another one. */
  readonly no?: string;
}

/** What a refusal may be put down to after these faults. */
function causesAfter(met: readonly Met[]): readonly Cause[] {
  const causes = met.flatMap((one) => one.causes);
  if (!causes.includes('out-of-step')) return causes;
  const shifted = met.flatMap(({ no }) =>
    no === undefined ? [] : ENVELOPE.flatMap((event) => causesOf(event, no)),
  );
  return [...causes, ...shifted];
}
const ENVELOPE = ['MAIL', 'RCPT', 'DATA', 'body'] as const;

const NOISE = ['HTTP/1.1 400 Bad Request\r\n', '+OK\r\n', '25\r\n', '250-a\r\n550 b\r\n', '\0\r\n'];

/** A fault, and what a refusal because of it may be put down to. */
function draw(random: () => number, event: Event, usual: string): Met {
  const of = <T>(list: readonly T[]): T => {
    const chosen = list[Math.floor(random() * list.length)];
    if (chosen === undefined) throw new Error('nothing to choose from');
    return chosen;
  };
  const confused = [confusedAt(event), 'out-of-step', 'sign-in-not-offered'] as const;
  const no = of(NOES);
  const any = of(REPLIES);
  const end = of(['fin', 'rst'] as const);
  if (random() < SILENCES) return { answer: null, causes: ['server-timeout', ...confused] };
  return of<Met>([
    { answer: { bytes: `${no}\r\n` }, causes: causesOf(event, no), no },
    { answer: { bytes: `${any}\r\n` }, causes: [...causesOf(event, any), ...confused], no: any },
    { answer: { bytes: `${no}\r\n`, end }, causes: [...causesOf(event, no), 'connection-lost'], no },
    { answer: { bytes: usual, end }, causes: ['connection-lost'] },
    // Half a reply, and the end.
    {
      answer: { bytes: usual.slice(0, Math.floor(random() * usual.length)), end },
      causes: ['connection-lost'],
    },
    { answer: { bytes: usual + usual }, causes: confused },
    { answer: { bytes: usual + usual, manner: 'bytewise' }, causes: confused },
    { answer: { bytes: `${no}\r\n${no}\r\n` }, causes: [...causesOf(event, no), ...confused], no },
    { answer: { bytes: usual, manner: 'bytewise' }, causes: [] },
    { answer: { bytes: usual, manner: 'late', lateMs: random() * 50 }, causes: [] },
    { answer: { bytes: of(NOISE) }, causes: [...confused, 'server-timeout'] },
    // What is said of the message with the answer before it.
    ...(event === 'DATA' || event === 'RCPT'
      ? [
          {
            answer: { bytes: `${usual}${of(['250 2.0.0 early', '554 5.7.1 early'])}\r\n` },
            causes: [...confused, ...causesOf('body', '554 5.7.1')],
          },
        ]
      : []),
  ]);
}

export function stormCases(messages: number, seed: number): Case[] {
  const certificate = makeCertificate();
  return Array.from({ length: Math.ceil(messages / MESSAGES) }, (_, desk): Case => ({
    family: 'storm',
    name: `seed ${seed + desk}`,
    expected: null,
    causes: [],
    run: async (recipient) => {
      const random = numbersFrom(seed + desk);
      const ability = ABILITIES[desk % ABILITIES.length] ?? 'plain';
      /** The faults that each message met. */
      const met: Met[][] = [];
      const twist: Twist = (event, usual) => {
        if (random() >= SHARE) return undefined;
        const fault = draw(random, event, usual);
        met.at(-1)?.push(fault);
        return fault.answer;
      };
      const judge = await startJudge(twist, certificate, { ability });
      const recipients = Array.from({ length: MESSAGES }, (_unused, n) =>
        recipient.replace('case', `s-${n}`),
      );
      const limits = {
        replyMs: SILENCE_MS,
        keptReplyMs: SILENCE_MS,
        greetingMs: SILENCE_MS,
        verdictMs: SILENCE_MS,
      };
      const outcomes = await sendAll(
        judge.server,
        recipients,
        // Half of the lines count as quiet, so that MAIL goes first there.
        { ...limits, signInPauseMs: 1, aliveMs: desk % 2 === 0 ? 60_000 : -1 },
        () => void met.push([]),
      );
      await judge.stop();
      return outcomes.map((outcome, index) => ({
        outcome,
        accepted: () => judge.accepted(recipients[index]),
        sawBody: null,
        // With those that the message before left behind on the line.
        causes: causesAfter([...(met[index - 1] ?? []), ...(met[index] ?? [])]),
      }));
    },
  }));
}
