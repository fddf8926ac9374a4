/**
 * @file Thousands of sends through a real Postfix that is killed and started again under them, and then the count:
 * every claim against the mails in Dovecot's Maildirs. Ends with a line of JSON; `--sends=N` for another number.
 */
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createCourier } from '../../src/main/mail/courier.ts';
import { compose } from '../../src/main/mail/message.ts';
import type { Outcome } from '../../src/main/verification/ports.ts';
import { mailPeersLack, startMailPeers } from '../integration/peers/postfix.ts';
import { letter } from '../unit/mail/letter.ts';

const SENDS = Number(process.argv.find((argument) => argument.startsWith('--sends='))?.slice(8) ?? 2_000);
/** A desk sends one at a time; four desks' worth makes restarts strike in mid-message. */
const AT_ONCE = 4;
const RESTART_EVERY = 40;

/**
 * One for each message that Postfix accepted. A Postfix killed between handing a mail over and noting that it did so
 * hands it over again, with the same queue id in the same Received line: that is its doing, and not a second send.
 */
const queueIds = (mails: readonly string[]): Set<string> =>
  new Set(
    mails.map((mail) => /ESMTPSA id ([0-9A-Za-z]+)/u.exec(mail)?.[1] ?? `none in ${mail.slice(0, 200)}`),
  );

const lack = await mailPeersLack();
if (lack !== null) throw new Error(`the soak needs a real Postfix, and ${lack}`);
const peers = await startMailPeers();
const started = performance.now();
const courier = createCourier({
  host: peers.host,
  port: peers.submissionsPort,
  security: 'implicit-tls',
  user: peers.user,
  secret: () => Promise.resolve(peers.password),
  trust: { ca: await readFile(peers.ca, 'utf8') },
});
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
  const inboxes = new Map<number, Set<string>>();
  const lookInto = async (index: number) => {
    inboxes.set(index, queueIds(await peers.mailOf(addressOf(index))));
  };
  // A killed queue manager waits before it tries again what it had in hand.
  const patience = performance.now() + 300_000;
  for (;;) {
    for (const index of wanted) if ((inboxes.get(index)?.size ?? 0) === 0) await lookInto(index);
    if (wanted.every((index) => (inboxes.get(index)?.size ?? 0) > 0)) break;
    if (performance.now() > patience) break;
    await sleep(500);
  }
  for (let index = 0; index < SENDS; index += 1) await lookInto(index);

  const count = (state: Outcome['state']) => outcomes.filter((outcome) => outcome.state === state).length;
  const mails = outcomes.map((_outcome, index) => inboxes.get(index)?.size ?? 0);
  const falseClaims = outcomes.filter(({ state }, index) => {
    const arrived = mails[index] ?? 0;
    return (state === 'accepted' && arrived === 0) || (state === 'refused' && arrived > 0);
  }).length;
  const duplicates = mails.filter((arrived) => arrived > 1).length;
  const [accepted, unknown] = [count('accepted'), count('unknown')];
  const arrivedOfUnknown = outcomes.filter(
    ({ state }, index) => state === 'unknown' && (mails[index] ?? 0) > 0,
  ).length;
  const inMaildirs = mails.reduce((sum, arrived) => sum + arrived, 0);
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
      mails_in_maildirs: inMaildirs,
      false_claims: falseClaims,
      duplicates,
      seconds: Math.round((performance.now() - started) / 1000),
    }),
  );
  process.exitCode = falseClaims + duplicates === 0 && inMaildirs === accepted + arrivedOfUnknown ? 0 : 1;
} finally {
  await courier.close();
  await peers.stop();
}
