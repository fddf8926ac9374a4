/**
 * @file The pages of the outside world that the program points to. It must never open an address that came
 * from anywhere but this file.
 */
import { shell } from 'electron';
import type { OutsidePage } from '../../shared/contract.ts';

const ADDRESSES: Readonly<Record<OutsidePage, string>> = {
  'app-passwords': 'https://myaccount.google.com/apppasswords',
  'two-step': 'https://myaccount.google.com/signinoptions/two-step-verification',
  /** Google's own explanation of what an app password is, and how to make one. */
  'app-password-help': 'https://support.google.com/accounts/answer/185833',
};

/** Opens the page in the person's browser. Rejects when the system has none. */
export async function openOutside(page: OutsidePage): Promise<void> {
  await shell.openExternal(ADDRESSES[page]);
}
