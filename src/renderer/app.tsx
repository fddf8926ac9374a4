/**
 * @file The frame around every screen, and the one switch that says which screen is shown. Main decides where
 * the desk is; the page only follows.
 */
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { assertNever } from '../shared/result.ts';
import { type DeskView, type Screen } from '../shared/desk-view.ts';
import { askForDesk, DeskContext, useDesk, useNetworkReport, useView } from './bridge.ts';
import { problemText } from './i18n/phrases.tsx';
import { AddressScreen } from './screens/address.tsx';
import { forgetNotes } from './screens/history/unsaved-notes.ts';
import { forgetTypedCodes } from './screens/verification/typed-codes.ts';
import { useActivity } from './frame/activity.ts';
import { AboutContext } from './frame/about-opener.ts';
import { Announcer } from './frame/announcer.tsx';
import { useHeldKey } from './frame/held-key.ts';
import { useKeys } from './frame/keys.ts';
import { later } from './frame/later.tsx';
import { Button } from './ui/button.tsx';
import { Card } from './ui/card.tsx';
import { Notices } from './frame/notices.tsx';
import { OwnerGate } from './frame/owner-gate.tsx';
import { Rail } from './frame/rail.tsx';
import { TitleBar } from './frame/title-bar.tsx';
import './app.css';

// What the address screen does not need is read when it is opened; the code screen as soon as there is time.
const { Part: About } = later(async () => (await import('./frame/about.tsx')).About);
const { Part: KeysList } = later(async () => (await import('./frame/keys-list.tsx')).KeysList);
const { Part: LockedScreen } = later(async () => (await import('./screens/locked.tsx')).LockedScreen);
const { Part: PracticeMails } = later(
  async () => (await import('./screens/practice-mails.tsx')).PracticeMails,
);
const { Part: HistoryScreen } = later(async () => (await import('./screens/history.tsx')).HistoryScreen);
const { Part: SettingsScreen } = later(async () => (await import('./screens/settings.tsx')).SettingsScreen);
const { Part: SetupScreen } = later(async () => (await import('./screens/setup.tsx')).SetupScreen);
const { Part: WelcomeScreen } = later(async () => (await import('./screens/welcome.tsx')).WelcomeScreen);
const { Part: VerificationScreen, read: readVerification } = later(
  async () => (await import('./screens/verification.tsx')).VerificationScreen,
);

export function App() {
  const { t, i18n } = useTranslation();
  const desk = useDesk();
  useNetworkReport();
  useHeldKey();
  switch (desk.state) {
    case 'opening':
      return <Opening />;
    case 'closed':
      return (
        <main className="opening">
          <Card title={t('frame.closed.title')} lead={t('frame.closed.text')} focusTitle>
            {/* None of these names a moment, so no clock is needed to say it. */}
            <p className="hint">{problemText(t, desk.problem, 0, i18n.language)}</p>
            <Button kind="primary" onClick={askForDesk}>
              {t('frame.closed.again')}
            </Button>
          </Card>
        </main>
      );
    case 'open':
      return (
        <DeskContext value={desk}>
          <Frame />
        </DeskContext>
      );
    default:
      return assertNever(desk);
  }
}

/** Opening takes milliseconds; what takes longer is a keychain that asks for its password. */
const SLOW_MS = 1_000;

function Opening() {
  const { t } = useTranslation();
  const [slow, setSlow] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), SLOW_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <main className="opening" aria-busy="true">
      <p role="status">{t(slow ? 'frame.openingSlow' : 'frame.opening')}</p>
    </main>
  );
}

/** At the desk there is a shift to look at; on the way in there is one question at a time. */
const atDesk = ({ at }: Screen): boolean => at !== 'welcome' && at !== 'setup' && at !== 'locked';

function Frame() {
  const view = useView();
  const [reading, setReading] = useState<'keys' | 'about' | null>(null);
  const showKeys = useCallback(() => setReading('keys'), []);
  const showAbout = useCallback(() => setReading('about'), []);
  const close = useCallback(() => setReading(null), []);
  useKeys(showKeys, showAbout);
  useActivity();
  const left = !atDesk(view.screen);
  // The history is a list of its own, and the settings have their index.
  const withRail = !left && view.screen.at !== 'history' && view.screen.at !== 'settings';
  useEffect(() => {
    if (left) forgetTypedCodes();
  }, [left]);
  const nothingKept = view.screen.at === 'welcome';
  useEffect(() => {
    if (nothingKept) forgetNotes();
  }, [nothingKept]);
  useEffect(() => {
    const idle = requestIdleCallback(() => void readVerification().catch(() => undefined));
    return () => cancelIdleCallback(idle);
  }, []);
  const withMails = view.practice && (view.screen.at === 'address' || view.screen.at === 'verification');
  return (
    <Announcer>
      <div
        className="frame"
        data-practice={view.practice || undefined}
        data-rail={withRail || undefined}
        data-practice-mails={withMails || undefined}
      >
        <TitleBar />
        {withRail && <Rail />}
        <main className="desk">
          <Notices />
          <div className="desk-place">
            <AboutContext value={showAbout}>
              <ScreenOf view={view} />
            </AboutContext>
          </div>
        </main>
        {withMails && <PracticeMails />}
        <OwnerGate />
        {reading === 'keys' && <KeysList onClose={close} />}
        {reading === 'about' && <About onClose={close} />}
      </div>
    </Announcer>
  );
}

function ScreenOf({ view }: { readonly view: DeskView }) {
  const { screen } = view;
  switch (screen.at) {
    case 'locked':
      return <LockedScreen />;
    case 'welcome':
      return <WelcomeScreen />;
    case 'setup':
      return <SetupScreen screen={screen} />;
    case 'address':
      // What was typed in practice stays there.
      return <AddressScreen key={view.practice ? 'practice' : 'desk'} />;
    case 'verification':
      return <VerificationScreen key={screen.verification.id} {...screen} />;
    case 'history':
      return <HistoryScreen record={screen.record} />;
    case 'settings':
      return <SettingsScreen {...screen} />;
    default:
      return assertNever(screen);
  }
}
