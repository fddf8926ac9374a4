/** @file Delivery reports: what the real ones say, and that nothing else is ever taken for one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readReport, REPORT_BYTES } from '../../../../src/main/mail/imap/reports.ts';
import { exchangeReport, gmailReport, OURS, postfixReport, type ReportParts } from './written-reports.ts';

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

describe('a delivery report', () => {
  it.each(FORMS)('of %s names the message that came back and its status', (_name, report) => {
    expect(readReport(report({ status: '5.1.1' }))).toEqual({
      messageId: OURS,
      status: '5.1.1',
      action: 'failed',
    });
  });

  it('may come with bare line feeds', () => {
    expect(readReport(Buffer.from(postfixReport().toString().replaceAll('\r', '')))?.messageId).toBe(OURS);
  });

  it('tells a delay from a failure, and takes nothing else for either', () => {
    expect(readReport(postfixReport({ action: 'delayed', status: '4.4.1' }))?.action).toBe('delayed');
    for (const action of ['delivered', 'relayed', 'expanded', '']) {
      expect(readReport(postfixReport({ action }))).toBeNull();
    }
  });

  it('that says 5.0.0 is read by the answer the other server gave', () => {
    const diagnostic = 'smtp; 550 5.1.1 unknown';
    expect(readReport(postfixReport({ status: '5.0.0', diagnostic }))?.status).toBe('5.1.1');
    expect(readReport(postfixReport({ status: '5.2.2', diagnostic }))?.status).toBe('5.2.2');
    expect(readReport(postfixReport({ status: '5.0.0', diagnostic: 'x-unix; 67' }))?.status).toBe('5.0.0');
  });

  it('is about the message it returns, whatever its own headers name', () => {
    const other = '<somebody.else@example.org>';
    const report = changed(postfixReport({ messageId: other }), 'Return-Path: <>', `In-Reply-To: ${OURS}`);
    expect(readReport(report)?.messageId).toBe(other);
  });
});

describe('what is not a delivery report', () => {
  it.each([
    ['a mail', /multipart\/report[^"]*/, 'multipart/mixed; '],
    ['a read receipt', 'report-type=delivery-status', 'report-type=disposition-notification'],
    ['a report without a status part', 'message/delivery-status', 'text/plain'],
    ['a success', 'Status: 5.1.1', 'Status: 2.0.0'],
    ['a status that is none', 'Status: 5.1.1', 'Status: 5.1.1234'],
    ['two Message-IDs', 'Subject: A code', 'Message-ID: <another@example.test>'],
    ['a Message-ID with a space', OURS, OURS.replace('@', ' @')],
    ['two content types', 'Auto-Submitted: auto-replied', 'Content-Type: text/plain'],
    ['a boundary that is too long', /4Xyz\.1795442772\/mail\.example\.test/g, 'b'.repeat(71)],
    ['no boundary', /boundary="[^"]*"/, 'boundary=""'],
  ])('%s', (_name, from, to) => {
    expect(readReport(changed(postfixReport(), from, to))).toBeNull();
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

  it('a message nested in a hundred thousand boundaries, at once', () => {
    const flood = '--4Xyz.1795442772/mail.example.test\r\n'.repeat(6_000);
    expect(readReport(changed(postfixReport(), 'This is a MIME', `${flood}This is a MIME`))).toBeNull();
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

describe('a mutated report', () => {
  it('never throws, and never names a message that it does not hold [T-reports-total]', () => {
    fc.assert(
      fc.property(fc.constantFrom(...FORMS), mutations, ([, form], changes) => {
        let report = form();
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
        expect(report.toString('latin1')).toContain(read.messageId);
        expect(read.messageId).toMatch(/^<[^<>@\s]+@[^<>@\s]+>$/);
        expect(read.status).toMatch(/^[45]\.\d{1,3}\.\d{1,3}$/);
      }),
      { numRuns: 3_000 },
    );
  });

  it('of a foreign message never names ours [T-reports-foreign]', () => {
    const foreign = '<f0e1d2c3b4a5.77@example.org>';
    fc.assert(
      fc.property(fc.constantFrom(...FORMS), mutations, ([, form], changes) => {
        let text = form({ messageId: foreign }).toString('latin1');
        for (const { at, length, put } of changes) {
          const start = at % (text.length + 1);
          text = text.slice(0, start) + put + text.slice(start + length);
        }
        expect(readReport(Buffer.from(text, 'latin1'))?.messageId).not.toBe(OURS);
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
