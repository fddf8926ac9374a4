/**
 * @file Delivery reports as servers write them, with what they are about put in. Structure and fields are Postfix's,
 * Gmail's and Exchange's; nothing else about them is true.
 */

export const OURS = `<${'0123456789abcdef'.repeat(2)}.0011223344556677@example.test>`;

export interface ReportParts {
  readonly messageId?: string;
  readonly status?: string;
  readonly action?: string;
  readonly diagnostic?: string;
}

const crlf = (text: string): Buffer => Buffer.from(text.replace(/\n/g, '\r\n'));

/** Postfix's form: RFC 3464 with the whole message returned. */
export const postfixReport = ({
  messageId = OURS,
  status = '5.1.1',
  action = 'failed',
  diagnostic = 'smtp; 550 5.1.1 <gone@example.test>: User unknown',
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

I'm sorry to have to inform you that your message could not be delivered.

--4Xyz.1795442772/mail.example.test
Content-Description: Delivery report
Content-Type: message/delivery-status

Reporting-MTA: dns; mail.example.test
X-Postfix-Queue-ID: 4Xyz
Arrival-Date: Mon, 23 Nov 2026 14:06:12 +0000 (UTC)

Final-Recipient: rfc822; gone@example.test
Original-Recipient: rfc822;gone@example.test
Action: ${action}
Status: ${status}
Diagnostic-Code: ${diagnostic}

--4Xyz.1795442772/mail.example.test
Content-Description: Undelivered Message
Content-Type: message/rfc822
Content-Transfer-Encoding: 8bit

Return-Path: <desk@example.test>
From: Harbour Clinic <desk@example.test>
To: gone@example.test
Message-ID:
 ${messageId}
Subject: A code

Hello
--4Xyz.1795442772/mail.example.test--
`);

/** Gmail's form: a nested first part, X-Failed-Recipients, and the message named three times over. */
export const gmailReport = ({
  messageId = OURS,
  status = '5.1.1',
  action = 'failed',
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

** Address not found **
--00000000000031b0060627--

--00000000000031a9f20627
Content-Type: message/delivery-status

Reporting-MTA: dns; googlemail.com
Arrival-Date: Mon, 23 Nov 2026 06:06:12 -0800 (PST)
X-Original-Message-ID: ${messageId}

Final-Recipient: rfc822; gone@gmail.com
Action: ${action}
Status: ${status}
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist.
 550 5.1.1 Please try double-checking the address.
Last-Attempt-Date: Mon, 23 Nov 2026 06:06:13 -0800 (PST)

--00000000000031a9f20627--
`);

/** Exchange's form: the returned message's headers only. */
export const exchangeReport = ({ messageId = OURS, status = '5.1.10' }: ReportParts = {}): Buffer =>
  crlf(`From: <postmaster@example.com>
Content-Type: multipart/report; report-type=delivery-status;
 boundary="9B095B5ADSN=_01DC5BB0mail.example.com"
Message-ID: <dsn@mail.example.com>

--9B095B5ADSN=_01DC5BB0mail.example.com
Content-Type: text/plain; charset=unicode-1-1-utf-7

This is an automatically generated Delivery Status Notification.

--9B095B5ADSN=_01DC5BB0mail.example.com
Content-Type: message/delivery-status

Reporting-MTA: dns;mail.example.com

Final-Recipient: rfc822;gone@example.com
Action: failed
Status: ${status}

--9B095B5ADSN=_01DC5BB0mail.example.com
Content-Type: text/rfc822-headers

From: desk@example.test
Message-ID: ${messageId}

--9B095B5ADSN=_01DC5BB0mail.example.com--
`);
