/** @file What a server says it can do, from its answer to EHLO (RFC 5321 §4.1.1.1). */

export interface Capabilities {
  /** RFC 2920. */
  readonly pipelining: boolean;
  /** RFC 3030: BDAT. */
  readonly chunking: boolean;
  /** RFC 6531. */
  readonly smtpUtf8: boolean;
  /** RFC 1870: MAIL takes the size. */
  readonly size: boolean;
  /** The largest message; null when no limit is named. */
  readonly maxBytes: number | null;
  /** RFC 4954: ways to sign in, in capitals. */
  readonly auth: readonly string[];
}

/** The first line is the server's name, and no keyword. Unknown keywords are left out. */
export function capabilitiesOf(reply: string): Capabilities {
  const [, ...lines] = reply.split(/\r?\n/u).filter((line) => line.trim() !== '');
  const words = lines.map((line) =>
    line
      .slice(4)
      .trim()
      .toUpperCase()
      .split(/[\s=]+/u),
  );
  const of = (keyword: string) => words.filter(([first]) => first === keyword);
  const [, most = ''] = of('SIZE')[0] ?? [];
  return {
    pipelining: of('PIPELINING').length > 0,
    chunking: of('CHUNKING').length > 0,
    smtpUtf8: of('SMTPUTF8').length > 0,
    size: of('SIZE').length > 0,
    // RFC 1870 §4: 0 is no limit.
    maxBytes: /^[1-9]\d{0,15}$/u.test(most) ? Number(most) : null,
    auth: of('AUTH').flatMap(([, ...methods]) => methods),
  };
}
