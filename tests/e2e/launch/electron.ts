/**
 * @file The built program on Electron itself, through its documented command line. Playwright's own launcher is not used:
 * it replaces `app.whenReady`, adds forty of Chromium's switches and a keychain of its own, and none of these is in the
 * program that people run.
 */
import { electronPath, ROOT } from '../../../scripts/bootstrap.mjs';
import type { Runtime } from './runtime.ts';

export const onElectron: Runtime = {
  name: 'electron',
  command: (switches, scripts) => [
    electronPath(),
    ...scripts.flatMap((script) => ['--require', script]),
    ROOT,
    ...switches,
  ],
  // The page's own title is another one: the window's is what main gave it.
  title: (_page, recorded) => {
    const last = recorded.findLast(({ way }) => way === 'title');
    return Promise.resolve(last === undefined ? '' : String(JSON.parse(last.text)));
  },
};
