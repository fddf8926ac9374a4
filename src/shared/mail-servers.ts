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

/** A host in one form: names are the same in any letters (RFC 4343), and with the dot of the root at their end. */
export const foldedHost = (host: string): string => host.toLowerCase().replace(/\.$/, '');

/** Where an account of a domain hands mail over and finds its mailbox, as far as the domain says so. */
export interface FoundServers {
  /**
   * srv: its SRV records (RFC 6186, RFC 8314). autoconfig: its own settings file. hosted: its MX records name a provider
   * whose servers are known. usual-name: a server of the usual name is there.
   */
  readonly how: 'srv' | 'autoconfig' | 'hosted' | 'usual-name';
  readonly server: { readonly host: string; readonly port: number; readonly security: Security };
  /** Who signs in: the whole address, or what stands before its @. */
  readonly user: 'address' | 'local-part';
  /** Null when no mailbox with TLS from the first byte was named. */
  readonly mailbox: { readonly host: string; readonly port: number } | null;
}

/** What came of looking for the servers of a domain. */
export type ServerSearch =
  | { readonly result: 'found'; readonly found: FoundServers }
  /** Its mail is at Google: it is a Workspace account. */
  | { readonly result: 'google' }
  | { readonly result: 'none' }
  /** Nothing answered at all, so that nothing is known. */
  | { readonly result: 'no-answer' };
