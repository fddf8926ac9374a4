/**
 * @file Messages that say that a mail of ours came back, in the forms of many mail systems: structure and fields are
 * theirs, nothing else about them is true. Written by hand; the sentences are not theirs.
 */
import type { ReturnReason } from '../../../../src/shared/words.ts';

export const TOKEN = `${'0123456789abcdef'.repeat(2)}.0011223344556677`;
export const OURS = `<${TOKEN}@example.test>`;

export interface ReportParts {
  readonly messageId?: string;
  readonly status?: string;
  readonly action?: string;
  readonly diagnostic?: string;
  readonly recipient?: string;
}

export const crlf = (text: string): Buffer => Buffer.from(text.replace(/\r?\n/g, '\r\n'));
const base64 = (text: string): string =>
  (
    Buffer.from(text)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\n');
const quoted = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      byte === 10 || (byte >= 32 && byte < 127 && byte !== 61)
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('')
    .replace(/^(.{60})(.+)$/gm, '$1=\n$2');

/** A mail of ours as it comes back: its header, and a line of its text. */
const returned = (
  messageId: string,
  recipient = 'gone@example.test',
): string => `Return-Path: <desk@example.test>
Received: from desk (unknown [192.0.2.7]) by mail.example.test
From: Harbour Clinic <desk@example.test>
To: ${recipient}
Subject: A code
Message-ID: ${messageId}
X-Entity-Ref-ID: ${TOKEN}
Auto-Submitted: auto-generated

A line.
`;

/** Postfix's form: RFC 3464 with the whole message returned. */
export const postfixReport = ({
  messageId = OURS,
  status = '5.1.1',
  action = 'failed',
  diagnostic = 'smtp; 550 5.1.1 <gone@example.test>: User unknown',
  recipient = 'gone@example.test',
}: ReportParts = {}): Buffer =>
  crlf(`Return-Path: <>
Date: Mon, 23 Nov 2026 14:06:12 +0000 (UTC)
From: MAILER-DAEMON@mail.example.test (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: desk@example.test
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
\tboundary="4Xyz.1795442772/mail.example.test"
Content-Transfer-Encoding: 8bit
Message-Id: <20261123140612.4Xyz@mail.example.test>

This is a MIME-encapsulated message.

--4Xyz.1795442772/mail.example.test
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

It could not be delivered.

--4Xyz.1795442772/mail.example.test
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.test
X-Postfix-Queue-ID: 4Xyz
Arrival-Date: Mon, 23 Nov 2026 14:06:12 +0000 (UTC)

Final-Recipient: rfc822; ${recipient}
Original-Recipient: rfc822;gone@example.test
Action: ${action}
Status: ${status}
Diagnostic-Code: ${diagnostic}

--4Xyz.1795442772/mail.example.test
Content-Description: Undelivered Message
Content-Type: message/rfc822
Content-Transfer-Encoding: 8bit

${returned(messageId)}
--4Xyz.1795442772/mail.example.test--
`);

/** Gmail's form: a nested first part, X-Failed-Recipients, and the message named three times over. */
export const gmailReport = ({
  messageId = OURS,
  status = '5.1.1',
  action = 'failed',
  diagnostic = 'smtp; 550-5.1.1 There is no such account here.\n 550 5.1.1 Look at the spelling.',
}: ReportParts = {}): Buffer =>
  crlf(`From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: desk@gmail.com
Auto-Submitted: auto-replied
Subject: Delivery Status Notification (Failure)
References: ${messageId}
In-Reply-To: ${messageId}
X-Failed-Recipients: gone@gmail.com
Message-ID: <6743.9a0@mx.google.com>
Content-Type: multipart/report; boundary="00000000000031a9f20627"; report-type=delivery-status

--00000000000031a9f20627
Content-Type: multipart/related; boundary="00000000000031b0060627"

--00000000000031b0060627
Content-Type: text/plain; charset="UTF-8"

** Not found **
--00000000000031b0060627--

--00000000000031a9f20627
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Arrival-Date: Mon, 23 Nov 2026 06:06:12 -0800 (PST)
X-Original-Message-ID: ${messageId}

Final-Recipient: rfc822; gone@gmail.com
Action: ${action}
Status: ${status}
Diagnostic-Code: ${diagnostic}
Last-Attempt-Date: Mon, 23 Nov 2026 06:06:13 -0800 (PST)

--00000000000031a9f20627--
`);

/** Exchange's form: the returned message's headers only. */
export const exchangeReport = ({
  messageId = OURS,
  status = '5.1.10',
  diagnostic = 'smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; not found',
}: ReportParts = {}): Buffer =>
  crlf(`From: <postmaster@example.com>
Content-Type: multipart/report; report-type=delivery-status;
 boundary="9B095B5ADSN=_01DC5BB0mail.example.com"
Message-ID: <dsn@mail.example.com>

--9B095B5ADSN=_01DC5BB0mail.example.com
Content-Type: text/plain; charset=unicode-1-1-utf-7

A note for people.

--9B095B5ADSN=_01DC5BB0mail.example.com
Content-Type: message/delivery-status

Reporting-MTA: dns;mail.example.com

Final-Recipient: rfc822;gone@example.com
Action: failed
Status: ${status}
Diagnostic-Code: ${diagnostic}

--9B095B5ADSN=_01DC5BB0mail.example.com
Content-Type: text/rfc822-headers

${returned(messageId, 'gone@example.com')}
--9B095B5ADSN=_01DC5BB0mail.example.com--
`);

interface Form {
  readonly header: string;
  /** What the groups of a delivery-status part say; null without such a part. */
  readonly status: string | null;
  readonly note?: string;
  readonly back?: string;
  readonly backType?: string;
}

/** multipart/report with its three parts. */
const report = ({
  header,
  status,
  note = 'A note for people.',
  back = returned(OURS),
  backType = 'message/rfc822',
}: Form): Buffer =>
  crlf(`${header}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_b"

--=_b
Content-Type: text/plain

${note}

--=_b
Content-Type: message/delivery-status

${status ?? ''}
--=_b
Content-Type: ${backType}

${back}
--=_b--
`);

const daemon = (host: string, extra = ''): string =>
  `Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@${host}>\nTo: desk@example.test${extra}\nSubject: A mail that did not arrive`;

const REMOTE = 'Final-Recipient: rfc822; gone@example.test';

export interface Written {
  readonly source: Buffer;
  readonly status: string | null;
  readonly why: ReturnReason;
  readonly recipient: string | null;
  /** What its status alone would mean. */
  readonly less?: ReturnReason;
}

const GONE = 'gone@example.test';

/** By the mail system whose form it is. */
export const REPORTS: Readonly<Record<string, Written>> = {
  Postfix: { source: postfixReport(), status: '5.1.1', why: 'no-such-mailbox', recipient: GONE },
  'Postfix, a domain that is not there': {
    source: postfixReport({
      status: '5.4.4',
      diagnostic: 'X-Postfix; Name service error for name=gone.invalid type=AAAA: Host not found',
    }),
    status: '5.4.4',
    why: 'no-such-domain',
    recipient: GONE,
  },
  'Postfix, a reply without a code of its own': {
    source: postfixReport({ status: '5.0.0', diagnostic: 'smtp; 550 no user here by that name' }),
    status: '5.0.0',
    why: 'mailbox-unavailable',
    recipient: GONE,
  },
  'Sendmail, which makes an unknown user of every 550': {
    source: postfixReport({ status: '5.1.1', diagnostic: 'SMTP; 550 5.7.1 listed' }),
    status: '5.1.1',
    why: 'refused-there',
    recipient: GONE,
    less: 'no-such-mailbox',
  },
  'SendGrid, which has given up': {
    source: postfixReport({ action: 'expired', status: '', diagnostic: 'Connection timed out' }),
    status: null,
    why: 'other',
    recipient: GONE,
  },
  'Postfix, still trying': {
    source: postfixReport({
      action: 'delayed',
      status: '4.4.1',
      diagnostic: 'X-Postfix; connection timed out',
    }),
    status: '4.4.1',
    why: 'not-yet',
    recipient: GONE,
  },
  Gmail: { source: gmailReport(), status: '5.1.1', why: 'no-such-mailbox', recipient: 'gone@gmail.com' },
  'Gmail, a domain that is not there': {
    source: gmailReport({
      status: '4.0.0',
      diagnostic: "smtp; DNS Error: DNS type 'mx' lookup of gnail.invalid responded with code NXDOMAIN",
    }),
    status: '4.0.0',
    why: 'no-such-domain',
    recipient: 'gone@gmail.com',
  },
  'Gmail, a domain without a mail server': {
    source: gmailReport({
      status: '4.0.0',
      diagnostic: "smtp; DNS Error: DNS type 'aaaa' lookup of gnail.invalid responded with code NOERROR",
    }),
    status: '4.0.0',
    why: 'no-such-domain',
    recipient: 'gone@gmail.com',
  },
  'Gmail, sending by another server': {
    source: report({
      header:
        'From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\nX-Failed-Recipients: gone@example.test',
      status: null,
    }),
    status: null,
    why: 'other',
    recipient: GONE,
  },
  Exchange: {
    source: exchangeReport(),
    status: '5.1.10',
    why: 'no-such-mailbox',
    recipient: 'gone@example.com',
  },
  'Microsoft 365, a recipient that is not known': {
    source: exchangeReport({
      status: '5.4.1',
      diagnostic: 'smtp;550 5.4.1 Recipient address rejected: Access denied.',
    }),
    status: '5.4.1',
    why: 'no-such-mailbox',
    recipient: 'gone@example.com',
    less: 'unreachable',
  },
  'Microsoft 365, a group that is closed': {
    source: exchangeReport({ status: '5.1.351', diagnostic: 'smtp;550 5.1.351 not found by that name' }),
    status: '5.1.351',
    why: 'no-such-mailbox',
    recipient: 'gone@example.com',
  },
  Exim: {
    source: report({
      header: `${daemon('mx.example')}\nX-Failed-Recipients: gone@example.test\nAuto-Submitted: auto-replied`,
      status: `Reporting-MTA: dns; mx.example\n\nAction: failed\n${REMOTE}\nStatus: 5.0.0\nRemote-MTA: dns; far.example\nDiagnostic-Code: smtp; 550 Unrouteable address\n`,
    }),
    status: '5.0.0',
    why: 'mailbox-unavailable',
    recipient: GONE,
  },
  'an older Exim': {
    source: crlf(`Return-path: <>
From: Mail Delivery System <Mailer-Daemon@mx.example>
To: desk@example.test
X-Failed-Recipients: gone@example.test
Subject: Mail delivery failed: returning message to sender

A message that you sent was not delivered.

  gone@example.test
    host far.example [192.0.2.9]: 550 no

------ the message ------

${returned(OURS)}`),
    status: null,
    why: 'other',
    recipient: GONE,
  },
  Sendmail: {
    source: report({
      header: `From: Mail Delivery Subsystem <MAILER-DAEMON>\nReturn-Path: <MAILER-DAEMON>\nAuto-Submitted: auto-generated (failure)`,
      status: `Reporting-MTA: dns; mx.example\nReceived-From-MTA: DNS; desk\n\n${REMOTE}\nAction: failed\nStatus: 5.2.2\nDiagnostic-Code: SMTP; 552 5.2.2 quota\n`,
      backType: 'text/rfc822-headers',
    }),
    status: '5.2.2',
    why: 'recipient-full',
    recipient: GONE,
  },
  qmail: {
    source: crlf(`Return-Path: <>
From: MAILER-DAEMON@qm.example
To: desk@example.test
Subject: failure notice

Hi. This is the program at qm.example.

<gone@example.test>:
192.0.2.9 does not like recipient.

--- Below this line is a copy of the message.

${returned(OURS)}`),
    status: null,
    why: 'other',
    recipient: null,
  },
  OpenSMTPD: {
    source: crlf(`Return-Path: <>
From: Mailer Daemon <MAILER-DAEMON@os.example>
To: desk@example.test
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="16/os"
Subject: Delivery status notification: error

--16/os
Content-Type: text/plain; charset=us-ascii

    Hi!

    gone@example.test: 550 no such user

--16/os
Content-Type: message/rfc822

${returned(OURS)}
--16/os--
`),
    status: null,
    why: 'other',
    recipient: null,
  },
  Yahoo: {
    source: crlf(`From: MAILER-DAEMON@yahoo.example
To: desk@example.test
Subject: Failure Notice

We could not deliver it.

<gone@example.test>:
No mx record found for domain=example.test

--- Below this line is a copy of the message.

${returned(OURS)}`),
    status: null,
    why: 'other',
    recipient: null,
  },
  'GMX, in German': {
    source: crlf(`From: GMX Mailer Daemon <mailer-daemon@gmx.example>
To: desk@example.test
Subject: Mail delivery failed: returning message to sender
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

Diese Nachricht konnte nicht zugestellt werden:

"gone@example.test": Empfänger unbekannt

--- Die Kopfzeilen der Nachricht ---

${returned(OURS)}`),
    status: null,
    why: 'other',
    recipient: null,
  },
  'mail.ru, in Russian and in base64': {
    source: crlf(`From: mailer-daemon@corp.mail.ru.example
X-Failed-Recipients: gone@example.test
To: desk@example.test
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: base64

${base64(`Письмо не было доставлено.\n\ngone@example.test: такого ящика нет\n\n---- письмо ----\n\n${returned(OURS)}`)}
`),
    status: null,
    why: 'other',
    recipient: GONE,
  },
  'Coremail, in Chinese and in base64': {
    source: crlf(`From: Postmaster@163.example
To: desk@example.test
Subject: =?UTF-8?B?57O757uf6YCA5L+h?=
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="=_c"

--=_c
Content-Type: text/html; charset=utf-8
Content-Transfer-Encoding: base64

${base64('<p>退信：邮箱不存在</p>')}
--=_c
Content-Type: message/delivery-status
Content-Transfer-Encoding: base64

${base64(`Reporting-MTA: dns; 163.example\n\n${REMOTE}\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 User not found\n`)}
--=_c
Content-Type: message/rfc822
Content-Transfer-Encoding: base64

${base64(returned(OURS))}
--=_c--
`),
    status: '5.1.1',
    why: 'no-such-mailbox',
    recipient: GONE,
  },
  'Zoho, in quoted-printable': {
    source: crlf(`Return-Path: <>
From: mailer-daemon@mail.zoho.example
To: desk@example.test
Content-Type: multipart/mixed; boundary="----=_z"

------=_z
Content-Type: text/html; charset=UTF-8
Content-Transfer-Encoding: quoted-printable

${quoted(`<div>Message could not be delivered – gone@example.test</div>\n<pre>Message-Id: &lt;${TOKEN}@example.test&gt;</pre>\n`)}
------=_z--
`),
    status: null,
    why: 'other',
    recipient: null,
  },
  'Amazon WorkMail': {
    source: crlf(`From: "Postmaster" <postmaster@workmail.example>
To: desk@example.test
Content-Type: multipart/mixed; boundary="----=_w"

------=_w
Content-Type: multipart/alternative; boundary="----=_v"

------=_v
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: quoted-printable

${quoted('Technical report:\n\nFinal-Recipient: rfc822;gone@example.test\nStatus: 5.1.1\n')}
------=_v--

------=_w
Content-Type: message/rfc822

${returned(OURS)}
------=_w--
`),
    status: null,
    why: 'other',
    recipient: null,
  },
  'Amazon SES, which has given the message another Message-ID': {
    source: report({
      header: daemon('amazonses.example'),
      status: `Reporting-MTA: dns; a8-50.smtp-out.amazonses.example\n\nAction: failed\n${REMOTE}\nDiagnostic-Code: smtp; 550 5.1.1 User unknown\nStatus: 5.1.1\n`,
      back: returned('<0100018f-1a2b-3c4d-000000@email.amazonses.example>'),
    }),
    status: '5.1.1',
    why: 'no-such-mailbox',
    recipient: GONE,
  },
  Courier: {
    source: report({
      header: `${daemon('co.example')}\nX-Courier: a`,
      status: `Reporting-MTA: dns; co.example\nArrival-Date: Mon, 23 Nov 2026 14:06:12 +0000\n\nFinal-Recipient: rfc822; gone@example.test\nAction: failed\nStatus: 5.0.0\nRemote-MTA: dns; far.example [192.0.2.9]\nDiagnostic-Code: smtp; 550 User unknown\n`,
    }),
    status: '5.0.0',
    why: 'mailbox-unavailable',
    recipient: GONE,
  },
  'Domino, in Japanese': {
    source: report({
      header: 'From: Postmaster@domino.example\nSubject: =?UTF-8?B?6YWN5L+h5LiN6IO9?=',
      note: '配信できませんでした',
      status: `Reporting-MTA: dns;domino.example\n\nFinal-Recipient: rfc822;gone@example.test\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: X-Notes; not listed\n`,
      backType: 'text/rfc822-headers',
    }),
    status: '5.1.1',
    why: 'no-such-mailbox',
    recipient: GONE,
  },
  'DragonFly Mail Agent': {
    source: crlf(`From: MAILER-DAEMON <>
To: desk@example.test
Subject: Mail delivery failed

far.example did not like our RCPT TO:
550 5.1.1 no

Message headers follow.

${returned(OURS)}`),
    status: null,
    why: 'other',
    recipient: null,
  },
  'a mail server that refuses for policy': {
    source: report({
      header: daemon('pm.example'),
      status: `Reporting-MTA: dns;pm.example\n\nFinal-Recipient: rfc822;gone@example.test\nAction: failed\nStatus: 5.7.1 (delivery not authorized)\nDiagnostic-Code: smtp;554 5.7.1 listed\n`,
    }),
    status: '5.7.1',
    why: 'refused-there',
    recipient: GONE,
  },
  'a copy that was passed on': {
    source: postfixReport({ recipient: 'private@elsewhere.test' }),
    status: '5.1.1',
    why: 'no-such-mailbox',
    recipient: 'private@elsewhere.test',
  },
};

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
