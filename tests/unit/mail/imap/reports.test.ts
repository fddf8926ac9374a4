/** @file What says that a mail of ours came back: the right word for each form, and nothing else is ever taken for one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mayBeReport, readReport, REPORT_BYTES } from '../../../../src/main/mail/imap/reports.ts';
import { NO_REPORTS } from './no-reports.ts';
import { REPORTS } from './report-kinds.ts';
import {
  crlf,
  exchangeReport,
  gmailReport,
  postfixReport,
  type ReportParts,
  TOKEN,
} from './written-reports.ts';

const FORMS: readonly [string, (parts?: ReportParts) => Buffer][] = [
  ['Postfix', postfixReport],
  ['Gmail', gmailReport],
  ['Exchange', exchangeReport],
];
const changed = (report: Buffer, from: string | RegExp, to: string): Buffer => {
  const before = report.toString();
  const after = before.replace(from, to);
  if (after === before) throw new Error('nothing was changed');
  return Buffer.from(after);
};
/** Everything up to the first empty line: what is asked for before a message is read. */
const headerOf = (source: Buffer): Buffer => source.subarray(0, source.indexOf('\r\n\r\n') + 4);

describe.each(Object.entries(REPORTS))(
  'the report of %s',
  (_kind, { source, status, why, recipient, less }) => {
    it('says that our mail came back, why, and whose mailbox it is about', () => {
      expect(mayBeReport(headerOf(source))).toBe(true);
      expect(readReport(source)).toMatchObject({ token: TOKEN, status, why, recipient });
    });

    it('says nothing wrong without any one of its fields', () => {
      const text = source.toString('latin1');
      const fields = [...text.matchAll(/^[A-Z][\w-]*:.*\r\n(?:[ \t].*\r\n)*/gm)];
      expect(fields.length).toBeGreaterThan(2);
      for (const { 0: field, index } of fields) {
        const without = Buffer.from(text.slice(0, index) + text.slice(index + field.length), 'latin1');
        const read = readReport(without);
        if (read === null) continue;
        expect(read.token).toBe(TOKEN);
        // Less can be said, and nothing else: a delay is told by its action alone, or by a status that may pass.
        expect([field, [why, 'other', less]]).toEqual([field, expect.arrayContaining([read.why]) as unknown]);
        expect([field, [status, null]]).toEqual([field, expect.arrayContaining([read.status]) as unknown]);
      }
    });

    it('is still told without one of the fields that a reader could do without', () => {
      const droppable =
        /^(?:Date|Subject|To|Auto-Submitted|MIME-Version|Reporting-MTA|Arrival-Date|Remote-MTA|Received): .*\r\n/im;
      const without = Buffer.from(source.toString('latin1').replace(droppable, ''), 'latin1');
      expect(readReport(without)).toMatchObject({ token: TOKEN, status, why, recipient });
    });
  },
);

describe('what is no report', () => {
  it.each(Object.entries(NO_REPORTS))('%s is taken for none', (_what, source) => {
    expect(readReport(source)).toBeNull();
  });

  it('there are as many of as there are reports, near enough', () => {
    expect(Object.keys(REPORTS).length).toBeGreaterThanOrEqual(15);
    expect(Object.keys(NO_REPORTS).length).toBeGreaterThanOrEqual(20);
    const texts = Object.values(REPORTS).map(({ source }) => source.toString());
    expect(texts.filter((text) => !text.includes('multipart/report')).length).toBeGreaterThanOrEqual(6);
    const encoded = /Transfer-Encoding: (?:base64|quoted-printable)/;
    expect(texts.filter((text) => encoded.test(text)).length).toBeGreaterThanOrEqual(3);
  });

  it.each([
    ['a report without a status part, and without our mark', 'message/delivery-status', 'text/plain'],
    ['a report of another type', 'report-type=delivery-status', 'report-type=disposition-notification'],
    ['a success', 'Action: failed', 'Action: delivered'],
  ])('%s is none, or says no reason', (_what, from, to) => {
    const read = readReport(changed(postfixReport(), from, to));
    expect(read === null || read.why === 'other').toBe(true);
  });

  it('a report with two status parts', () => {
    const [, part = ''] = /(--4Xyz[^\n]*\n[^\n]*\nContent-Type: message\/delivery-status[^]*?)--4Xyz/.exec(
      postfixReport().toString(),
    ) ?? [''];
    expect(part).not.toBe('');
    expect(readReport(changed(postfixReport(), part, part + part))).toBeNull();
  });

  it('anything longer than a report can be', () => {
    const long = Buffer.concat([postfixReport(), Buffer.alloc(REPORT_BYTES, 'a')]);
    expect(readReport(long)).toBeNull();
  });

  it('a message nested in thousands of boundaries, at once', () => {
    const flood = '--4Xyz.1795442772/mail.example.test\r\n'.repeat(6_000);
    const source = changed(
      postfixReport({ messageId: '<a@b.example>' }),
      'This is a MIME',
      `${flood}This is a MIME`,
    );
    const started = performance.now();
    readReport(source);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});

describe('a delivery report', () => {
  it('may come with bare line feeds', () => {
    expect(readReport(Buffer.from(postfixReport().toString().replaceAll('\r', '')))?.token).toBe(TOKEN);
  });

  it('is about the message it returns, whatever its own headers name', () => {
    const other = changed(
      postfixReport(),
      'Return-Path: <>',
      `In-Reply-To: <${TOKEN.replace('0', '9')}@a.example>`,
    );
    expect(readReport(other)?.token).toBe(TOKEN);
  });

  it.each([
    ['in UTF-8', 'utf-8; jörg@example.test'],
    ['in UTF-8, by a server that does not say so', 'rfc822; <jörg@example.test>'],
    ['in ASCII', 'utf-8; j\\x{F6}rg@example.test'],
  ])('names an international mailbox as it is, when it is written %s', (_how, written) => {
    expect(readReport(changed(postfixReport(), /(Final-Recipient: ).*/, `$1${written}`))?.recipient).toBe(
      'jörg@example.test',
    );
  });

  it.each([
    ['failed (no such user)', 'no-such-mailbox'],
    ['Delayed (still trying)', 'not-yet'],
  ])('says of the action %j what its first word says', (action, why) => {
    expect(readReport(postfixReport({ action }))?.why).toBe(why);
    expect(readReport(postfixReport({ action: 'delivered (to the mailbox)' }))).toBeNull();
  });

  it('tells when the provider has put another Message-ID in the place of ours', () => {
    expect(readReport(postfixReport())?.renamed).toBe(false);
    const renamed = postfixReport({ messageId: '<0100018f@email.amazonses.example>' });
    expect(readReport(renamed)).toMatchObject({ token: TOKEN, renamed: true });
  });

  it('may return nothing, and names the message then in its status part, or as what it answers', () => {
    const bare = crlf(
      gmailReport()
        .toString()
        .replace(/X-Original-Message-ID:.*\r\n/, ''),
    );
    expect(readReport(bare)?.token).toBe(TOKEN);
  });
});

/** Cuts, doubles, overwrites and inserts, as a broken or a hostile server would. */
const mutations = fc.array(
  fc.record({
    at: fc.nat(),
    length: fc.nat(400),
    put: fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom(
        '\r\n',
        '\r\n\r\n',
        '--',
        ':',
        ';',
        '"',
        '\\',
        '\0',
        'Content-Type: ',
        'Message-ID: <a@b>',
      ),
    ),
    keep: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
);

const SOURCES = Object.values(REPORTS).map(({ source }) => source);

describe('a mutated report', () => {
  it('never throws, and never names a message that it does not hold [T-reports-total]', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SOURCES), mutations, (source, changes) => {
        let report = source;
        for (const { at, length, put, keep } of changes) {
          const start = at % (report.length + 1);
          const cut = report.subarray(start, start + length);
          report = Buffer.concat([
            report.subarray(0, start),
            Buffer.from(put),
            ...(keep ? [cut, cut] : []),
            report.subarray(start + length),
          ]);
        }
        const read = readReport(report);
        if (read === null) return;
        expect(read.token).toMatch(/^[0-9a-f]{32}\.[0-9a-f]{16}$/);
        if (read.status !== null) expect(read.status).toMatch(/^[45]\.\d{1,3}\.\d{1,3}$/);
        if (read.recipient !== null) expect(read.recipient).toMatch(/^[^\s@]+@[^\s@]+$/);
      }),
      { numRuns: 3_000 },
    );
  });

  it('of a foreign message never names ours [T-reports-foreign]', () => {
    const foreign = '<f0e1d2c3b4a5.77@example.org>';
    fc.assert(
      fc.property(fc.constantFrom(...FORMS), mutations, ([, form], changes) => {
        let text = form({ messageId: foreign }).toString('latin1').replaceAll(TOKEN, '');
        for (const { at, length, put } of changes) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + put + text.slice(start + length);
        }
        expect(readReport(Buffer.from(text, 'latin1'))?.token).not.toBe(TOKEN);
      }),
      { numRuns: 1_000 },
    );
  });

  it('of nothing but noise is no report', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 2_000 }), (noise) => {
        expect(readReport(Buffer.from(noise))).toBeNull();
      }),
    );
  });
});
