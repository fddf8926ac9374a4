/**
 * @file A whole desk for tests: the real desk, settings and records (in memory), with a keychain that can be locked,
 * a mail line that keeps every letter, and a clock that is moved by hand.
 */
import { previewMail } from '../../src/main/mail/message/preview.ts';
import { requestOf } from '../../src/shared/request.ts';
import { join } from 'node:path';
import { createWorlds, type Worlds } from '../../src/main/desk/worlds.ts';
import type { News } from '../../src/main/desk/news.ts';
import type { RecordsKind } from '../../src/main/desk/ports.ts';
import type { TakesMail } from '../../src/main/address/mail-domain.ts';
import type { Courier, Mail, ReceivedMail } from '../../src/main/ports/mail.ts';
import {
  areRecordsUsed,
  createLastingRecords,
  openRecords,
  removeRecords,
} from '../../src/main/store/records.ts';
import { memorySettings, openSettings } from '../../src/main/store/settings.ts';
import type { Releases } from '../../src/main/ports/releases.ts';
import type { Settings } from '../../src/main/ports/settings.ts';
import type { Vault } from '../../src/main/ports/vault.ts';
import { writePrivately } from '../../src/main/system/private-file.ts';
import { TEXTS } from '../../src/main/texts.ts';
import { createMemoryVault } from '../../src/main/vault/memory.ts';
import { openVerifier } from '../../src/main/verification/open-verifier.ts';
import type { Verifier } from '../../src/main/verification/verifier.ts';
import type { ServerSearch } from '../../src/shared/mail-servers.ts';
import type { InputOf } from '../../src/shared/contract.ts';
import type { DeskView, Draft, SetupStep } from '../../src/shared/desk-view.ts';
import { fail, ok } from '../../src/shared/result.ts';
import type {
  Authority,
  AccountForm,
  DeliveryProblem,
  EpochMs,
  RecordsTrouble,
} from '../../src/shared/words.ts';
import { createFakeClock, createFakeRandom, type FakeClock } from './clock.ts';
import { createFakePost, type FakePost } from './post.ts';
import { createFakeVault, type FakeVault } from './vault.ts';
import { valueOf } from './value-of.ts';

export const ACCOUNT: AccountForm = { kind: 'gmail', address: 'desk@gmail.com', name: 'Harbour Clinic' };
export const APP_PASSWORD = 'qwherkzlmvtaypno';

/** What set-up is filled in with; `change` says what is different. */
export const saving = (change: Partial<InputOf<'setup.save'>> = {}): InputOf<'setup.save'> => ({
  form: ACCOUNT,
  password: APP_PASSWORD,
  keep: 'keychain',
  untested: false,
  confirmed: [],
  endOpen: false,
  ...change,
});

/** What is asked for in most tests. */
export const MARIA: Draft = {
  address: ' Maria@Example.TEST ',
  request: requestOf('payment', { amount: '€49.90', payee: 'Harbour Clinic' }),
};

export interface DeskScene {
  readonly desk: Worlds;
  readonly clock: FakeClock;
  readonly vault: FakeVault;
  readonly settings: Settings;
  /** Where the person says that files are to be saved; null: calls it off. */
  savesTo: string | null;
  /** The names that were suggested for files. */
  readonly asked: readonly string[];
  /** What was put on the clipboard. */
  readonly copied: readonly string[];
  /** Whether the person prints, when asked. */
  prints: boolean;
  /** What was handed to either line. */
  readonly post: FakePost;
  /** Every live test of an account: with which form, and which secret. */
  readonly probes: { readonly form: AccountForm; readonly secret: string }[];
  /** Called while a live test of an account runs, which ends when this has. */
  whileProbing: () => unknown;
  /** Every watch over the inbox, oldest first. */
  readonly watches: readonly {
    readonly since: EpochMs;
    readonly on: Parameters<Mail['watch']>[3];
    readonly open: boolean;
  }[];
  /** Every Message-ID that was to be removed from Sent. */
  readonly removals: readonly string[];
  /** What comes of tidying Sent. */
  tidied: Awaited<ReturnType<Mail['tidy']>>;
  /** Whether a domain takes mail, as DNS has it. */
  dns: (domain: string) => Promise<TakesMail>;
  /** The domains whose servers were looked for, and what comes of it. */
  readonly searches: readonly string[];
  found: ServerSearch;
  /** Why the next tests fail; null lets them succeed. */
  probeProblem: DeliveryProblem | null;
  /** The authorities that a test which succeeds met. */
  met: readonly Authority[];
  /** The step at which they do. */
  probeStep: SetupStep;
  /** Why the desk's records cannot be opened; removing them mends it. */
  recordsTrouble: RecordsTrouble | null;
  /** The verifiers that were opened, oldest first. */
  readonly verifiers: readonly Verifier[];
  /** The secret that the newest line would sign in with. */
  readonly lineSecret: () => Promise<string | null>;
  /** A mail arrives at the practice server. */
  readonly practiceMail: (mail: ReceivedMail) => void;
  /** How many practice servers have ended. */
  readonly practiceRoomsClosed: () => number;
  /** What the lines were asked beside sending, in order. */
  readonly lineCalls: ('warm' | 'rest' | 'renew')[];
  /** What the person was called for, in order. */
  readonly attracted: { readonly news: News; readonly id: string }[];
  /** How often the page was told something. */
  readonly published: () => number;
  /** What the page was told last. */
  readonly shown: () => DeskView;
  /** What went wrong in the background. */
  readonly reports: unknown[];
  /** Sets the account up, declines the code to oneself, and gives the view. */
  readonly setUp: () => Promise<DeskView>;
  /** Lets what was started in the background come to its end. */
  readonly settle: () => Promise<void>;
}

/**
 * A desk that has started. What an earlier one left can be given: its settings, its keychain, its trouble, or its whole
 * profile in a folder, whose time is `clock`'s.
 */
export async function openDesk(
  saved: {
    readonly settings?: Settings;
    readonly vault?: FakeVault;
    readonly recordsTrouble?: RecordsTrouble;
    readonly profile?: string;
    /** The version of SQLite that opens the records; the one at work unless told. */
    readonly sqlite?: string;
    readonly clock?: FakeClock;
    readonly releases?: Releases;
    /** The real ones, in the place of the fakes. */
    readonly keychain?: Vault;
    readonly probe?: Mail['probe'];
    /** Told of every view. */
    readonly onView?: (view: DeskView) => void;
  } = {},
): Promise<DeskScene> {
  const { profile } = saved;
  const clock = saved.clock ?? createFakeClock();
  const file = (kind: RecordsKind): string => {
    return profile === undefined || kind !== 'desk' ? ':memory:' : join(profile, 'verifications.db');
  };
  const sessionRecords = createLastingRecords();
  const vault = saved.vault ?? createFakeVault();
  const post = createFakePost();
  const random = createFakeRandom();
  const searches: string[] = [];
  const probes: DeskScene['probes'] = [];
  const watches: {
    readonly since: EpochMs;
    readonly on: Parameters<Mail['watch']>[3];
    open: boolean;
  }[] = [];
  const asked: string[] = [];
  const copied: string[] = [];
  const removals: string[] = [];
  const reports: unknown[] = [];
  const verifiers: Verifier[] = [];
  const attracted: DeskScene['attracted'] = [];
  const lineCalls: ('warm' | 'rest' | 'renew')[] = [];
  let published = 0;
  let shown: DeskView | null = null;
  let practiceMail: (mail: ReceivedMail) => void = () => undefined;
  let practiceRoomsClosed = 0;
  let lineSecret: () => Promise<string | null> = () => Promise.resolve(null);

  const settings =
    saved.settings ??
    valueOf(openSettings(profile === undefined ? ':memory:' : join(profile, 'settings.db')));
  const courier = (): Courier => ({
    deliver: (letter, options) => post.deliver(letter, options),
    warm: () => void lineCalls.push('warm'),
    rest: () => void lineCalls.push('rest'),
    renew: () => void lineCalls.push('renew'),
    close: () => Promise.resolve(),
  });
  const mail: Mail = {
    courierFor: (_account, secret) => {
      lineSecret = secret;
      return courier();
    },
    probe: async (form, secret, options) => {
      probes.push({ form, secret });
      await scene.whileProbing();
      if (saved.probe !== undefined) return saved.probe(form, secret, options);
      const { probeProblem } = scene;
      return probeProblem === null ? ok(scene.met) : fail({ step: scene.probeStep, problem: probeProblem });
    },
    watch: (_account, _secret, since, on) => {
      const watch = { since, on, open: true };
      watches.push(watch);
      return { close: () => void (watch.open = false) };
    },
    tidy: (_account, _secret, messageIds) => {
      removals.push(...messageIds);
      return Promise.resolve(scene.tidied);
    },
  };
  const desk = createWorlds({
    version: '0.0.0',
    practiceName: 'Practice desk',
    settings,
    keychain: saved.keychain ?? vault,
    memoryVault: createMemoryVault,
    memorySettings,
    openPracticeRoom: (onMail) => {
      practiceMail = onMail;
      return Promise.resolve({
        mail: { ...mail, courierFor: courier },
        close: () => {
          practiceRoomsClosed += 1;
          return Promise.resolve();
        },
      });
    },
    mail,
    openVerifier: async (needs) => {
      if (needs.kind === 'desk' && scene.recordsTrouble !== null) return fail({ code: scene.recordsTrouble });
      const records =
        needs.kind === 'session' ? ok(sessionRecords.open()) : openRecords(file(needs.kind), saved.sqlite);
      if (!records.ok) return records;
      const opened = await openVerifier({
        ...needs,
        practice: needs.kind === 'practice',
        app: 'Countersign 0.0.0',
        file: records.value,
        clock,
        timers: clock.timers,
        random,
        report: (error) => reports.push(error),
      });
      if (opened.ok) verifiers.push(opened.value);
      return opened;
    },
    removeRecords: () => {
      scene.recordsTrouble = null;
      sessionRecords.remove();
      if (file('desk') !== ':memory:') removeRecords(file('desk'));
    },
    recordsUsed: () => file('desk') !== ':memory:' && areRecordsUsed(file('desk')),
    previewMail,
    takesMail: (domain) => scene.dns(domain),
    findServers: (domain) => {
      searches.push(domain);
      return Promise.resolve(scene.found);
    },
    releases: saved.releases ?? null,
    openOutside: () => undefined,
    practice: false,
    files: {
      ask: (suggested) => {
        asked.push(suggested);
        return Promise.resolve(scene.savesTo);
      },
      write: writePrivately,
    },
    paper: {
      pdf: () => Promise.resolve(Buffer.from('%PDF-1.7 as it prints')),
      print: () => Promise.resolve(scene.prints),
    },
    copy: (text) => {
      copied.push(text);
      return Promise.resolve();
    },
    lineWords: TEXTS.en.line,
    attract: (news, id) => void attracted.push({ news, id }),
    clock,
    random,
    timers: clock.timers,
    publish: (view) => {
      published += 1;
      shown = view;
      saved.onView?.(view);
    },
    report: (error) => reports.push(error),
  });

  const settle = async (): Promise<void> => {
    const isSending = () =>
      desk.view().shift.some((row) => row.state !== 'unreadable' && row.delivery === 'sending');
    while (isSending() && post.outcome !== null) await new Promise(setImmediate);
    await new Promise(setImmediate);
  };
  const scene: DeskScene = {
    desk,
    clock,
    vault,
    settings,
    post,
    probes,
    savesTo: null,
    asked,
    copied,
    prints: true,
    whileProbing: () => undefined,
    watches,
    removals,
    verifiers,
    tidied: { done: true },
    dns: () => Promise.resolve('yes'),
    searches,
    found: { result: 'none' },
    probeProblem: null,
    met: [],
    probeStep: 'sign-in',
    recordsTrouble: saved.recordsTrouble ?? null,
    lineSecret: () => lineSecret(),
    practiceMail: (mail) => practiceMail(mail),
    practiceRoomsClosed: () => practiceRoomsClosed,
    lineCalls,
    attracted,
    published: () => published,
    shown: () => shown ?? desk.view(),
    reports,
    setUp: async () => {
      await desk.handlers['setup.choose']({ kind: ACCOUNT.kind });
      valueOf(await desk.handlers['setup.save'](saving()));
      await desk.handlers['desk.dismiss']({ notice: 'account-saved' });
      return desk.view();
    },
    settle,
  };
  await desk.start();
  return scene;
}

/** A desk with an account on it. */
export async function openSetUpDesk(): Promise<DeskScene> {
  const scene = await openDesk();
  await scene.setUp();
  return scene;
}

/** Starts for Maria and gives the id, and what went out. */
export async function startFor(
  { desk, post, settle }: DeskScene,
  draft = MARIA,
): Promise<{ id: string; code: string; messageId: string }> {
  const started = valueOf(await desk.handlers['verification.start'](draft));
  await settle();
  const letter = post.letters.findLast(({ verificationId }) => verificationId === started.id);
  return { id: started.id, code: letter?.code ?? '', messageId: letter?.messageId ?? '' };
}
