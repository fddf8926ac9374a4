/** @file Handlers that only write down what reached them, for tests that prove what does not reach them. */
import { channels, type Channel, type Handlers } from '../../../src/shared/contract.ts';
import { ok } from '../../../src/shared/result.ts';

export interface Reached {
  readonly channel: Channel;
  readonly input: unknown;
}

/** All handlers of the contract; each answers null and adds to `reached`. */
export function recordedHandlers(reached: Reached[]): Handlers {
  const all = channels.map((channel) => [
    channel,
    (input: unknown) => {
      reached.push({ channel, input });
      return Promise.resolve(ok(null));
    },
  ]);
  // The values are not the contract's, on purpose: the router passes on what it is given.
  return Object.fromEntries(all) as Handlers;
}
