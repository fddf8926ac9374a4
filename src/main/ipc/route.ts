/**
 * @file The one way a call takes from the page to its handler: sender → shape → who is at the desk → handler → Result. It knows no
 * Electron, so that it can be fuzzed by the hundred thousand, and it must never reject.
 */
import { randomBytes } from 'node:crypto';
import type { AccessProblem } from '../../shared/access.ts';
import type { AnswerOf, Channel, Handlers, InputOf } from '../../shared/contract.ts';
import type { BridgeProblem } from '../../shared/problems.ts';
import { fail, ok, type Result } from '../../shared/result.ts';
import { isPlainData } from './plain-data.ts';
import type { LogRefusal, Refusal } from '../log/refusal-log.ts';
import { codeOf, troubleOf } from '../system/file-trouble.ts';
import { schemas } from './schemas.ts';

/** Who calls, as far as the decision needs it. */
export interface Caller {
  /** Null when the frame navigated or died before the call was looked at. */
  readonly frame: { readonly origin: string; readonly url: string; readonly parent: unknown } | null;
  /** The call came from a window that this program opened for its page. */
  readonly fromOurWindow: boolean;
}

export interface RouteParts {
  readonly handlers: Handlers;
  /** The only origin that is listened to: "app://countersign". */
  readonly origin: string;
  /** Why this call is turned away with who is at the desk now; null when it is not. */
  readonly refusal: <C extends Channel>(channel: C, input: InputOf<C>) => AccessProblem | null;
  /** Writes an unexpected exception under its reference. Must not throw. */
  readonly logException: (reference: string, where: string, error: unknown) => void;
  /** Writes that a call was turned away. Must not throw. */
  readonly logRefusal: LogRefusal;
}

export type Route = <C extends Channel>(
  channel: C,
  caller: Caller,
  args: readonly unknown[],
) => Promise<AnswerOf<C>>;

export function createRoute({ handlers, origin, refusal, logException, logRefusal }: RouteParts): Route {
  const refuse = (channel: Channel, code: Refusal) => {
    logRefusal(channel, code);
    return fail<BridgeProblem>({ code });
  };
  return async <C extends Channel>(
    channel: C,
    caller: Caller,
    args: readonly unknown[],
  ): Promise<AnswerOf<C>> => {
    if (!mayCall(caller, origin)) return refuse(channel, 'refused-sender');
    const input = parse(channel, args);
    if (!input.ok) return refuse(channel, input.problem.code);
    const refused = refusal(channel, input.value);
    // Not logged: a desk that locked itself is asked by its page, and there is nothing wrong with that.
    if (refused !== null) return fail<BridgeProblem>(refused);
    try {
      return await handlers[channel](input.value);
    } catch (error) {
      // Random, so that it says nothing; short, so that it can be read out over a telephone.
      const reference = randomBytes(4).toString('hex');
      logException(reference, channel, error);
      return fail<BridgeProblem>(
        troubleOf(codeOf(error)) === 'full' ? { code: 'disk-full' } : { code: 'internal', reference },
      );
    }
  };
}

/**
 * Our page, in the top frame of our window. The address is asked for beside the origin because about:blank and
 * blob: documents inherit the origin of the page that opened them.
 */
function mayCall({ frame, fromOurWindow }: Caller, origin: string): boolean {
  return (
    fromOurWindow &&
    frame !== null &&
    frame.parent === null &&
    frame.origin === origin &&
    frame.url.startsWith(`${origin}/`)
  );
}

function parse<C extends Channel>(
  channel: C,
  args: readonly unknown[],
): Result<InputOf<C>, { readonly code: 'invalid-input' }> {
  const invalid = fail({ code: 'invalid-input' } as const);
  if (args.length > 1) return invalid;
  try {
    if (!isPlainData(args[0])) return invalid;
    const parsed = schemas[channel].safeParse(args[0]);
    return parsed.success ? ok(parsed.data) : invalid;
  } catch {
    // A value that throws when it is looked at cannot come out of structured clone; if it did, it is no form.
    return invalid;
  }
}
