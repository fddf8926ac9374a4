/** @file Peers and couriers that end with the test that began them. */
import {
  type Carrier,
  type CarrierOptions,
  createCarrier,
  type SendOptions,
} from '../../../../src/main/mail/smtp/carrier.ts';
import type { ComposedMessage } from '../../../../src/main/mail/message/compose.ts';
import type { SmtpServer } from '../../../../src/main/mail/smtp/server.ts';
import type { Timing } from '../../../../src/main/mail/smtp/timing.ts';
import type { Outcome } from '../../../../src/main/ports/mail.ts';
import { stopAfterEach } from '../../../fakes/stops.ts';
import { message, QUICK } from './carry.ts';
import { type Script, type ScriptedPeer, startScriptedPeer } from './scripted-peer.ts';
import { type SmtpPeer, startSmtpPeer } from './smtp-peer.ts';

/** To be called once in a file of tests. `stops`: what else is to end with each test, in this order. */
export function served() {
  const stops = stopAfterEach();
  return {
    stops,
    smtp: async (options: Parameters<typeof startSmtpPeer>[0] = {}): Promise<SmtpPeer> => {
      const peer = await startSmtpPeer(options);
      stops.push(peer.stop);
      return peer;
    },
    scripted: async (
      script: Script,
      options: Parameters<typeof startScriptedPeer>[1] = {},
    ): Promise<ScriptedPeer> => {
      const peer = await startScriptedPeer(script, options);
      stops.push(peer.stop);
      return peer;
    },
    courierFor: (server: SmtpServer, timing: Partial<Timing> = {}, options: CarrierOptions = {}): Carrier => {
      const courier = createCarrier(server, {
        timing: { ...QUICK, ...timing },
        random: () => 0.5,
        ...options,
      });
      stops.unshift(courier.close);
      return courier;
    },
  };
}

/** Sends one message over a courier that is there. */
export const sendOver = async (
  courier: Carrier,
  options: Partial<SendOptions> = {},
  composed?: ComposedMessage,
): Promise<Outcome> =>
  courier.send(composed ?? (await message()), {
    notAfter: Infinity,
    signal: new AbortController().signal,
    onStage: () => undefined,
    ...options,
  });
