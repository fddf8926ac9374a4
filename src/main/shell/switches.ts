/**
 * @file Chromium's own switches, set by the program for every start: what Chromium would do by itself beside the page.
 * They count only until the main module has been evaluated, so they must be set before anything is awaited.
 */
import { app } from 'electron';
import type { PageSource } from '../page/source.ts';

/** Call first. */
export function setSwitches(page: PageSource): void {
  // Chromium finds no host at all: not for a request of the page, nor for what asks neither the policy nor webRequest
  // (dns-prefetch, preconnect, spelling dictionaries). Mail is main's, and main resolves through Node.
  app.commandLine.appendSwitch('host-resolver-rules', resolverRules(page));
  // Nothing is encrypted for the page (the fuse for cookies is off), so Chromium has no business with the keyring; asking
  // it would show a second prompt at the start (electron/electron#51981).
  if (process.platform === 'linux') app.commandLine.appendSwitch('password-store', 'basic');
}

/** The development server is on this computer; everything else is not found. */
const resolverRules = (page: PageSource): string =>
  page.origin.startsWith('http:')
    ? 'MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1, EXCLUDE [::1]'
    : 'MAP * ~NOTFOUND';
