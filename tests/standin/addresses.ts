/**
 * @file Between Electron's addresses and Chromium's. A stock Chromium takes app:// for another program's business
 * and gives it no origin; so app://countersign is https://countersign.app.invalid there: a real, secure origin,
 * under a top-level domain that can never resolve (RFC 2606). No request for it leaves the machine.
 */

const schemes = new Set<string>();

/** Makes a scheme standard and secure. */
export const registerScheme = (scheme: string): void => void schemes.add(scheme);

export function toChromium(address: string): string {
  const url = URL.parse(address);
  const scheme = url?.protocol.slice(0, -1) ?? '';
  if (url === null || !schemes.has(scheme)) return address;
  return `https://${url.host}.${scheme}.invalid${url.pathname}${url.search}${url.hash}`;
}

export function toElectron(address: string): string {
  const url = URL.parse(address);
  const [, host, scheme] = /^(.+)\.([^.]+)\.invalid$/.exec(url?.host ?? '') ?? [];
  if (url?.protocol !== 'https:' || scheme === undefined || !schemes.has(scheme)) return address;
  return `${scheme}://${host ?? ''}${url.pathname}${url.search}${url.hash}`;
}

/** A Content-Security-Policy, whose sources are origins. */
export const policyToChromium = (policy: string): string =>
  policy.replace(/[a-z][a-z0-9+.-]*:\/\/[^\s;/]+/g, (origin) => toChromium(`${origin}/`).replace(/\/$/, ''));

/** The same for an origin, which has no path. */
export const originToElectron = (origin: string): string =>
  /^https?:\/\/./.test(origin) ? toElectron(`${origin}/`).replace(/\/$/, '') : 'null';
