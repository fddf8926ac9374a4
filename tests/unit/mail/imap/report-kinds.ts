/** @file The reports of many mail systems, and what is to be read from each. */
import {
  base64,
  crlf,
  daemon,
  exchangeReport,
  gmailReport,
  GONE,
  OURS,
  postfixReport,
  quoted,
  REMOTE,
  report,
  returned,
  TOKEN,
  type Written,
} from './written-reports.ts';

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
