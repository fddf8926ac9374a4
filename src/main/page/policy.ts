/** @file What the page and a mail shown in it may do, as their Content-Security-Policies. */
import { MAIL_ORIGIN } from './source.ts';

/** The page: run and show files of its own, frame a mail of practice, and nothing else. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  // The page speaks to main over the bridge and to no server.
  "connect-src 'none'",
  `frame-src ${MAIL_ORIGIN}`,
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  // Text can never become markup or script, not even through a library.
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');

/** A mail: its own inline style and nothing else. `page`: the origin that may frame it. */
export const mailPolicy = (page: string): string =>
  [
    "default-src 'none'",
    "style-src 'unsafe-inline'",
    "form-action 'none'",
    "base-uri 'none'",
    `frame-ancestors ${page}`,
    // Without scripts, forms, windows or an origin that anything else could belong to.
    'sandbox',
  ].join('; ');
