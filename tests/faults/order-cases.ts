/**
 * @file Answers in the wrong order or at the wrong time, from servers of three abilities: an answer and then the end of
 * the line; a verdict early, late, or once more in the next message; a 354 that is missing, doubled or in the place of
 * another reply; and a server that is slow at each reply. The claim and the cause must both be the right ones.
 */
import { makeCertificate } from '../integration/mail/certificates.ts';
import { WELL_BEHAVED } from '../integration/mail/smtp/scripted-peer.ts';
import type { Cause } from '../../src/shared/causes.ts';
import type { Timing } from '../../src/main/mail/smtp/timing.ts';
import { ABILITIES, type Ability, type Answer, type Event, startJudge, type Twist } from './judge.ts';
import { causesOf, NOES } from './reply-words.ts';
import { type Case, type Claim, sendAll } from './trial.ts';

/** What is asked of a server of this ability, in order. */
const eventsOf = (ability: Ability): readonly Event[] =>
  ability === 'chunking'
    ? ['EHLO', 'AUTH', 'MAIL', 'RCPT', 'BDAT', 'RSET']
    : ['EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'body'];

const usual = (event: Event): string => WELL_BEHAVED[event] ?? '';
const TAKEN = '250 2.0.0 taken\r\n';
const REFUSED = '554 5.7.1 x\r\n';

export function orderCases(): Case[] {
  const certificate = makeCertificate();
  const cases: Case[] = [];
  const add = (
    family: string,
    name: string,
    expected: Claim | null,
    causes: readonly Cause[],
    options: {
      readonly ability: Ability;
      /** Anew for each run: some count. */
      readonly twist: () => Twist;
      /** Messages that go before on the same line; each must be accepted, or known not to be. */
      readonly before?: number;
      readonly timing?: Partial<Timing>;
    },
  ) => {
    const { ability, twist, before = 0, timing = {} } = options;
    cases.push({
      family,
      name: `${name}, ${ability}`,
      expected,
      causes,
      run: async (recipient) => {
        const judge = await startJudge(twist(), certificate, { ability });
        const earlier = Array.from({ length: before }, () => recipient.replace('case', 'held'));
        const outcomes = await sendAll(judge.server, [...earlier, recipient], timing);
        await judge.stop();
        const outcome = outcomes.pop();
        if (outcome === undefined) throw new Error('nothing was sent');
        // A line that ends may take the message with it on its way.
        return { outcome, accepted: () => judge.accepted(recipient), sawBody: null };
      },
    });
  };

  for (const ability of ABILITIES) {
    const events = eventsOf(ability);
    for (const event of events) {
      for (const end of ['fin', 'rst'] as const) {
        const answer = (bytes: string) => (): Twist => (asked) =>
          asked === event ? { bytes, end } : undefined;
        const family = `an answer, then ${end.toUpperCase()}`;
        // A reset may overtake the answer. What went out in one flight is then unknown, and so is a verdict.
        const flown = ability === 'chunking' && ['MAIL', 'RCPT', 'BDAT', 'RSET'].includes(event);
        for (const reply of event === 'RSET' ? [] : NOES) {
          const unknownCommand = event === 'BDAT' && /^50[0-4]/u.test(reply);
          const causes = [
            ...causesOf(event, reply),
            ...(end === 'rst' ? (['connection-lost'] as const) : []),
          ];
          const expected = end === 'fin' && !unknownCommand ? 'refused' : null;
          add(family, `${reply} at ${event}`, expected, causes, { ability, twist: answer(`${reply}\r\n`) });
        }
        // A yes, and the end: what was asked next gets no answer.
        const isVerdict = event === 'body' || event === 'BDAT' || event === 'RSET';
        const claim: Claim = isVerdict ? 'accepted' : flown ? 'unknown' : 'refused';
        // Whether the message leaves before the end is noticed is a matter of moments.
        const either = end === 'rst' || event === 'DATA' || (ability === 'chunking' && event === 'AUTH');
        const twist = (): Twist => (asked, said) => (asked === event ? { bytes: said, end } : undefined);
        add(family, `a yes at ${event}`, either ? null : claim, ['connection-lost'], { ability, twist });
      }
    }

    const family = `slow at each reply`;
    const slow = (): Twist => (_asked, bytes) => ({ bytes, manner: 'late', lateMs: 700 });
    const limits = { replyMs: 1_500, keptReplyMs: 1_500 };
    add(family, 'a first message', 'accepted', [], { ability, twist: slow, timing: limits });
    add(family, 'a kept line', 'accepted', [], { ability, twist: slow, timing: limits, before: 1 });
  }

  // Early: what is said of a message that the server has not seen the end of is no verdict.
  for (const ability of ['plain', 'pipelining'] as const) {
    const at354 = (extra: string, then: Answer | null) => (): Twist => {
      return (asked, said) =>
        asked === 'DATA' ? { bytes: said + extra } : asked === 'body' ? then : undefined;
    };
    for (const [what, extra, then] of [
      ['a yes with the 354, then a no', TAKEN, { bytes: REFUSED }],
      ['a yes with the 354, then a yes', TAKEN, { bytes: TAKEN }],
      ['a no with the 354, then a yes', REFUSED, { bytes: TAKEN }],
      ['a yes with the 354, then nothing', TAKEN, null],
      ['two 354', usual('DATA'), { bytes: TAKEN }],
      ['two 354, then a no', usual('DATA'), { bytes: REFUSED }],
    ] as const)
      add('verdict early', what, 'refused', ['out-of-step'], { ability, twist: at354(extra, then) });
    add('354', 'missing, and the verdict after all', null, ['out-of-step', 'server-timeout'], {
      ability,
      twist: () => (asked) => (asked === 'DATA' ? null : undefined),
      timing: { replyMs: 1_500 },
    });
    for (const event of ['MAIL', 'RCPT'] as const)
      add('354', `in the place of the answer to ${event}`, 'refused', ['out-of-step'], {
        ability,
        twist: () => (asked) => (asked === event ? { bytes: usual('DATA') } : undefined),
      });
  }
  for (const [what, early, verdict] of [
    ['a yes, then a no', TAKEN, REFUSED],
    ['a no, then a yes', REFUSED, TAKEN],
    ['a yes, then a yes', TAKEN, TAKEN],
    ['a no, then a no', REFUSED, REFUSED],
  ] as const)
    for (const event of ['MAIL', 'RCPT'] as const)
      add(
        'verdict early',
        `${what}, with the answer to ${event}`,
        null,
        ['content-refused', 'sender-refused', 'recipient-refused'],
        {
          ability: 'chunking',
          twist: () => (asked, said) => {
            if (asked === event) return { bytes: said + early };
            return asked === 'BDAT' ? { bytes: verdict } : undefined;
          },
        },
      );

  for (const ability of ABILITIES) {
    const verdictOf = ability === 'chunking' ? 'BDAT' : 'body';
    add('verdict late', 'a yes', 'accepted', [], {
      ability,
      twist: () => (asked, bytes) =>
        asked === verdictOf ? { bytes, manner: 'late', lateMs: 200 } : undefined,
    });
    add('verdict late', 'a no', 'refused', ['content-refused'], {
      ability,
      twist: () => (asked) =>
        asked === verdictOf ? { bytes: REFUSED, manner: 'late', lateMs: 200 } : undefined,
    });
    // The first message's verdict once more: at once, or with an answer to the second message.
    for (const when of [verdictOf, 'MAIL', 'RCPT', 'DATA'] as const)
      for (const second of [TAKEN, REFUSED]) {
        if (when === 'DATA' && ability === 'chunking') continue;
        const twist = (): Twist => {
          let verdicts = 0;
          return (asked, said, connection) => {
            if (asked === verdictOf) {
              verdicts += 1;
              if (verdicts > 1) return { bytes: second };
              return when === verdictOf ? { bytes: said + said } : undefined;
            }
            return asked === when && verdicts === 1 && connection === 1 ? { bytes: TAKEN + said } : undefined;
          };
        };
        add(
          'verdict doubled in the next message',
          `with ${when}, then ${second.slice(0, 3)}`,
          null,
          ['content-refused', 'out-of-step'],
          { ability, twist, before: 1 },
        );
      }
  }
  return cases;
}
