/**
 * @file The receipt's checker as a stranger has it: one page opened from a folder in a browser without a network, and one
 * command; and what both say of a receipt, of a changed one, and of a browser that cannot check.
 */
import { execFile, type ExecFileException } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { buildVerifier, COMMAND, PAGE } from '../../../scripts/build-verifier.mjs';
import { formatJournal } from '../../../src/main/journal/chain.ts';
import { journalWith } from '../../fakes/journal-scene.ts';
import { axeFaults, sideways, smallTargets, stickingOut } from '../../gallery/faults.ts';
import { openBrowser } from '../../gallery/page.ts';

// As a stick may be named.
const folder = mkdtempSync(join(tmpdir(), 'USB Stick ö#'));
const desk = await journalWith(3);
const key = await desk.key();
const receipt = await desk.receipt(3);
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};
const genuine = file('receipt.txt', receipt);
const changed = file('changed.txt', receipt.replace('mia.', 'eve.'));
const journal = file('journal.txt', formatJournal(desk.tokens()));
const dropped = file('dropped.txt', formatJournal(desk.tokens().toSpliced(1, 1)));

beforeAll(() => buildVerifier(folder));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the page', () => {
  let browser: Browser | null = null;
  let page: Page;
  /** What the browser complained of, and what was asked for beside the page's own file. */
  let complaints: string[] = [];
  let asked: string[] = [];

  async function open(
    options: BrowserContextOptions = {},
    before?: (opened: Page) => Promise<unknown>,
  ): Promise<Page> {
    const context = await browser?.newContext({ offline: true, ...options });
    if (context === undefined) throw new Error('the browser is not open yet');
    page = await context.newPage();
    complaints = [];
    asked = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => asked.push(request.url()));
    await before?.(page);
    await page.goto(pathToFileURL(join(folder, PAGE)).href);
    return page;
  }

  const check = () => page.getByRole('button', { name: 'Check' }).click();
  const headlines = () => page.locator('article h2').allInnerTexts();
  const choose = (...paths: string[]) => page.getByLabel('Choose files…').setInputFiles(paths);

  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());
  afterEach(async () => {
    expect(complaints).toEqual([]);
    expect(asked).toEqual([pathToFileURL(join(folder, PAGE)).href]);
    await page.context().close();
  });

  it('lets a stranger check a receipt with nothing but itself [T-checker-page]', async () => {
    await open();
    await choose(genuine);
    await page.getByLabel('The desk’s key').fill(key);
    await check();
    await page.getByRole('heading', { name: 'Genuine: the desk says “Verified”' }).waitFor();
    const article = page.locator('article');
    await article.getByText('The key that you entered signed it').waitFor();
    await article.getByText('Who the person is').waitFor();
    expect(await article.locator('dd').first().innerText()).toBe('mia.keller@example.com');
  });

  it('tells the stranger that a changed receipt was changed, and where [T-checker-page-changed]', async () => {
    await open();
    await page.getByLabel('Receipt, or the desk’s journal').fill(readFileSync(changed, 'utf8'));
    await page.getByLabel('The desk’s key').fill(key);
    await check();
    await page.getByRole('heading', { name: 'Changed: do not rely on it' }).waitFor();
    await page.getByText(/Text: line 7 was changed. It reads “Mailbox\s+eve.keller@example.com”/).waitFor();
    // What was signed is shown, and nothing is said to be proven.
    expect(await page.locator('dd').first().innerText()).toBe('mia.keller@example.com');
    expect(await page.getByText('What is proven').count()).toBe(0);
  });

  it('checks a receipt and a journal together, and names what the journal lacks', async () => {
    await open();
    await page.getByLabel('The desk’s key').fill(key);
    await choose(genuine, journal);
    await check();
    await expect.poll(headlines).toEqual(['Genuine: the desk says “Verified”', 'This journal is whole']);
    await page.getByText('It is entry No. 3 of journal.txt').waitFor();
    await page.getByRole('button', { name: 'Remove journal.txt' }).click();
    await choose(dropped);
    await check();
    await page.getByText('No. 2 is missing before line 2').waitFor();
    expect(await headlines()).toEqual(['Genuine: the desk says “Verified”', 'This journal is not whole']);
  });

  it('works by keyboard alone, and moves to what was found', async () => {
    await open();
    await page.getByLabel('Receipt, or the desk’s journal').focus();
    await page.keyboard.insertText(receipt);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Tab');
    await page.keyboard.insertText(key);
    await page.keyboard.press('Enter');
    await page.locator('h2:focus').waitFor();
    expect(await page.locator('h2:focus').innerText()).toBe('Genuine: the desk says “Verified”');
  });

  it('says what is missing or no key, and loses nothing of what was typed', async () => {
    await open();
    await check();
    await page.getByText('Paste a receipt, or choose its file.').waitFor();
    const pasted = page.getByLabel('Receipt, or the desk’s journal');
    await pasted.fill(receipt);
    const typed = page.getByLabel('The desk’s key');
    await typed.fill('Harbour Clinic');
    await check();
    await page.getByText('This is no key').waitFor();
    expect(await typed.evaluate((element) => element === document.activeElement)).toBe(true);
    expect(await typed.inputValue()).toBe('Harbour Clinic');
    expect(await pasted.inputValue()).toBe(receipt);
    await typed.fill('');
    await check();
    await page.getByRole('heading', { name: 'Unchanged, but it is not known whose key signed it' }).waitFor();
    expect(await page.getByText('This is no key').count()).toBe(0);
  });

  it('takes files that are dropped on it', async () => {
    await open();
    const dropping = await page.evaluateHandle((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], 'dropped here.txt'));
      return data;
    }, receipt);
    await page.dispatchEvent('h1', 'drop', { dataTransfer: dropping });
    await page.getByText('dropped here.txt').waitFor();
    await check();
    await page.locator('article').waitFor();
  });

  it('says so where the browser has no Ed25519, and names the command [T-checker-no-ed25519]', async () => {
    await open({}, (opened) =>
      opened.addInitScript(() => {
        crypto.subtle.importKey = () =>
          Promise.reject(new DOMException('Unrecognized name.', 'NotSupportedError'));
      }),
    );
    const unable = page
      .getByRole('alert')
      .filter({ hasText: 'This browser cannot check Ed25519 signatures' });
    await unable.getByText('node countersign-check.mjs --key KEY receipt.txt').waitFor();
    expect(await page.getByRole('button', { name: 'Check' }).count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)('is accessible and fits every width, in %s', async (colorScheme) => {
    for (const width of [320, 1280]) {
      await open({ colorScheme, viewport: { width, height: 800 }, bypassCSP: true });
      await page.getByLabel('The desk’s key').fill(key);
      await choose(genuine, changed, journal);
      await check();
      await expect.poll(headlines).toHaveLength(3);
      for (const faults of [axeFaults, sideways, stickingOut, smallTargets])
        expect(await faults(page)).toEqual([]);
      if (width === 320) await page.context().close();
    }
  });
});

describe('the page itself', () => {
  it('may load nothing, send nothing and run nothing but its own script [T-checker-policy]', async () => {
    const html = readFileSync(join(folder, PAGE), 'utf8');
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    const parts = policy.split('; ').map((part) => part.replace(/'sha256-[\w+/=]+'/, "'sha256'"));
    expect(parts).toEqual([
      "default-src 'none'",
      "script-src 'sha256'",
      "style-src 'sha256'",
      "base-uri 'none'",
      "form-action 'none'",
    ]);
    expect(html.match(/https?:\/\/(?!www\.w3\.org)/g)).toBeNull();
    const browser = await openBrowser();
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(folder, PAGE)).href);
    const sent = await page.evaluate(async () => {
      const blocked: string[] = [];
      document.addEventListener('securitypolicyviolation', (event) => blocked.push(event.effectiveDirective));
      await fetch('https://example.com/').catch(() => undefined);
      new Image().src = 'https://example.com/x.png';
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.body.append(script);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return { blocked: blocked.toSorted(), ran: 'ran' in window };
    });
    expect(sent).toEqual({ blocked: ['connect-src', 'img-src', 'script-src-elem'], ran: false });
    await browser.close();
  });

  it('brings the licences of what is in it', () => {
    for (const name of [PAGE, COMMAND]) {
      const text = readFileSync(join(folder, name), 'utf8');
      for (const part of ['jose ', 'zod ', 'Permission is hereby granted']) expect(text).toContain(part);
    }
  });

  it('is the same to the byte when it is built again', async () => {
    const again = join(folder, 'again');
    await buildVerifier(again);
    for (const name of [PAGE, COMMAND])
      expect(readFileSync(join(again, name), 'utf8')).toBe(readFileSync(join(folder, name), 'utf8'));
  });
});

describe('the command', () => {
  async function run(
    ...args: string[]
  ): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
    try {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [
        join(folder, COMMAND),
        ...args,
      ]);
      return { code: 0, out: stdout, err: stderr };
    } catch (error) {
      const { code, stdout = '', stderr = '' } = error as ExecFileException;
      return { code: Number(code), out: stdout, err: stderr };
    }
  }

  it('says the same as the page, and how it went by its exit [T-checker-command]', async () => {
    const good = await run('--key', key, genuine, journal);
    expect(good).toMatchObject({ code: 0, err: '' });
    expect(good.out).toContain('receipt.txt: Genuine: the desk says “Verified”');
    expect(good.out).toContain('It is entry No. 3 of journal.txt, where nothing is missing or changed.');
    const bad = await run('--key', key, changed);
    expect(bad.code).toBe(1);
    expect(bad.out).toContain('Text: line 7 was changed.');
    expect((await run('--key', key, genuine, dropped)).code).toBe(1);
    expect((await run(genuine)).code).toBe(2);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['no file', ['--key', key], /usage/],
    ['an option that it does not know', ['--trust-me', genuine], /usage/],
    ['a key that is none', ['--key', 'Harbour', genuine], /This is no key/],
    ['a file that is not there', [join(folder, 'nowhere.txt')], /cannot be read/],
  ])('asks again for %s', async (_what, args, said) => {
    const { code, err } = await run(...args);
    expect(code).toBe(2);
    expect(err).toMatch(said);
  });
});
