/**
 * @file Where Google's mail servers are, and the ports other servers usually answer at: what set-up offers and the mail
 * room dials.
 */
import type { Security } from './words.ts';

/** RFC 8314 section 3.3 prefers TLS from the first byte on 465; RFC 6409 has STARTTLS on 587. */
export const SMTP_PORTS = { 'implicit-tls': 465, starttls: 587 } as const satisfies Record<Security, number>;
/** RFC 8314 section 3.2: IMAP with TLS from the first byte. */
export const IMAPS_PORT = 993;

/** Personal Gmail and Google Workspace alike. 465 saves two round trips over 587. */
export const GMAIL_SMTP = {
  host: 'smtp.gmail.com',
  port: SMTP_PORTS['implicit-tls'],
  security: 'implicit-tls',
} as const;
export const GMAIL_IMAP = { host: 'imap.gmail.com', port: IMAPS_PORT } as const;
