/**
 * @file Signs in with AUTH PLAIN, or LOGIN where that is all there is. The secret goes to the server and nowhere
 * else: it is not handed to nodemailer, whose own sign-in also falls back to PLAIN where nothing was offered.
 */
import { type SMTPConnectionCustomAuthHandler } from 'nodemailer/lib/smtp-connection';
import type { ErrorCode, Failure } from './replies.ts';
import { parseReply } from './reply.ts';

const base64 = (value: string): string => Buffer.from(value, 'utf8').toString('base64');

/** Commands with the code that each must be answered with (RFC 4616; LOGIN has no RFC, only its draft). */
function commands(methods: readonly string[], user: string, secret: string): readonly [string, number][] {
  // One round trip with its initial response (RFC 4954 §4); LOGIN takes three.
  if (methods.includes('PLAIN')) return [[`AUTH PLAIN ${base64(`\0${user}\0${secret}`)}`, 235]];
  if (!methods.includes('LOGIN')) return [];
  return [
    ['AUTH LOGIN', 334],
    [base64(user), 334],
    [base64(secret), 235],
  ];
}

/** Ways to sign in with a token in the place of a password. */
const TOKENS = ['XOAUTH2', 'OAUTHBEARER'];

export function signIn(account: {
  readonly user: string;
  readonly secret: string;
  /** Offered by the server, in capitals. Asked for when its turn comes. */
  readonly methods: () => readonly string[];
}) {
  const { user, methods } = account;
  // A kept line holds on to this: the secret is let go of once it was said.
  let secret: string | null = account.secret;
  let failure: Failure | null = null;
  let roundTripMs = Infinity;

  const handler: SMTPConnectionCustomAuthHandler = async (context) => {
    const offered = methods();
    const conversation = secret === null ? [] : commands(offered, user, secret);
    secret = null;
    if (conversation.length === 0) {
      const error: ErrorCode = offered.some((method) => TOKENS.includes(method))
        ? 'PASSWORD_NOT_OFFERED'
        : 'AUTH_NOT_OFFERED';
      failure = { step: 'sign-in', reply: null, error };
    }
    for (const [command, wanted] of conversation) {
      const askedAt = performance.now();
      const { response } = await context.sendCommand(command);
      roundTripMs = Math.min(roundTripMs, performance.now() - askedAt);
      const reply = parseReply(response);
      if (reply?.code === wanted) continue;
      failure =
        reply === null
          ? { step: 'sign-in', reply, error: 'GARBLED', raw: response }
          : { step: 'sign-in', reply, error: null };
      break;
    }
    // nodemailer learns only that it went wrong, not what was said.
    if (failure !== null) throw new Error('sign-in failed');
  };
  return { handler, failure: () => failure, roundTripMs: () => roundTripMs };
}
