/**
 * @file Thousands of sends through a real Postfix that is killed and started again under them, and then the count:
 * every claim against the mails in Dovecot's Maildirs. Ends with a line of JSON; `--sends=N` for another number.
 *
 * Two numbers are counted there. Queue ids (integration/peers/queue-ids.ts) say how often this program handed a message
 * over, and must agree with what it claims, address by address. Files: what a killed Postfix delivers twice is no second
 * send, but it is a mail that somebody gets, and is not hidden.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { createCarrier } from '../../src/main/mail/smtp/carrier.ts';
import { compose } from '../../src/main/mail/message/compose.ts';
import { TIMING } from '../../src/main/mail/smtp/timing.ts';
import type { Outcome } from '../../src/main/ports/mail.ts';
import { submissionOf } from '../integration/mail/smtp/submission.ts';
import { mailPeersLack, startMailPeers } from '../integration/peers/postfix.ts';
import { queueIdsOf } from '../integration/peers/queue-ids.ts';
import { letter } from '../unit/mail/letter.ts';

const SENDS = Number(process.argv.find((argument) => argument.startsWith('--sends='))?.slice(8) ?? 2_000);
/** A desk sends one at a time; four desks' worth makes restarts strike in mid-message. */
const AT_ONCE = 4;
const RESTART_EVERY = 40;
if (!Number.isInteger(SENDS) || SENDS < 1) throw new Error('--sends= takes a number from 1 on');

const lack = await mailPeersLack();
if (lack !== null) throw new Error(`the soak needs a real Postfix, and ${lack}`);
const peers = await startMailPeers();
const started = performance.now();
const courier = createCarrier(
  (await submissionOf(peers))(),
  // A desk signs in six times in twenty seconds at most; here a server dies every second under four of them.
  { timing: { ...TIMING, signIns: { most: 1_000, withinMs: 1_000 } } },
);
const outcomes: Outcome[] = [];
const addressOf = (index: number) => `soak-${String(index).padStart(5, '0')}@example.test`;
let next = 0;
let done = 0;
let restarts = 0;

async function desk(): Promise<void> {
  for (let index = next++; index < SENDS; index = next++) {
    courier.warm();
    const message = await compose(
      letter({ to: addressOf(index), messageId: `<soak.${index}@example.test>` }),
      {
        name: 'Harbour Clinic',
        address: peers.address,
      },
    );
    outcomes[index] = await courier.send(message, {
      notAfter: Date.now() + 60_000,
      signal: new AbortController().signal,
      onStage: () => undefined,
    });
    done += 1;
  }
}
async function unrest(): Promise<void> {
  for (let at = RESTART_EVERY; at < SENDS; at += RESTART_EVERY) {
    while (done < at) await sleep(5);
    await peers.restart();
    restarts += 1;
  }
}

try {
  await Promise.all([...Array.from({ length: AT_ONCE }, desk), unrest()]);
  await courier.close();

  const wanted = outcomes.flatMap(({ state }, index) => (state === 'accepted' ? [index] : []));
  const inboxes = new Map<number, readonly string[]>();
  const lookInto = async (index: number) => {
    inboxes.set(index, queueIdsOf(await peers.mailOf(addressOf(index))));
  };
  // A killed queue manager waits before it tries again what it had in hand.
  const patience = performance.now() + 300_000;
  for (;;) {
    for (const index of wanted) if ((inboxes.get(index)?.length ?? 0) === 0) await lookInto(index);
    if (wanted.every((index) => (inboxes.get(index)?.length ?? 0) > 0)) break;
    if (performance.now() > patience) break;
    await sleep(500);
  }
  for (let index = 0; index < SENDS; index += 1) await lookInto(index);

  const count = (state: Outcome['state']) => outcomes.filter((outcome) => outcome.state === state).length;
  const handedOver = outcomes.map((_outcome, index) => new Set(inboxes.get(index)).size);
  const falseClaims = outcomes.filter(({ state }, index) => {
    const times = handedOver[index] ?? 0;
    return (state === 'accepted' && times === 0) || (state === 'refused' && times > 0);
  }).length;
  const duplicates = handedOver.filter((times) => times > 1).length;
  const [accepted, unknown] = [count('accepted'), count('unknown')];
  const arrivedOfUnknown = outcomes.filter(
    ({ state }, index) => state === 'unknown' && (handedOver[index] ?? 0) > 0,
  ).length;
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);
  const queueIds = sum(handedOver);
  const files = sum([...inboxes.values()].map((ids) => ids.length));
  console.log(
    JSON.stringify({
      sends: SENDS,
      restarts,
      accepted,
      refused: count('refused'),
      refused_because: [
        ...new Set(
          outcomes.flatMap((outcome) => (outcome.state === 'refused' ? [outcome.problem.cause] : [])),
        ),
      ],
      unknown,
      unknown_that_arrived: arrivedOfUnknown,
      queue_ids_in_maildirs: queueIds,
      files_in_maildirs: files,
      false_claims: falseClaims,
      duplicates,
      seconds: Math.round((performance.now() - started) / 1000),
    }),
  );
  process.exitCode = falseClaims + duplicates === 0 && queueIds === accepted + arrivedOfUnknown ? 0 : 1;
} finally {
  await courier.close();
  await peers.stop();
}
