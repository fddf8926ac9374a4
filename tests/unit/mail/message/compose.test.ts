/** @file What the message says and what it can never be made to say, read back with a parser of mail. */
import { requestOf, requestWith } from '../../../../src/shared/request.ts';
import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, it } from 'vitest';
import { parseAddress } from '../../../../src/main/address/parse.ts';
import { compose, type ComposeOptions } from '../../../../src/main/mail/message/compose.ts';
import type { Letter } from '../../../../src/main/ports/mail.ts';
import { letter, SENDER } from '../letter.ts';

const read = async (changes: Partial<Letter> = {}, name = SENDER.name, options: ComposeOptions = {}) => {
  const message = await compose(letter(changes), { ...SENDER, name }, { timeZone: 'UTC', ...options });
  const mail = await simpleParser(message.source, { skipHtmlToText: true, skipTextToHtml: true });
  return { message, mail, text: mail.text ?? '', html: mail.html === false ? '' : (mail.html ?? '') };
};

/** The header section as lines, folded ones joined. */
const headersOf = (source: Buffer): string[] =>
  (source.toString('utf8').split('\r\n\r\n')[0] ?? '').replaceAll(/\r\n[ \t]/gu, ' ').split('\r\n');
const namesOf = (source: Buffer): string[] =>
  headersOf(source)
    .map((line) => (line.split(':')[0] ?? '').toLowerCase())
    .sort();
const ALWAYS = [
  'auto-submitted',
  'content-type',
  'date',
  'from',
  'message-id',
  'mime-version',
  'subject',
  'to',
  'x-auto-response-suppress',
  'x-entity-ref-id',
];

/** Properties compose hundreds of messages; a busy machine takes its time. */
const PROPERTY = { timeout: 120_000 };

describe('the message', () => {
  it('carries the same code in the subject, the text and one text node of the HTML', async () => {
    const { mail, text, html } = await read();
    expect(mail.subject).toBe('409313 is your code for Harbour Clinic (until 14:14)');
    expect(text.match(/409313/gu)).toHaveLength(1);
    expect(html.match(/>409313</gu)).toHaveLength(1);
    expect(html.replaceAll(/<title>.*<\/title>/gu, '').match(/409313/gu)).toHaveLength(1);
  });

  it('puts the text before the HTML', async () => {
    const { message } = await read();
    const source = message.source.toString('utf8');
    expect(source).toContain('multipart/alternative');
    expect(source.indexOf('text/plain')).toBeGreaterThan(0);
    expect(source.indexOf('text/plain')).toBeLessThan(source.indexOf('text/html'));
  });

  it('says until when, as clock time and as minutes, who may have the code, and what to do otherwise [T-compose-until]', async () => {
    const { text, html } = await read();
    for (const form of [text, html]) {
      expect(form).toContain('14:14 (10 minutes)');
      expect(form).toContain('Only give this code to staff at Harbour Clinic');
      expect(form).toContain('If you did not ask for this, ignore this message.');
      expect(form).toContain('C7-4KQ2-91');
    }
  });

  it('never promises more time than there is', async () => {
    const sent = letter();
    const { text } = await read({ expiresAt: sent.sentAt + 239_999 });
    expect(text).toContain('(3 minutes)');
    expect((await read({ expiresAt: sent.sentAt + 30_000 })).text).toContain('(1 minute)');
  });

  it('shows the amount and the payee of a payment, and the desk’s own words for another purpose [T-compose-purpose]', async () => {
    const payment = await read({ request: requestOf('payment', { amount: '€49.90', payee: 'Noor & Søn' }) });
    expect(payment.text).toContain('Amount: €49.90');
    expect(payment.text).toContain('Payee: Noor & Søn');
    expect(payment.html).toContain('€49.90');
    expect(payment.html).toContain('Noor &amp; Søn');
    const other = await read({ request: requestOf('other', { what: 'Collecting a parcel' }) });
    expect(other.text).toContain('For: Collecting a parcel');
    expect(other.html).toContain('Collecting a parcel');
  });

  it('shows an own purpose and its details by the owner’s names, also where one is called like one of ours', async () => {
    const own = await read({
      request: requestWith('Home <visit>', ['amount', 'Door'], { amount: '2 h', Door: '4' }),
    });
    expect(own.text).toContain('For: Home <visit>\namount: 2 h\nDoor: 4\n');
    expect(own.html).toContain('Home &lt;visit&gt;');
    expect(own.html).not.toContain('Home <visit>');
  });

  it('leaves the code out of the subject when the desk wants it so', async () => {
    const { mail } = await read({}, SENDER.name, { codeInSubject: false });
    expect(mail.subject).toBe('Your code for Harbour Clinic (until 14:14)');
  });

  it('tells two mails apart by their subjects, with the code in it or not', async () => {
    const expiresAt = Date.UTC(2026, 10, 24, 13, 17);
    for (const codeInSubject of [true, false]) {
      const one = await read({}, SENDER.name, { codeInSubject });
      const other = await read({ expiresAt }, SENDER.name, { codeInSubject });
      expect(one.mail.subject).not.toBe(other.mail.subject);
    }
  });

  it('says the desk’s own sentence in both forms, once, and nothing in its place without one', async () => {
    const { text, html } = await read({}, SENDER.name, { sentence: 'Second floor, left & up.' });
    expect(text.match(/Second floor, left & up\./gu)).toHaveLength(1);
    expect(html.match(/>Second floor, left &amp; up\.</gu)).toHaveLength(1);
    expect((await read({}, SENDER.name, { sentence: '' })).text).toBe((await read()).text);
  });

  it('is marked with the language it is written in, and with its direction', async () => {
    expect((await read()).html).toContain('<html lang="en" dir="ltr">');
  });

  it('asks for no automatic answer, names its own Message-ID and date, and does not say what made it [T-compose-automatic]', async () => {
    const { message, mail } = await read();
    expect(namesOf(message.source)).toEqual(ALWAYS);
    expect(headersOf(message.source)).toContain('Auto-Submitted: auto-generated');
    expect(mail.messageId).toBe(letter().messageId);
    expect(mail.date?.getTime()).toBe(letter().sentAt);
  });

  it('adds an OTP-Token bound to the desk’s origin only when the desk has one', async () => {
    const { message } = await read({}, SENDER.name, { origin: 'https://harbourclinic.example' });
    expect(headersOf(message.source)).toContain(
      'OTP-Token: "409313"; origin="https://harbourclinic.example"',
    );
    expect(namesOf((await read()).message.source)).not.toContain('otp-token');
  });

  it('holds no link, no image and no script [T-compose-plain]', async () => {
    const { html } = await read();
    expect(html).not.toMatch(/<(?:a|img|script|link|iframe|object|form|input|svg)\b/iu);
    expect(html).not.toMatch(/https?:|url\(|@import|src=/iu);
  });

  it('draws its two boxes as tables for Outlook, which no screen reader reads as such', async () => {
    const { html } = await read();
    const tables = html.match(/<table\b[^>]*>/giu) ?? [];
    expect(tables).toHaveLength(2);
    for (const table of tables) expect(table).toContain('role="presentation"');
    expect(html).toMatch(/<td[^>]*class="code"[^>]*bgcolor="#e9edfd"[^>]*>409313</u);
  });

  it.each(['Harbour Clinic', 'X'])(
    'shows nothing of the code in the first 200 characters when it is not in the subject, for %s',
    async (name) => {
      const { mail, text, html } = await read({}, name, { codeInSubject: false });
      // As a notification joins it: the words of the body, without hidden ones, of which there are none.
      const body = html.replace(/^.*<body[^>]*>/su, '').replace(/<[^>]*>/gu, ' ');
      expect(html).not.toMatch(/display:\s*none|max-height:\s*0/u);
      for (const shown of [text, body]) {
        const begins = shown.replace(/\s+/gu, ' ').trim().slice(0, 200);
        expect(begins).toContain('Only give this code to staff at');
        expect(begins).toContain('If you did not ask for this');
        for (let from = 0; from + 2 <= 6; from += 1)
          expect(begins).not.toContain('409313'.slice(from, from + 2));
      }
      expect(mail.subject).not.toContain('409313');
    },
  );

  it('warns before it shows the code, in both forms', async () => {
    for (const codeInSubject of [true, false]) {
      const { text, html } = await read({}, SENDER.name, { codeInSubject });
      const body = html.replace(/^.*<body[^>]*>/su, '');
      for (const form of [text, body])
        expect(form.indexOf('Only give this code')).toBeLessThan(form.indexOf('409313'));
    }
  });

  it('says when it was asked for', async () => {
    const { text, html } = await read();
    expect(text).toContain('Requested: 14:04, 23 November');
    expect(html).toContain('14:04, 23 November');
  });

  it.each([
    ['040 123 456', null],
    ['Ann at the desk, help@harbour.example.', 'help@harbour.example'],
    ['help@harbour.example', 'help@harbour.example'],
    ['a@harbour.example or b@harbour.example', null],
    ['@harbour', null],
    ['', null],
  ])('says whom to ask, and takes answers at the one address in it: %j', async (contact, replyTo) => {
    const { mail, text, html } = await read({}, SENDER.name, { contact });
    expect(mail.replyTo?.value.map(({ address }) => address) ?? []).toEqual(
      replyTo === null ? [] : [replyTo],
    );
    for (const form of [text, html]) expect(form.includes('Questions?')).toBe(contact !== '');
    if (contact !== '') expect(text).toContain(`Questions? ${contact}`);
  });

  it('uses CRLF only, and no line longer than 998 octets', async () => {
    const { message } = await read({ to: `${'a'.repeat(64)}@${'b'.repeat(60)}.${'c'.repeat(60)}.example` });
    const source = message.source.toString('latin1');
    expect(source.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
    expect(Math.max(...source.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  });
});

describe('what was typed can inject nothing', () => {
  const HOSTILE = [
    'Clinic\r\nBcc: thief@example.org',
    'Clinic\nX-Injected: yes\n\nbody',
    'Clinic\u2028Bcc: thief@example.org',
    '"Clinic" <thief@example.org>',
    'Clinic <thief@example.org>, more',
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '</title><h1>1',
    '=?utf-8?q?Bcc=3A_thief=40example=2Eorg?=',
    '\u202eevil',
    'a\0b',
    '.\r\n.\r\nQUIT',
  ];

  it.each(HOSTILE)('as the business name: %j', async (name) => {
    const { message, mail, html } = await read({}, name);
    expect(namesOf(message.source)).toEqual(ALWAYS);
    expect(mail.from?.value.map(({ address }) => address)).toEqual([SENDER.address]);
    expect([mail.to].flat().map((to) => to?.text)).toEqual(['mia.keller@example.com']);
    expect(html).not.toMatch(/<(?:script|img)/iu);
    expect(html.match(/<h1\b/giu)).toHaveLength(1);
    expect(message.envelope).toEqual({ from: SENDER.address, to: ['mia.keller@example.com'] });
  });

  it.each(HOSTILE)('as a detail: %j [T-compose-details]', async (typed) => {
    for (const request of [
      requestOf('other', { what: typed }),
      requestOf('payment', { amount: typed, payee: typed }),
    ] as const) {
      const { message, mail, html, text } = await read({ request });
      expect(namesOf(message.source)).toEqual(ALWAYS);
      expect(mail.subject).toBe('409313 is your code for Harbour Clinic (until 14:14)');
      expect(html).not.toMatch(/<(?:script|img)/iu);
      expect(html.match(/<h1\b/giu)).toHaveLength(1);
      expect(text).not.toMatch(/^(?:Bcc|X-Injected):/mu);
    }
  });

  it.each(HOSTILE)('as the desk’s own sentence, or whom to ask: %j', async (sentence) => {
    const { message, mail, html, text } = await read({}, SENDER.name, { sentence, contact: sentence });
    expect(namesOf(message.source).filter((name) => name !== 'reply-to')).toEqual(ALWAYS);
    expect([mail.to].flat().map((to) => to?.text)).toEqual(['mia.keller@example.com']);
    expect(html).not.toMatch(/<(?:script|img)/iu);
    expect(html.match(/<h1\b/giu)).toHaveLength(1);
    expect(text).not.toMatch(/^(?:Bcc|X-Injected):/mu);
  });

  it('as anything at all: the headers stay the same ten [T-compose-headers]', PROPERTY, async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 80 }), async (typed) => {
        const request = requestOf('other', { what: typed });
        const { message, html } = await read({ request }, typed, { sentence: typed });
        expect(namesOf(message.source)).toEqual(ALWAYS);
        expect(html.match(/<h1\b/giu)).toHaveLength(1);
      }),
      { numRuns: 100 },
    );
  });
});

describe('the recipient', () => {
  const LABEL = fc.stringMatching(/^[a-z0-9](?:[a-z0-9-]{0,10}[a-z0-9])?$/u);
  const typedAddress = fc
    .tuple(
      fc.array(fc.stringMatching(/^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,12}$/u), { minLength: 1, maxLength: 4 }),
      fc.array(LABEL, { minLength: 1, maxLength: 3 }),
    )
    .map(([local, domain]) => `${local.join('.')}@${domain.join('.')}.example`);

  it(
    'is the parsed address, on the wire and in To, whatever was typed [T-compose-recipient]',
    PROPERTY,
    async () => {
      let parsed = 0;
      await fc.assert(
        fc.asyncProperty(fc.oneof(typedAddress, fc.emailAddress(), fc.string()), async (typed) => {
          const address = parseAddress(typed);
          fc.pre(address.ok);
          parsed += 1;
          const { message, mail } = await read({ to: address.value.delivery });
          expect(message.envelope.to).toEqual([address.value.delivery]);
          expect(headersOf(message.source).filter((line) => /^(?:to|cc|bcc):/iu.test(line))).toEqual([
            expect.stringMatching(/^To: /u),
          ]);
          expect([mail.to].flat().flatMap((to) => to?.value.map((one) => one.address))).toEqual([
            address.value.delivery,
          ]);
        }),
        { numRuns: 150 },
      );
      expect(parsed).toBeGreaterThanOrEqual(150);
    },
  );

  it('may be as long as mail allows', async () => {
    const domain = `${'d'.repeat(60)}.${'e'.repeat(60)}.${'f'.repeat(57)}.example`;
    const to = `${'a'.repeat(64)}@${domain}`.slice(0, 254);
    expect((await read({ to })).message.envelope.to).toEqual([to]);
  });

  it('keeps an international domain as the letter gives it', async () => {
    const { message } = await read({ to: 'mia@xn--bcher-kva.example' });
    expect(headersOf(message.source)).toContain('To: mia@xn--bcher-kva.example');
  });

  it('keeps an international mailbox as it is; the domain beside it may be written in Unicode', async () => {
    const { message } = await read({ to: 'mía@xn--bcher-kva.example' });
    expect(message.envelope.to).toEqual(['mía@xn--bcher-kva.example']);
    expect(headersOf(message.source)).toContain('To: mía@bücher.example');
  });

  it.each(['a@b.example, c@d.example', 'a@b@c.example', 'a@b.example\r\nBcc: c@d.example', ''])(
    'is refused rather than rewritten when it is not one plain mailbox: %j [T-compose-refused]',
    async (to) => {
      await expect(compose(letter({ to }), SENDER)).rejects.toThrow();
    },
  );
});
