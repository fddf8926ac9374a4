/** @file Messages that must not be taken for a report about a mail of ours. */
import { crlf, OURS, postfixReport, returned, TOKEN } from './written-reports.ts';

const answer = (header: string, body: string): Buffer =>
  crlf(`${header}\nTo: desk@example.test\nIn-Reply-To: ${OURS}\nReferences: ${OURS}\n\n${body}\n`);

/** A report in form about another kind of event. */
const otherReport = (kind: string, fields: string): Buffer =>
  crlf(`Return-Path: <>
From: postmaster@far.example
Content-Type: multipart/report; report-type=${kind}; boundary="=_o"

--=_o
Content-Type: text/plain

A note.

--=_o
Content-Type: message/${kind}

${fields}

--=_o
Content-Type: message/rfc822

${returned(OURS)}
--=_o--
`);

/** What resembles a report, or carries our mail, and does not say that it came back. */
export const NO_REPORTS: Readonly<Record<string, Buffer>> = {
  'a vacation notice with a null sender': answer(
    'Return-Path: <>\nFrom: Mia <gone@example.test>\nAuto-Submitted: auto-replied\nSubject: Away',
    'Back on Monday.',
  ),
  'a vacation notice that quotes the text': answer(
    'Return-Path: <>\nFrom: gone@example.test\nAuto-Submitted: auto-replied (vacation)',
    'Away.\n\n> Your code for Harbour Clinic\n> Reference C7-4KQ2-91',
  ),
  'a vacation notice that quotes the whole header': answer(
    'Return-Path: <>\nFrom: Mia <gone@example.test>\nAuto-Submitted: auto-replied\nSubject: Away',
    returned(OURS).replace(/^/gm, '> '),
  ),
  'an answer of the recipient': answer(
    'Return-Path: <mia@example.test>\nFrom: mia@example.test',
    'Thank you.',
  ),
  'an answer that quotes the whole header': answer(
    'Return-Path: <mia@example.test>\nFrom: mia@example.test',
    returned(OURS).replace(/^/gm, '> '),
  ),
  'the mail, passed on by its recipient': crlf(`Return-Path: <mia@example.test>
From: mia@example.test
Content-Type: multipart/mixed; boundary="=_f"

--=_f
Content-Type: message/rfc822

${returned(OURS)}
--=_f--
`),
  'a copy of the mail': crlf(returned(OURS)),
  'a read receipt': otherReport(
    'disposition-notification',
    `Original-Message-ID: ${OURS}\nDisposition: manual-action/MDN-sent-manually; displayed`,
  ),
  'a receipt of deletion': otherReport(
    'disposition-notification',
    `Original-Message-ID: ${OURS}\nDisposition: automatic-action/MDN-sent-automatically; deleted`,
  ),
  'a complaint about spam': otherReport(
    'feedback-report',
    'Feedback-Type: abuse\nUser-Agent: far/1\nVersion: 1',
  ),
  'a report that it arrived': postfixReport({
    action: 'delivered',
    status: '2.1.5',
    diagnostic: 'smtp; 250 ok',
  }),
  'a report that it was passed on': postfixReport({
    action: 'relayed',
    status: '2.1.9',
    diagnostic: 'smtp; 250 ok',
  }),
  'a report of a test': postfixReport({ action: 'deliverable', status: '2.1.5', diagnostic: 'smtp; 250 ok' }),
  'a report that it arrived, in a word of its own': postfixReport({
    action: 'notified',
    status: '2.0.0',
    diagnostic: 'smtp; 250 ok',
  }),
  'a report that a list took it': postfixReport({
    action: 'expanded',
    status: '2.1.5',
    diagnostic: 'x-unix; ok',
  }),
  'a report about another mail': crlf(
    postfixReport({ messageId: '<other@example.org>' })
      .toString()
      .replace(`X-Entity-Ref-ID: ${TOKEN}\r\n`, ''),
  ),
  'a report about two mails': crlf(
    postfixReport({ messageId: '<other@example.org>' })
      .toString()
      .replaceAll(TOKEN, '')
      .replace('A line.', `${TOKEN} ${TOKEN.replace('0', '1')}`),
  ),
  'a digest from a postmaster': crlf(
    'From: postmaster@example.test\nSubject: Your quarantine\n\nThree messages were held back.\n',
  ),
  'a note from the mail system': crlf(
    'Return-Path: <>\nFrom: MAILER-DAEMON@example.test\nSubject: Your mailbox is nearly full\n\nPlease delete something.\n',
  ),
  'a summary of delivery for a domain': crlf(
    'From: noreply-dmarc@far.example\nSubject: Report domain: example.test\nContent-Type: application/zip\n\nUEsDBA==\n',
  ),
  'a bounce that names our mail in its header only': answer(
    'Return-Path: <>\nFrom: MAILER-DAEMON@far.example\nSubject: About your mail',
    'It was received.',
  ),
  'nothing at all': Buffer.alloc(0),
  'a newsletter': crlf(
    'Return-Path: <bounces@news.example>\nFrom: news@news.example\nList-Id: news\n\nNews.\n',
  ),
  'an invitation': crlf(
    'Return-Path: <mia@example.test>\nFrom: mia@example.test\nContent-Type: text/calendar\n\nBEGIN:VCALENDAR\n',
  ),
  'a text that only looks like our mark': crlf(
    `Return-Path: <>\nFrom: MAILER-DAEMON@far.example\n\n${TOKEN}a and a${TOKEN}\n`,
  ),
};
