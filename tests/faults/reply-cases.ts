/**
 * @file Replies that are replaced by every code there is, doubled, split, late, cut off, or no replies at all; STARTTLS
 * stripped and injected. What the server's books say is what the claim is held against.
 */
import type { Security } from '../../src/shared/words.ts';
import type { Cause } from '../../src/shared/causes.ts';
import { makeCertificate } from '../integration/mail/certificates.ts';
import { WELL_BEHAVED } from '../integration/mail/smtp/scripted-peer.ts';
import { type Ability, type Event, startJudge, type Twist } from './judge.ts';
import { causesOf, confusedAt, REPLIES } from './reply-words.ts';
import { type Case, type Claim, impatienceFor, send } from './trial.ts';

const EVENTS = ['connect', 'EHLO', 'AUTH', 'MAIL', 'RCPT', 'DATA', 'body'] as const;
/** What takes the place of DATA and its message where all goes out at once. */
const FLIGHT_EVENTS = ['MAIL', 'RCPT', 'BDAT', 'RSET'] as const;

const MEGABYTE = 1_000_000;
const NOISE: readonly (readonly [string, string | Buffer])[] = [
  ['an HTTP answer', 'HTTP/1.1 302 Found\r\nLocation: http://portal.example/\r\n\r\n'],
  ['a POP3 greeting', '+OK ready\r\n'],
  ['an IMAP greeting', '* OK ready\r\n'],
  ['an SSH banner', 'SSH-2.0-OpenSSH_9.2\r\n'],
  ['NUL bytes', Buffer.alloc(64)],
  ['high bytes', Buffer.concat([Buffer.alloc(64, 0xff), Buffer.from('\r\n')])],
  ['empty lines', '\r\n\r\n\r\n'],
  ['bare line feeds', '250 2.0.0 x\n250 2.0.0 x\n'],
  ['a code without a text', '250\r\n'],
  ['a code of two digits', '25 x\r\n'],
  ['a code of four digits', '2500 x\r\n'],
  ['lines that disagree', '250-x\r\n550 5.1.1 x\r\n'],
  ['a reply that never ends', '250-x\r\n'],
  ['a megabyte in one line', `250 ${'x'.repeat(MEGABYTE)}\r\n`],
  ['a megabyte without an end', '2'.repeat(MEGABYTE)],
  ['a megabyte of lines', '250-x\r\n'.repeat(MEGABYTE / 7)],
];

const usualReply = WELL_BEHAVED as Readonly<Record<(typeof FLIGHT_EVENTS)[number], string>>;

/** The one right answer to an event: giving it is no fault. */
const usualCode: Readonly<Record<Event, string>> = {
  connect: '220',
  EHLO: '250',
  STARTTLS: '220',
  AUTH: '235',
  MAIL: '2',
  RCPT: '2',
  DATA: '354',
  body: '250',
  BDAT: '250',
  RSET: '250',
};

export function replyCases(stride: number): Case[] {
  const certificate = makeCertificate();
  const cases: Case[] = [];
  const add = (
    family: string,
    name: string,
    expected: Claim | null,
    causes: readonly Cause[],
    twist: Twist,
    options: {
      readonly security?: Security;
      readonly ability?: Ability;
      readonly impatient?: boolean;
    } = {},
  ) => {
    cases.push({
      family,
      name,
      expected,
      causes,
      run: async (recipient) => {
        const judge = await startJudge(twist, certificate, options);
        const outcome = await send(
          judge.server,
          recipient,
          options.impatient === true ? impatienceFor(expected) : {},
        );
        await judge.stop();
        return { outcome, accepted: judge.accepted, sawBody: judge.sawBody };
      },
    });
  };
  const on =
    (wanted: Event, answer: ReturnType<Twist>, connections: 'first' | 'every'): Twist =>
    (event, _usual, connection) =>
      event === wanted && (connections === 'every' || connection === 1) ? answer : undefined;

  for (const event of EVENTS) {
    for (const reply of REPLIES) {
      const fits = reply.startsWith(usualCode[event]) && event !== 'EHLO';
      const definite = /^[45]/u.test(reply);
      for (const connections of ['first', 'every'] as const) {
        // After the dot a no is a no, and what is neither is unknown. Before it the message is carried by a later
        // connection, or refused, and never unknown.
        const afterDot: Claim = fits ? 'accepted' : definite ? 'refused' : 'unknown';
        const before: Claim | null = fits ? 'accepted' : connections === 'every' ? 'refused' : null;
        const expected = event === 'body' ? afterDot : before;
        add(
          'reply replaced',
          `${reply} at ${event}, ${connections}`,
          expected,
          // A yes to EHLO that offers nothing is a yes.
          [...causesOf(event, reply), ...(event === 'EHLO' ? (['sign-in-not-offered'] as const) : [])],
          on(event, { bytes: `${reply}\r\n` }, connections),
        );
      }
    }
    // The second one is taken for the answer to the command behind it, until one of them does not fit.
    const doubled = [confusedAt(event), 'out-of-step', 'content-refused', 'sign-in-not-offered'] as const;
    add('reply doubled', event, null, doubled, (asked, usual) =>
      asked === event ? { bytes: usual + usual } : undefined,
    );
    add('reply doubled', `${event}, with a no after the dot`, null, doubled, (asked, usual) => {
      const said = asked === 'body' ? '554 5.7.1 x\r\n' : usual;
      return asked === event ? { bytes: said + said } : { bytes: said };
    });
    add('reply doubled', `${event}, the second late`, null, doubled, (asked, usual, connection) =>
      asked === event && connection === 1 ? { bytes: usual + usual, manner: 'bytewise' } : undefined,
    );
    add('reply split', event, 'accepted', [], (asked, usual) =>
      asked === event ? { bytes: usual, manner: 'bytewise' } : undefined,
    );
    add('reply late', event, 'accepted', [], (asked, usual) =>
      asked === event ? { bytes: usual, manner: 'late' } : undefined,
    );
    // Where the commands behind it are answered, the answers no longer fit.
    const missing = ['server-timeout', confusedAt(event), ...causesOf('RCPT', '503 5.5.1')] as const;
    add(
      'reply missing',
      `${event}, every`,
      event === 'body' ? 'unknown' : 'refused',
      missing,
      on(event, null, 'every'),
      { impatient: true },
    );
    add(
      'reply missing',
      `${event}, first`,
      event === 'body' ? 'unknown' : 'accepted',
      missing,
      on(event, null, 'first'),
      { impatient: true },
    );
    for (const [what, bytes] of NOISE) {
      // To MAIL and RCPT a first digit is enough of an answer (RFC 5321 §4.2.1): the verdict is asked for strictly.
      const enough = (event === 'MAIL' || event === 'RCPT') && /^2/u.test(bytes.toString('latin1'));
      const wellFormed = what === 'bare line feeds' || what === 'a code without a text';
      const expected: Claim | null = event === 'body' || wellFormed || enough ? null : 'refused';
      const causes = [confusedAt(event), 'out-of-step', 'server-timeout', 'sign-in-not-offered'] as const;
      add('garbage', `${what} at ${event}`, expected, causes, on(event, { bytes }, 'every'), {
        impatient: true,
      });
    }
  }
  // Every reply cut off at every byte of it.
  for (const event of EVENTS) {
    for (let at = 0; at < 90; at += stride) {
      add('reply cut off', `${event} at byte ${at}`, null, ['connection-lost'], (asked, usual) =>
        asked === event && at < usual.length ? { bytes: usual.slice(0, at), end: 'fin' } : undefined,
      );
      const refusal = '550-5.7.1 one\r\n550 5.7.1 two\r\n';
      // Before the sign-in, what is there of it is enough.
      const causes = ['connection-lost', ...causesOf(event, refusal)] as const;
      add('refusal cut off', `${event} at byte ${at}`, null, causes, (asked) =>
        asked === event && at < refusal.length ? { bytes: refusal.slice(0, at), end: 'fin' } : undefined,
      );
    }
  }
  const flight = { ability: 'chunking' } as const;
  for (const event of FLIGHT_EVENTS) {
    for (const reply of REPLIES) {
      // The server is right about MAIL, RCPT and the message; a no to RSET says that it is a reply ahead.
      const definite = /^[45]/u.test(reply) && event !== 'RSET';
      const yes = event === 'MAIL' || event === 'RCPT' ? reply.startsWith('2') : reply.startsWith('250');
      // What BDAT is not known for is tried once more, with DATA.
      const unknownCommand = event === 'BDAT' && /^50[0-4]/u.test(reply);
      const expected: Claim = yes || unknownCommand ? 'accepted' : definite ? 'refused' : 'unknown';
      // The address of the enhanced code is RCPT's, in the place of the verdict.
      add(
        'reply replaced in one flight',
        `${reply} at ${event}`,
        event === 'MAIL' || event === 'RCPT' ? (yes ? 'accepted' : definite ? 'refused' : null) : expected,
        causesOf(event, reply),
        on(event, { bytes: `${reply}\r\n` }, 'every'),
        flight,
      );
    }
    for (const verdict of ['250 2.0.0 taken', '554 5.7.1 x', '451 4.3.0 x'])
      for (const manner of ['whole', 'bytewise'] as const)
        add(
          'reply doubled in one flight',
          `${event}, ${manner}, with ${verdict}`,
          null,
          ['content-refused', 'busy'],
          (asked, usual) => {
            const said = asked === 'BDAT' ? `${verdict}\r\n` : usual;
            return asked === event ? { bytes: said + said, manner } : { bytes: said };
          },
          flight,
        );
    add(
      'reply late in one flight',
      event,
      'accepted',
      [],
      on(event, { bytes: usualReply[event], manner: 'late' }, 'every'),
      flight,
    );
    add('reply missing in one flight', event, null, [], on(event, null, 'every'), {
      ...flight,
      impatient: true,
    });
    for (const [what, bytes] of NOISE)
      add('garbage in one flight', `${what} at ${event}`, null, [], on(event, { bytes }, 'every'), {
        ...flight,
        impatient: true,
      });
  }
  add('all bytewise', 'every reply', 'accepted', [], (_asked, usual) => ({
    bytes: usual,
    manner: 'bytewise',
  }));
  add('all late', 'every reply', 'accepted', [], (_asked, usual) => ({ bytes: usual, manner: 'late' }));

  const starttls = { security: 'starttls' } as const;
  add('STARTTLS', 'offered and kept', 'accepted', [], () => undefined, starttls);
  for (const code of ['454 4.7.0 x', '500 x', '502 5.5.1 x', '503 x', '554 x', '250 x']) {
    const expected = code.startsWith('2') ? null : 'refused';
    add(
      'STARTTLS',
      `answered ${code}`,
      expected,
      ['tls-missing', 'tls-failed', 'server-timeout'],
      on('STARTTLS', { bytes: `${code}\r\n` }, 'every'),
      {
        ...starttls,
        impatient: true,
      },
    );
  }
  add(
    'STARTTLS',
    'stripped from the offer, with AUTH in plain text',
    'refused',
    ['tls-missing'],
    (asked) => {
      if (asked === 'EHLO') return { bytes: '250-peer\r\n250-PIPELINING\r\n250 AUTH PLAIN\r\n' };
      return asked === 'STARTTLS' ? { bytes: '502 5.5.1 x\r\n' } : undefined;
    },
    starttls,
  );
  for (const injected of ['250 x\r\n', '250-peer\r\n250 AUTH PLAIN\r\n', '235 2.7.0 x\r\n', 'x', '\r\n'])
    add(
      'STARTTLS',
      `${JSON.stringify(injected)} injected`,
      injected.trim() === '' ? null : 'refused',
      ['tls-injection', 'tls-failed', 'server-timeout'],
      on('STARTTLS', { bytes: `220 2.0.0 x\r\n${injected}` }, 'every'),
      { ...starttls, impatient: true },
    );
  add(
    'STARTTLS',
    'answered with noise',
    'refused',
    ['server-timeout', 'tls-failed', 'tls-missing'],
    on('STARTTLS', { bytes: Buffer.alloc(512, 7) }, 'every'),
    { ...starttls, impatient: true },
  );
  return cases;
}
