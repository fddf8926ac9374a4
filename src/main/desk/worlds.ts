/**
 * @file The two worlds: the real desk, and while somebody practises a second one, whose settings, keychain, records and
 * mail server are its own and in memory. A call of the page goes to the desk in front, which holds nothing of the other:
 * nothing done in practice can reach the account, the keychain or the records.
 */
import { channels, type Channel, type Handlers } from '../../shared/contract.ts';
import type { DeskView, PracticeMail } from '../../shared/desk-view.ts';
import { ok } from '../../shared/result.ts';
import type { AccountForm } from '../../shared/words.ts';
import { createQueue } from '../ledger/queue.ts';
import type { PracticeRoom, ReceivedMail } from '../ports/mail.ts';
import type { Settings } from '../ports/settings.ts';
import { createDesk, type Desk, type DeskHandlers } from './desk.ts';
import type { DeskPorts } from './ports.ts';
import { encodeSecret } from './stored-secret.ts';

export interface WorldPorts extends DeskPorts {
  /** Settings in memory, empty. */
  readonly memorySettings: () => Settings;
  /** Starts a mail server on this computer that delivers to nobody, and the mail room in front of it. */
  readonly openPracticeRoom: (onMail: (mail: ReceivedMail) => void) => Promise<PracticeRoom>;
  /** Who practice mail is from while no account is set up. */
  readonly practiceName: string;
}

export interface Worlds extends Omit<Desk, 'handlers' | 'show'> {
  readonly handlers: Handlers;
}

/** The newest practice mails that are kept. */
export const PRACTICE_MAILS = 20;

/** An address of no mailbox (RFC 2606); practice's mail room has a server of its own. The page shows Gmail's limits. */
const practiceAccount = (name: string): AccountForm => ({
  kind: 'gmail',
  address: 'desk@practice.invalid',
  name,
});

interface Practice {
  readonly desk: Desk;
  readonly view: () => DeskView;
  readonly mailDocument: (id: string) => string | null;
  readonly close: () => Promise<void>;
}

export function createWorlds(ports: WorldPorts): Worlds {
  let practice: Practice | null = null;
  const real = createDesk({
    ...ports,
    // It goes on working behind practice, and is shown again afterwards.
    publish: (view) => {
      if (practice === null) ports.publish(view);
    },
  });
  const inTurn = createQueue();

  const front = (): Desk => practice?.desk ?? real;
  const view = (): DeskView => practice?.view() ?? real.view();

  async function openPractice(): Promise<Practice> {
    let mails: readonly ReceivedMail[] = [];
    /** As the page is shown it: marked as practice everywhere, and with no account, since it needs none. */
    const marked = (own: DeskView): DeskView => ({
      ...own,
      practice: true,
      account: null,
      // The document is shown in a frame, which asks for it by its id.
      practiceMails: mails.map(withoutDocument),
    });
    const room = await ports.openPracticeRoom((mail) => {
      mails = [mail, ...mails].slice(0, PRACTICE_MAILS);
      ports.publish(marked(desk.view()));
    });
    const settings = ports.memorySettings();
    settings.choose(ports.settings.choices());
    const account = practiceAccount(ports.settings.account()?.name ?? ports.practiceName);
    settings.setAccount(account);
    const keychain = ports.memoryVault();
    await keychain.write('app-password', encodeSecret(account, 'practice'));
    // Each port by name: a new one does not compile until it is decided what practice gets of it.
    const desk = createDesk({
      version: ports.version,
      settings,
      keychain,
      memoryVault: ports.memoryVault,
      mail: room.mail,
      previewMail: ports.previewMail,
      openVerifier: (needs) => ports.openVerifier({ ...needs, kind: 'practice' }),
      removeRecords: () => undefined,
      recordsUsed: () => false,
      // Nothing leaves this computer, not even a question to DNS.
      takesMail: () => Promise.resolve('unknown'),
      findServers: () => Promise.resolve({ result: 'none' }),
      releases: null,
      openOutside: ports.openOutside,
      // There is no window left to answer it.
      attract: () => undefined,
      practice: true,
      // What leaves it is marked as practice in its name and its text.
      files: ports.files,
      paper: ports.paper,
      copy: ports.copy,
      lineWords: ports.lineWords,
      clock: ports.clock,
      random: ports.random,
      timers: ports.timers,
      publish: (own) => ports.publish(marked(own)),
      report: ports.report,
    });
    await desk.start();
    return {
      desk,
      view: () => marked(desk.view()),
      mailDocument: (id) => mails.find((mail) => mail.id === id)?.html ?? desk.mailDocument(id),
      close: async () => {
        await desk.close();
        await room.close();
      },
    };
  }

  const routed = (channel: keyof DeskHandlers) => (input: never) => front().handlers[channel](input);
  const desks = Object.fromEntries(
    channels.filter(isOfDesk).map((channel) => [channel, routed(channel)]),
    // One entry for each channel of a desk, and each passes its input on as it is.
  ) as unknown as DeskHandlers;
  const handlers: Handlers = {
    ...desks,
    'desk.view': () =>
      practice === null ? real.handlers['desk.view'](undefined) : Promise.resolve(ok(practice.view())),
    'practice.begin': () =>
      inTurn(async () => {
        practice ??= await openPractice();
        ports.publish(view());
        return ok(null);
      }),
    'practice.leave': () =>
      inTurn(async () => {
        const left = practice;
        practice = null;
        real.show();
        await left?.close();
        return ok(null);
      }),
  };
  const both = (): readonly Desk[] => (practice === null ? [real] : [real, practice.desk]);

  return {
    handlers,
    // Practice is entered from the real desk and has no operators.
    refusal: (channel, input) => front().refusal(channel, input),
    view,
    mailDocument: (id) => (practice ?? real).mailDocument(id),
    start: real.start,
    sleep: () => {
      for (const desk of both()) desk.sleep();
    },
    wake: () => {
      for (const desk of both()) desk.wake();
    },
    tell: (notice) => front().tell(notice),
    notificationPressed: (id) => front().notificationPressed(id),
    close: () =>
      inTurn(async () => {
        await practice?.close();
        await real.close();
      }),
    // Practice has nothing to install.
    install: real.install,
  };
}

const isOfDesk = (channel: Channel): channel is keyof DeskHandlers => !channel.startsWith('practice.');

const withoutDocument = ({
  id,
  from,
  to,
  subject,
  text,
  source,
  receivedAt,
}: ReceivedMail): PracticeMail => ({
  id,
  from,
  to,
  subject,
  text,
  source,
  receivedAt,
});
