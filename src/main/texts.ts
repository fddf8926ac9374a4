/**
 * @file What main itself says in words: the window's title, the boxes shown without a window, and who practice mail is
 * from. The page has its own texts (renderer/i18n) and the message has its own (mail/message/phrases.ts).
 */
import type { LineWords } from './desk/ticket-line.ts';
import type { FileTrouble } from './ports/files.ts';
import type { Language } from '../shared/words.ts';
import type { News } from './desk/news.ts';
import type { MenuTexts } from './page/desk-menu.ts';

export interface MainTexts {
  readonly title: string;
  readonly titlePractice: string;
  /** Who practice mail is from when no account is set up. */
  readonly practiceName: string;
  readonly cannotOpen: string;
  readonly cannotGoOn: string;
  /** `code`: the system's name of the error; empty when it has none. */
  readonly filesUnusable: Readonly<Record<FileTrouble, (folder: string, code: string) => string>>;
  /** There is a folder of this name where a file belongs. */
  readonly folderForFile: (path: string) => string;
  readonly settingsNewer: string;
  /** The profile's lock names another computer. */
  readonly usedElsewhere: (folder: string, host: string, lock: string) => string;
  readonly windowFailed: string;
  readonly menu: MenuTexts;
  /** Shown by the system while the window is behind others: never an address, never a code. */
  readonly news: Readonly<Record<News, string>>;
  /** Of the line that is copied for a ticket. */
  readonly line: LineWords;
}

/** A language that the page has and main has not does not compile. */
export const TEXTS: Readonly<Record<Language, MainTexts>> = {
  en: {
    title: 'Countersign',
    titlePractice: 'Countersign – Practice',
    practiceName: 'Practice desk',
    cannotOpen: 'Countersign cannot open',
    cannotGoOn: 'Countersign cannot go on',
    filesUnusable: {
      full: (folder) =>
        `Its files in ${folder} cannot be used: the disk is full. Make room, then start it again.`,
      denied: (folder, code) =>
        `Its files in ${folder} cannot be used: you may not write there (${code}). Put that right, then start it again.`,
      other: (folder, code) =>
        `Its files in ${folder} cannot be used${code === '' ? '' : ` (${code})`}. Check that you may write there, that the disk is not full and that no other program has them open, then start it again.`,
    },
    folderForFile: (path) =>
      `${path} is a folder, and one of its files belongs there. Move the folder away, then start it again.`,
    usedElsewhere: (folder, host, lock) =>
      `Its files in ${folder} are in use on the computer "${host}". Quit it there. If it does not run there any more, or this computer had that name, delete ${lock} and start it again.`,
    settingsNewer: 'Its settings were written by a newer version. Install that version and start it.',
    windowFailed: 'Its window failed several times in a row. Nothing is lost: start it again.',
    menu: {
      verification: 'Verification',
      entries: {
        next: 'New Verification',
        send: 'Send Again, or a New Code',
        back: 'Back',
        find: 'Find in History',
        settings: 'Settings…',
        lock: 'Lock the Desk',
        keys: 'Keyboard Shortcuts',
        about: 'About Countersign',
      },
      row: (number) => `Verification ${number}`,
      larger: 'Larger Text',
      smaller: 'Smaller Text',
      usual: 'Usual Text Size',
    },
    news: {
      'not-delivered': 'A mail could not be delivered.',
      'not-sent': 'A code was not sent.',
      expired: 'A code has expired.',
    },
    line: {
      practice: 'PRACTICE',
      state: {
        open: 'Open',
        verified: 'Verified',
        expired: 'Not verified (time was up)',
        locked: 'Not verified (too many wrong codes)',
        cancelled: 'Not verified (ended at the desk)',
      },
      purpose: {
        registration: 'Registration',
        payment: 'Payment',
        'password-reset': 'Password reset',
        'sign-in': 'Sign-in',
        other: 'Another purpose',
      },
    },
  },
};
