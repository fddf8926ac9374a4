/**
 * @file How long things may take at a counter, where a caller waits. nodemailer's own limits (2 minutes to
 * connect, 30 s for a greeting, 10 minutes for an answer) are made for servers talking to servers.
 */

export interface Timing {
  /** To open the line and, for each, to make it secure. A phone's hotspot needs up to 3 s. */
  readonly connectMs: number;
  /** To be greeted. smtp-server and Postfix wait up to a second on purpose; greylisting servers up to 5. */
  readonly greetingMs: number;
  /** For any other answer. RFC 5321 §4.5.3.2 allows minutes; a counter does not. */
  readonly replyMs: number;
  /**
   * For the answer to the message itself. Longer, because giving up here makes the outcome unknown (RFC 5321
   * §4.5.3.2.6 warns of duplicates for the same reason).
   */
  readonly verdictMs: number;
  /** For the first answer on a line kept open: a dead one (sleep, a forgetful router) stays silent. */
  readonly keptReplyMs: number;
  /** A line that answered so short a while ago is taken to be alive: all of a message may go out at once. */
  readonly aliveMs: number;
  /**
   * From this round trip on a message goes out in one flight. On shorter lines DATA is quicker: a server that answers
   * BDAT in two small writes (Postfix) holds the second back for our delayed ACK (docs/benchmarks.md).
   */
  readonly flightFromMs: number;
  /** Between signs of life on an idle line. Home routers forget a silent one after 2 to 5 minutes. */
  readonly keepAliveMs: number;
  /** How long an unused line is kept. Postfix hangs up after 5 minutes of its own (smtpd_timeout). */
  readonly idleMs: number;
  /** For the answer to QUIT, which changes nothing any more. */
  readonly leaveMs: number;
  /** Pauses before the line is tried again. There are as many tries as pauses, and one. */
  readonly lineRetryMs: readonly number[];
  /** Pauses after "busy"; the last one repeats until the letter is not worth sending. */
  readonly busyRetryMs: readonly number[];
  /** No sign-in at all for this long after 454 4.7.0: Google lengthens its own pause with each try. */
  readonly signInPauseMs: number;
  /** So many sign-ins at most within this time, for sends, lines ahead of need and tests together: a person at a desk needs two or three. */
  readonly signIns: { readonly most: number; readonly withinMs: number };
  /** Between two sign-ins ahead of any need, however often the line is let go in between. */
  readonly warmEveryMs: number;
  /** Pauses between failed attempts to open a line ahead of time; the last one repeats. */
  readonly warmRetryMs: readonly number[];
}

export const TIMING: Timing = {
  connectMs: 8_000,
  greetingMs: 8_000,
  replyMs: 15_000,
  verdictMs: 60_000,
  keptReplyMs: 4_000,
  aliveMs: 5_000,
  flightFromMs: 50,
  keepAliveMs: 60_000,
  idleMs: 300_000,
  leaveMs: 1_000,
  lineRetryMs: [1_000, 3_000],
  busyRetryMs: [2_000, 5_000, 10_000, 20_000, 30_000],
  signInPauseMs: 180_000,
  signIns: { most: 6, withinMs: 20_000 },
  warmEveryMs: 3_000,
  warmRetryMs: [5_000, 15_000, 60_000, 300_000],
};
