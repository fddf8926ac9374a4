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
export const base64 = (text: string): string =>
  (
    Buffer.from(text)
      .toString('base64')
      .match(/.{1,76}/g) ?? []
  ).join('\n');
export const quoted = (text: string): string =>
  [...Buffer.from(text)]
    .map((byte) =>
      byte === 10 || (byte >= 32 && byte < 127 && byte !== 61)
        ? String.fromCharCode(byte)
        : `=${byte.toString(16).toUpperCase().padStart(2, '0')}`,
    )
    .join('')
    .replace(/^(.{60})(.+)$/gm, '$1=\n$2');

/** A mail of ours as it comes back: its header, and a line of its text. */
export const returned = (
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
export const report = ({
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

export const daemon = (host: string, extra = ''): string =>
  `Return-Path: <>\nFrom: Mail Delivery System <MAILER-DAEMON@${host}>\nTo: desk@example.test${extra}\nSubject: A mail that did not arrive`;

export const REMOTE = 'Final-Recipient: rfc822; gone@example.test';

export interface Written {
  readonly source: Buffer;
  readonly status: string | null;
  readonly why: ReturnReason;
  readonly recipient: string | null;
  /** What its status alone would mean. */
  readonly less?: ReturnReason;
}

export const GONE = 'gone@example.test';
