/**
 * @file Signs in with AUTH PLAIN, or LOGIN where that is all there is. The secret goes to the server and nowhere
 * else: it is not handed to nodemailer, whose own sign-in also falls back to PLAIN where nothing was offered.
 */
import { type SMTPConnectionCustomAuthHandler } from 'nodemailer/lib/smtp-connection';
import { type Failure } from './replies.ts';
import { parseReply } from './reply.ts';

/** What the server says it can do (EHLO, inside TLS). */
export interface Capabilities {
  readonly smtpUtf8: boolean;
  /** RFC 1870; null when it names no limit. */
  readonly maxBytes: number | null;
}

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

export function signIn(user: string, secret: string) {
  let failure: Failure | null = null;
  let capabilities: Capabilities = { smtpUtf8: false, maxBytes: null };

  const handler: SMTPConnectionCustomAuthHandler = async (context) => {
    capabilities = {
      smtpUtf8: context.extensions.includes('SMTPUTF8'),
      maxBytes: context.maxAllowedSize === false ? null : context.maxAllowedSize,
    };
    const conversation = commands(context.authMethods, user, secret);
    if (conversation.length === 0) failure = { step: 'sign-in', reply: null, error: 'AUTH_NOT_OFFERED' };
    for (const [command, wanted] of conversation) {
      const { response } = await context.sendCommand(command);
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
  return { handler, failure: () => failure, capabilities: () => capabilities };
}
