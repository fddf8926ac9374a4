/**
 * @file What the answers to one message mean, over every way in which a server, or what is between, can repeat, add and
 * lose them: no claim may ever be false.
 */
import { describe, expect, it } from 'vitest';
import { compose } from '../../../../src/main/mail/message/compose.ts';
import type { Capabilities } from '../../../../src/main/mail/smtp/capabilities.ts';
import type { Conversation } from '../../../../src/main/mail/smtp/conversation.ts';
import { parseReply } from '../../../../src/main/mail/smtp/reply.ts';
import { type Form, type Sent, stuffed, transact } from '../../../../src/main/mail/smtp/transaction.ts';
import { letter, SENDER } from '../letter.ts';

const CAPABLE: Capabilities = {
  pipelining: true,
  chunking: true,
  smtpUtf8: false,
  size: true,
  maxBytes: null,
  auth: ['PLAIN'],
};
const message = await compose(letter(), SENDER);

/** What the server said of the message before. */
const AGAIN = '250 2.0.0 Ok: queued as 3Abc';

/** What was sent, and replies as if all of them had been on their way since the commands were. */
interface Wire {
  readonly conversation: Conversation;
  readonly sent: string[];
}

/** `after`: what the server says once so many writes have come. `cutShort`: behind that the line ends. */
function wire(after: readonly (readonly string[])[], cutShort = false): Wire {
  const sent: string[] = [];
  const due: string[] = [];
  let ended = false;
  const conversation: Conversation = {
    open: () => !ended,
    answeredAt: () => 0,
    begin: () => true,
    surplus: () => due.length > 0,
    next: () => {
      const said = due.shift();
      const reply = said === undefined ? null : parseReply(`${said}\r\n`);
      if (said === undefined) ended = true;
      return Promise.resolve(reply === null ? { reply, error: 'CLOSED' } : { reply, error: null });
    },
    more: () => {
      if (due.length === 0 && cutShort) ended = true;
      return Promise.resolve(due.length > 0);
    },
    write: (bytes) => {
      due.push(...(after[sent.length] ?? []));
      sent.push(bytes.toString());
      return Promise.resolve();
    },
    rest: () => undefined,
    destroy: () => undefined,
  };
  return { conversation, sent };
}

const send = (
  { conversation }: Wire,
  form: Form,
  server: Capabilities = CAPABLE,
  onLeaving: () => Promise<void> = () => Promise.resolve(),
): Promise<Sent> =>
  transact(conversation, {
    message,
    form,
    server,
    earlier: { verdict: `${AGAIN}\r\n`, reset: null },
    limits: { firstMs: 1, replyMs: 1, verdictMs: 1 },
    onLeaving,
    onDataSent: () => undefined,
  });

/** Real ones, with enhanced codes and without. */
const DIALECTS = {
  Postfix: {
    mail: '250 2.1.0 Ok',
    rcpt: '250 2.1.5 Ok',
    taken: '250 2.0.0 Ok: queued as 4Xyz',
    reset: '250 2.0.0 Ok',
    noRcpt: '554 5.5.1 Error: no valid recipients',
  },
  Exim: {
    mail: '250 OK',
    rcpt: '250 Accepted',
    taken: '250 OK id=1u7abc-0000-XY',
    reset: '250 Reset OK',
    noRcpt: '503 valid RCPT command must precede BDAT',
  },
} as const;
type Dialect = (typeof DIALECTS)[keyof typeof DIALECTS];

interface Told {
  readonly name: string;
  /** What the server answers to MAIL, RCPT, BDAT and RSET, in order. */
  readonly replies: readonly string[];
  readonly took: boolean;
}

/** What an honest server says to one flight, by where it says no. */
const honest = ({ mail, rcpt, taken, reset, noRcpt }: Dialect): readonly Told[] => [
  { name: 'taken', replies: [mail, rcpt, taken, reset], took: true },
  { name: 'sender refused', replies: ['550 5.7.1 no', noRcpt, noRcpt, reset], took: false },
  { name: 'sender deferred', replies: ['451 4.3.0 no', noRcpt, noRcpt, reset], took: false },
  { name: 'recipient refused', replies: [mail, '550 5.1.1 no', noRcpt, reset], took: false },
  { name: 'recipient deferred', replies: [mail, '450 4.7.1 no', noRcpt, reset], took: false },
  { name: 'message refused', replies: [mail, rcpt, '554 5.7.1 no', reset], took: false },
  { name: 'message deferred', replies: [mail, rcpt, '451 4.3.0 no', reset], took: false },
  { name: 'BDAT unknown', replies: [mail, rcpt, '500 5.5.2 what', '500 5.5.2 what', reset], took: false },
];

/** Every pattern of replies that come once or twice. */
function repeated({ name, replies, took }: Told): Told[] {
  return Array.from({ length: 2 ** replies.length }, (_, pattern) => ({
    name: `${name}, doubled ${pattern.toString(2).padStart(replies.length, '0')}`,
    replies: replies.flatMap((reply, index) => ((pattern >> index) & 1 ? [reply, reply] : [reply])),
    took,
  }));
}

/** The verdict's opposite in front of it, before the server has seen the message. */
function early({ name, replies, took }: Told): Told[] {
  const opposite = took ? '554 5.7.1 early' : '250 2.0.0 early';
  return name.startsWith('taken') || name.startsWith('message')
    ? [{ name: `${name}, ${opposite}`, replies: replies.toSpliced(2, 0, opposite), took }]
    : [];
}

/** Something that the server had left to say of the message before. */
const late = ({ name, replies, took }: Told, said = [AGAIN, '554 5.7.1 no', '421 4.3.2 bye']): Told[] =>
  said.map((stale) => ({
    name: `${name}, behind ${stale}`,
    replies: [stale, ...replies],
    took,
  }));

/** The end of the line behind any of its replies. */
const cut = ({ name, replies, took }: Told): Told[] =>
  replies.map((_, length) => ({
    name: `${name}, cut at ${length}`,
    replies: replies.slice(0, length),
    took,
  }));

const isFalse = ({ took }: Told, { outcome }: Sent) =>
  (outcome === 'accepted' && !took) || (outcome === 'refused' && took);

describe('one flight, answered like Postfix and like Exim', () => {
  const plain = Object.values(DIALECTS).flatMap(honest);

  it('is read as the server means it', async () => {
    for (const told of plain) {
      const sent = await send(wire([told.replies]), 'one-flight');
      expect([told.name, sent.outcome]).toEqual([told.name, told.took ? 'accepted' : 'refused']);
    }
  });

  it('is never claimed falsely, with any replies doubled, added in front, or told too early [T-smtp-in-step]', async () => {
    const all = plain.flatMap((told) => [...repeated(told), ...early(told), ...late(told)]);
    for (const told of all)
      expect([
        told.name,
        told.replies,
        isFalse(told, await send(wire([told.replies]), 'one-flight')),
      ]).toEqual([told.name, told.replies, false]);
    expect(all.length).toBeGreaterThan(300);
  });

  it('is never claimed falsely when the line ends behind any of those replies', async () => {
    // A no and then the end is a no: that the no was for an accepted message before it, only the rest would tell.
    const all = plain.flatMap((told) => [...repeated(told), ...late(told, [AGAIN])]).flatMap(cut);
    for (const told of all)
      expect([told.replies, isFalse(told, await send(wire([told.replies], true), 'one-flight'))]).toEqual([
        told.replies,
        false,
      ]);
    expect(all.length).toBeGreaterThan(1_200);
  });

  it('that ends behind a definite answer is not unknown', async () => {
    const { mail, rcpt, taken } = DIALECTS.Exim;
    const outcomeOf = async (...replies: string[]) => (await send(wire([replies]), 'one-flight')).outcome;
    expect(await outcomeOf(mail, rcpt, taken)).toBe('accepted');
    expect(await outcomeOf(mail, '550 5.1.1 no')).toBe('refused');
    expect(await outcomeOf('451 4.7.1 later')).toBe('refused');
    expect(await outcomeOf(mail, rcpt, '554 5.7.1 no')).toBe('refused');
    for (const replies of [[], [mail], [mail, rcpt]]) expect(await outcomeOf(...replies)).toBe('unknown');
  });
});

describe('one flight', () => {
  it('of a server that says the same to everything is believed when nothing more comes, and DATA is used then', async () => {
    const ok = '250 OK';
    expect(await send(wire([[ok, ok, ok, ok]]), 'one-flight')).toMatchObject({
      outcome: 'accepted',
      useData: true,
    });
    expect(await send(wire([[ok, ok, ok, ok, ok]]), 'one-flight')).toEqual({
      outcome: 'unknown',
      useData: true,
    });
  });

  it('says where the no was, and asks for DATA where BDAT is not known', async () => {
    const { mail, rcpt, reset, noRcpt } = DIALECTS.Postfix;
    const refused = await send(wire([[mail, '550 5.1.1 no', noRcpt, reset]]), 'one-flight');
    expect(refused).toMatchObject({ failure: { step: 'recipient', reply: { code: 550 } }, judged: false });
    const content = await send(wire([[mail, rcpt, '554 5.7.1 no', reset]]), 'one-flight');
    expect(content).toMatchObject({ failure: { step: 'message' }, judged: true });
    for (const code of ['500 5.5.2', '502 5.5.1', '503 5.5.1', '504 5.5.4']) {
      const what = await send(wire([[mail, rcpt, `${code} what`, reset]]), 'one-flight');
      expect(what).toMatchObject({ outcome: 'refused', judged: false, useData: true });
    }
  });

  it('carries the message as it is, with its length, and RSET behind it', async () => {
    const line = wire([[]]);
    await send(line, 'one-flight');
    const { length } = message.source;
    expect(line.sent).toEqual([
      `MAIL FROM:<${SENDER.address}> SIZE=${length}\r\nRCPT TO:<mia.keller@example.com>\r\n` +
        `BDAT ${length} LAST\r\n${message.source.toString()}RSET\r\n`,
    ]);
  });

  it('on a line that may be dead goes out behind the answer to MAIL, and not at all without one', async () => {
    const { mail, rcpt, taken, reset } = DIALECTS.Postfix;
    const alive = wire([[mail], [rcpt, taken, reset]]);
    expect(await send(alive, 'mail-first')).toMatchObject({ outcome: 'accepted' });
    expect(alive.sent.map((bytes) => bytes.slice(0, 4))).toEqual(['MAIL', 'RCPT']);
    for (const said of [[], ['421 4.4.2 idle too long'], [mail, mail]]) {
      const dead = wire([said]);
      expect((await send(dead, 'mail-first')).outcome).toBe('refused');
      expect(dead.sent).toHaveLength(1);
    }
  });
});

describe('DATA', () => {
  const { mail, rcpt, taken } = DIALECTS.Postfix;
  const go = '354 go on';
  const envelope = [mail, rcpt, go];

  it.each([
    ['taken', [envelope, [], [taken]], 'accepted'],
    ['refused', [envelope, [], ['554 5.7.1 no']], 'refused'],
    ['answered before the message was out, and not again', [envelope, [taken], []], 'unknown'],
    [
      'answered before the message was out, and refused then',
      [envelope, [taken], ['554 5.7.1 no']],
      'unknown',
    ],
    ['refused before the message was out, and taken then', [envelope, ['554 no'], [taken]], 'unknown'],
    ['answered with another 354', [envelope, [], [go]], 'unknown'],
    ['answered with a success that is not the message’s', [envelope, [], ['221 2.0.0 bye']], 'unknown'],
    ['not answered', [envelope, [], []], 'unknown'],
  ] as const)('%s', async (_what, after, outcome) => {
    expect((await send(wire(after), 'data')).outcome).toBe(outcome);
  });

  it.each([
    ['a verdict with the 354', [...envelope, taken], 'data'],
    ['two 354', [...envelope, go], 'data'],
    ['a doubled answer to MAIL', [mail, ...envelope], 'data'],
    ['a doubled answer to RCPT', [mail, rcpt, rcpt, go], 'data'],
    ['354 in the place of RCPT’s answer', [mail, go], 'recipient'],
    ['no 354', [mail, rcpt], 'data'],
    ['a no to MAIL, and the end', ['550 5.7.1 no'], 'sender'],
    ['a no to RCPT, and the end', [mail, '451 4.7.1 later'], 'recipient'],
    ['a no to RCPT, and a 354 all the same', [mail, '550 5.1.1 no', go], 'recipient'],
  ])('sends nothing of the message after %s', async (_what, said, step) => {
    const line = wire([said]);
    expect(await send(line, 'data')).toMatchObject({ outcome: 'refused', failure: { step }, judged: false });
    expect(line.sent).toHaveLength(1);
  });

  it('asks for one thing after the other where PIPELINING is not offered', async () => {
    const line = wire([[mail], [rcpt], [go], [], [taken]]);
    expect((await send(line, 'data', { ...CAPABLE, pipelining: false })).outcome).toBe('accepted');
    expect(line.sent.map((bytes) => bytes.slice(0, 4))).toEqual([
      'MAIL',
      'RCPT',
      'DATA',
      message.source.subarray(0, 4).toString(),
      '.\r\n',
    ]);
  });

  it('sends a dot at the start of a line twice, and always ends a line', () => {
    const text = '.a\r\n..b\r\nc.\r\n.';
    expect(stuffed(Buffer.from(text)).toString()).toBe('..a\r\n...b\r\nc.\r\n..\r\n');
  });
});

describe('what cannot be handed over', () => {
  it.each([
    ['an address that would end its command', 'mia@example.com>\r\nRSET', 'INTERNAL'],
    ['an international address without SMTPUTF8', 'mía@example.com', 'NO_SMTPUTF8'],
  ])('%s is not sent', async (_what, to, error) => {
    const line = wire([[]]);
    const { conversation } = line;
    const sent = await transact(conversation, {
      message: { ...message, envelope: { ...message.envelope, to: [to] } },
      form: 'one-flight',
      server: CAPABLE,
      earlier: { verdict: null, reset: null },
      limits: { firstMs: 1, replyMs: 1, verdictMs: 1 },
      onLeaving: () => Promise.resolve(),
      onDataSent: () => undefined,
    });
    expect(sent).toMatchObject({ outcome: 'refused', failure: { error } });
    expect(line.sent).toEqual([]);
  });
});

describe('before the last byte leaves', () => {
  const { mail, rcpt, taken, reset } = DIALECTS.Postfix;
  /** What the server says to each write, by form. */
  const forms: readonly (readonly [Form, readonly (readonly string[])[]])[] = [
    ['data', [[mail, rcpt, '354 Go ahead'], [], [taken]]],
    ['one-flight', [[mail, rcpt, taken, reset]]],
    ['mail-first', [[mail], [rcpt, taken, reset]]],
  ];
  /** Whether a server could take what was sent for a whole message. */
  const isWhole = (sent: readonly string[]): boolean => /LAST\r\n|\r\n\.\r\n$/u.test(sent.join(''));

  it.each(forms)('(%s) the sender is asked, and waited for [T-leaving-asked]', async (form, replies) => {
    const line = wire(replies);
    const order: string[] = [];
    const sent = await send(line, form, CAPABLE, async () => {
      await Promise.resolve();
      order.push(isWhole(line.sent) ? 'it had left' : 'it had not left');
    });
    expect(sent.outcome).toBe('accepted');
    expect(order).toEqual(['it had not left']);
    expect(isWhole(line.sent)).toBe(true);
  });

  it.each(forms)(
    '(%s) a sender that fails keeps it from leaving [T-leaving-stays]',
    async (form, replies) => {
      const line = wire(replies);
      const sent = await send(line, form, CAPABLE, () => Promise.reject(new Error('disk full')));
      expect(sent).toMatchObject({ outcome: 'refused', failure: { error: 'INTERNAL' } });
      expect(isWhole(line.sent)).toBe(false);
    },
  );
});
