/**
 * @file The composition root: the only file that names real adapters. It wires, and holds no logic of its own.
 *
 * The order is part of it. Before Electron is ready: the scheme and the sandbox, which Electron takes no later. Then the
 * single instance, because two must not open one profile. Once ready: the log, so that what fails is written down; the
 * desk, which opens nothing yet; the session and the router, which must stand before there is a page; the way to quit,
 * because the keychain's prompt may keep `start` waiting for ever.
 */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, clipboard, session } from 'electron';
import { createWorlds, type Worlds } from './desk/worlds.ts';
import type { RecordsKind } from './desk/ports.ts';
import { createRefusalLog } from './log/refusal-log.ts';
import { registerRouter } from './ipc/router.ts';
import { findServers } from './mail/discovery/find-servers.ts';
import { createDomainLookup } from './mail/domain-lookup.ts';
import { previewMail } from './mail/message/preview.ts';
import { createMail, openPracticeRoom } from './mail/mail.ts';
import { notify } from './shell/attention.ts';
import { endWith } from './shell/fatal.ts';
import { openLog, terminalLog } from './log/log.ts';
import { installMenu } from './shell/menu.ts';
import { openOutside } from './shell/outside.ts';
import { onceAFrame } from './page/frames.ts';
import { pageSource } from './page/source.ts';
import { stepped } from './page/text-size.ts';
import { placeProfile } from './shell/profile.ts';
import { onPower } from './shell/power.ts';
import { installProtocol, registerScheme } from './shell/protocol.ts';
import { onQuit } from './shell/quit.ts';
import { hardenApp, hardenSession, startedWithoutSandbox } from './shell/security.ts';
import { runDetached } from './releases/nsis.ts';
import { createReleases } from './releases/releases.ts';
import { createRevival } from './page/revival.ts';
import { claimSingleInstance, whyNotFirst } from './shell/single-instance.ts';
import { setSwitches } from './shell/switches.ts';
import { systemClock as clock } from './system/clock.ts';
import { codeOf, troubleOf } from './system/file-trouble.ts';
import { moveProfile } from './system/profile-move.ts';
import { localProfile } from './system/profile-place.ts';
import { writePrivately } from './system/private-file.ts';
import { timers } from './system/timers.ts';
import { openWindow, setTheme, type DeskWindow } from './shell/window.ts';
import { areRecordsUsed, createLastingRecords, openRecords, removeRecords } from './store/records.ts';
import { memorySettings, openSettings } from './store/settings.ts';
import { keychainEntry } from './vault/entry.ts';
import { createKeychainVault } from './vault/keychain.ts';
import { TEXTS } from './texts.ts';
import { createMemoryVault } from './vault/memory.ts';
import type { DeskView } from '../shared/desk-view.ts';
import { assertNever, ok } from '../shared/result.ts';
import { openVerifier } from './verification/open-verifier.ts';

const texts = TEXTS.en;
const out = join(import.meta.dirname, '..');
const page = pageSource({ packaged: app.isPackaged, devServer: process.env['ELECTRON_RENDERER_URL'] });

// The keychain's entry is named before the move, by the old place.
placeProfile({ local: localProfile, move: (older, newer) => moveProfile(older, newer, keychainEntry) });
setSwitches(page);
registerScheme();
hardenApp(page);

let log = terminalLog;
let window: DeskWindow | null = null;
let desk: Worlds | null = null;

const first = claimSingleInstance(() => {
  window?.focus();
  // The window came forward, which says nothing of why.
  desk?.tell({ kind: 'second-start' });
});
if (first) void app.whenReady().then(run).catch(cannotOpen);
else sayWhyNotFirst();

/** Electron says "no" for three reasons; only one of them is a window that has come forward. */
function sayWhyNotFirst(): void {
  const profile = app.getPath('userData');
  const reason = whyNotFirst(profile);
  switch (reason.why) {
    case 'second':
      app.quit();
      return;
    case 'unwritable':
      void app
        .whenReady()
        .then(() =>
          endWith(texts.cannotOpen, texts.filesUnusable[troubleOf(reason.code)](profile, reason.code)),
        );
      return;
    case 'elsewhere':
      void app
        .whenReady()
        .then(() => endWith(texts.cannotOpen, texts.usedElsewhere(profile, reason.host, reason.lock)));
      return;
    default:
      assertNever(reason);
  }
}

/** A folder that is not ours to write in, a full disk: without a window there would be nothing to see and no end. */
function cannotOpen(error: unknown): void {
  exception('start')(error);
  const code = codeOf(error);
  const path = error instanceof Error && 'path' in error ? String(error.path) : null;
  const why =
    code === 'EISDIR' && path !== null
      ? texts.folderForFile(path)
      : texts.filesUnusable[troubleOf(code)](app.getPath('userData'), code);
  endWith(texts.cannotOpen, why);
}

/** The notification of a verification was pressed. */
function showFromOutside(id: string): void {
  window?.focus();
  desk?.notificationPressed(id);
}

/** For the log, under a reference of its own. */
function exception(where: string): (error: unknown) => void {
  return (error) => log.exception(randomBytes(4).toString('hex'), where, error);
}

async function run(): Promise<void> {
  const profile = app.getPath('userData');
  log = openLog({ file: join(profile, 'logs', 'countersign.log'), echo: !app.isPackaged });
  process.on('uncaughtException', exception('uncaught'));
  process.on('unhandledRejection', exception('unhandled'));

  const file: Record<Exclude<RecordsKind, 'session'>, string> = {
    desk: join(profile, 'verifications.db'),
    practice: ':memory:',
  };
  const sessionRecords = createLastingRecords();
  const keychain = createKeychainVault({ service: keychainEntry(profile) });

  const settings = openSettings(join(profile, 'settings.db'));
  if (!settings.ok) {
    endWith(texts.cannotOpen, texts.settingsNewer);
    return;
  }

  let { textSize } = settings.value.choices();
  const random = { bytes: (length: number) => randomBytes(length) };
  desk = createWorlds({
    version: app.getVersion(),
    practiceName: texts.practiceName,
    settings: settings.value,
    keychain,
    memoryVault: createMemoryVault,
    memorySettings,
    openPracticeRoom: (onMail) => openPracticeRoom(onMail, exception('practice')),
    mail: createMail(exception('mail')),
    previewMail,
    openVerifier: async ({ kind, ...needs }) => {
      const records = kind === 'session' ? ok(sessionRecords.open()) : openRecords(file[kind]);
      if (!records.ok) return records;
      const report = exception('verifier');
      const practice = kind === 'practice';
      const about = { practice, app: `Countersign ${app.getVersion()}` };
      return openVerifier({ ...needs, ...about, file: records.value, clock, timers, random, report });
    },
    removeRecords: () => {
      sessionRecords.remove();
      removeRecords(file.desk);
    },
    recordsUsed: () => areRecordsUsed(file.desk),
    takesMail: createDomainLookup(),
    findServers: (domain) => findServers(domain),
    practice: false,
    files: {
      ask: (suggested) => window?.askWhere(suggested) ?? Promise.resolve(null),
      write: writePrivately,
    },
    paper: {
      pdf: () => window?.pdf() ?? Promise.reject(new Error('there is no window')),
      print: () => window?.print() ?? Promise.resolve(false),
    },
    copy: (text) => clipboard.writeText(text),
    lineWords: texts.line,
    releases: createReleases(
      readFileSync(join(import.meta.dirname, 'release.json'), 'utf8'),
      {
        version: app.getVersion(),
        platform: process.platform,
        arch: process.arch,
        execPath: process.execPath,
        env: process.env,
        folder: join(profile, 'newer-version'),
        isThere: existsSync,
        run: runDetached,
      },
      log.event,
    ),
    openOutside: (name) => void openOutside(name).catch(exception('outside')),
    attract: (news, id) => {
      if (window?.callForAttention() !== true) return;
      notify({ title: texts.title, text: texts.news[news], onClick: () => showFromOutside(id) });
    },
    clock,
    random,
    timers,
    report: exception('desk'),
    publish: onceAFrame<DeskView>(
      (view) => {
        window?.setTitle(view.practice ? texts.titlePractice : texts.title);
        textSize = view.choices.textSize;
        window?.setTextSize(textSize);
        setTheme(view.choices.theme);
        window?.send(view);
      },
      { clock, timers },
    ),
  });
  const { handlers, refusal, start, sleep, wake, close, install } = desk;

  hardenSession(session.defaultSession, page);
  installProtocol(join(out, 'renderer'), page, desk.mailDocument);
  installMenu({
    texts: texts.menu,
    press: (key) => window?.press(key),
    resize: (step) => void handlers['settings.choose']({ textSize: stepped(textSize, step) }),
  });
  registerRouter({
    handlers,
    refusal,
    origin: page.origin,
    logException: log.exception,
    logRefusal: createRefusalLog(log.event, clock.monotonic),
    owns: (sender) => window?.owns(sender) ?? false,
  });
  onPower({ sleep, wake });
  // Before start(): a keychain prompt there must not keep the program from quitting.
  onQuit({
    close,
    install,
    isHeld: () => keychain.isBusy(),
    logException: (where, error) => exception(where)(error),
  });
  // The window comes before the keychain is asked, which may show a prompt and wait for ever; the page says "opening" until
  // the desk knows where it is.
  setTheme(settings.value.choices().theme);
  window = openWindow({
    title: texts.title,
    url: page.url,
    preload: join(out, 'preload', 'index.cjs'),
    place: settings.value.windowPlace(),
    onPlace: settings.value.keepWindowPlace,
    onPageGone: createRevival({
      giveUp: () => endWith(texts.cannotGoOn, texts.windowFailed),
      log: log.event,
      monotonic: clock.monotonic,
    }),
  });
  await start();
  if (startedWithoutSandbox()) desk.tell({ kind: 'unsandboxed' });
  log.event(`started ${app.getVersion()}`);
}
