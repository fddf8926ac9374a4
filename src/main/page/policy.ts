/** @file What the page may do, as its Content-Security-Policy: run and show files of its own, and nothing else. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self'",
  // The page speaks to main over the bridge and to no server.
  "connect-src 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  // Text can never become markup or script, not even through a library.
  "require-trusted-types-for 'script'",
  "trusted-types 'none'",
].join('; ');
