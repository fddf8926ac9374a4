/**
 * @file What a person at the desk does, in the words of the screen. It works the window as a person would, by
 * labels and keys, and must never reach behind it.
 */
import type { Locator, Page } from 'playwright-core';

export interface Clerk {
  /** The heading of the screen: where one is. */
  readonly heading: Locator;
  readonly address: Locator;
  readonly code: Locator;
  readonly send: Locator;
  /** From the welcome screen into practice. */
  startPractice(): Promise<void>;
  /** Types an address and sends a code, for the purpose that is chosen. */
  sendTo(address: string): Promise<void>;
  choosePayment(amount: string, payee: string): Promise<void>;
  /** Types digit by digit; the last one has it checked. */
  typeCode(code: string): Promise<void>;
  /** Puts a text into the field as a paste does. */
  paste(field: Locator, text: string): Promise<void>;
  /** The code of the newest mail in the practice inbox. */
  practiceCode(): Promise<string>;
  /** Opens a page of the settings by its entry in the index. */
  openSettings(page: string): Promise<void>;
  /** From a result to the next one. */
  next(): Promise<void>;
  /** A rail entry by the address it shows. */
  row(address: string): Locator;
}

export function clerkAt(page: Page): Clerk {
  const address = page.getByLabel('Email address');
  const code = page.getByRole('textbox', { name: 'Code' });
  const send = page.getByRole('button', { name: 'Send code' });
  const inbox = page.getByRole('complementary', { name: 'Practice inbox' });
  return {
    heading: page.getByRole('main').getByRole('heading', { level: 1 }),
    address,
    code,
    send,
    startPractice: async () => {
      await page.getByRole('button', { name: /^Practice first/ }).click();
      await address.waitFor();
    },
    sendTo: async (to) => {
      await address.fill(to);
      await address.press('Enter');
    },
    choosePayment: async (amount, payee) => {
      await page.getByText('Payment', { exact: true }).click();
      await page.getByLabel('Amount').fill(amount);
      await page.getByLabel('Paid to').fill(payee);
    },
    typeCode: async (digits) => {
      await code.focus();
      await page.keyboard.type(digits);
    },
    paste: async (field, text) => {
      await field.focus();
      const taken = await field.evaluate((element, pasted) => {
        const clipboardData = new DataTransfer();
        clipboardData.setData('text/plain', pasted);
        const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
        return !element.dispatchEvent(event);
      }, text);
      // As the browser does: insert the text, unless the page took the paste over.
      if (!taken) await page.keyboard.insertText(text);
    },
    practiceCode: async () => {
      const subject = await inbox
        .getByText(/^\d{6,8} is your code for /)
        .first()
        .textContent();
      return codeIn(subject ?? '');
    },
    openSettings: async (entry) => {
      await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click();
      await page
        .getByRole('navigation', { name: 'Settings' })
        .getByRole('button', { name: entry, exact: true })
        .click();
      await page.getByRole('heading', { level: 1, name: `Settings: ${entry}` }).waitFor();
    },
    next: () =>
      page
        .getByRole('main')
        .getByRole('button', { name: /^New verification/ })
        .click(),
    row: (to) => page.getByRole('navigation').getByRole('button', { name: new RegExp(escaped(to)) }),
  };
}

/** The one code in a subject or a text part. */
export function codeIn(text: string): string {
  const code = /(?<!\d)\d{6,8}(?!\d)/.exec(text)?.[0];
  if (code === undefined) throw new Error('there is no code in the mail');
  return code;
}

/** The code of a raw message, which stands in its subject. */
export const codeOfMail = (mail: string): string => codeIn(/^Subject: (.*)$/m.exec(mail)?.[1] ?? '');

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
