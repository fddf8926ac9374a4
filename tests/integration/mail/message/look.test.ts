/**
 * @file The message in a real browser: at 320 and 600 pixels, light and dark, from left to right and from right to
 * left, it fits, can be read, and gives its code away with one selection. Leaves its pictures in out/message/.
 */
import { requestOf } from '../../../../src/shared/request.ts';
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { simpleParser } from 'mailparser';
import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compose } from '../../../../src/main/mail/message/compose.ts';
import { findChromium } from '../../../standin/chromium.ts';
import { letter, SENDER } from '../../../unit/mail/letter.ts';

const PICTURES = fileURLToPath(new URL('../../../../out/message/', import.meta.url));
const executablePath = findChromium();
/** Elsewhere than in CI a machine may have no browser; there the skipped tests say so. */
const able = executablePath !== null || process.env['CI'] === 'true';

const MESSAGES = {
  'left-to-right': {
    name: 'Harbour Clinic',
    request: requestOf('payment', { amount: '€49.90', payee: 'Harbour Clinic' }),
    code: '409313',
    contact: '040 123 456 or help@harbour.example',
    sentence: 'We are on the second floor, opposite the lift.',
  },
  'right-to-left': {
    name: 'مكتب العيادة',
    request: requestOf('payment', { amount: '49.90 ر.س', payee: 'مكتب العيادة' }),
    code: '40931388',
    contact: 'help@harbour.example',
    sentence: 'نحن في الطابق الثاني، مقابل المصعد.',
  },
  'long-words': {
    name: 'W'.repeat(80),
    request: requestOf('other', { what: 'x'.repeat(80) }),
    code: '40931388',
    contact: 'z'.repeat(200),
    sentence: 'y'.repeat(200),
  },
} as const;

describe.skipIf(!able)('the message, in a browser', () => {
  let browser: Browser;
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    browser = await chromium.launch({
      ...(executablePath === null ? {} : { executablePath }),
      // Chromium refuses its sandbox to root; the page is our own and loads nothing.
      chromiumSandbox: process.getuid?.() !== 0,
    });
  });
  afterAll(() => browser.close());

  const cases = (Object.keys(MESSAGES) as (keyof typeof MESSAGES)[]).flatMap((which) =>
    [320, 600].flatMap((width) => (['light', 'dark'] as const).map((scheme) => ({ which, width, scheme }))),
  );

  it.each(cases)('$which at $width pixels, $scheme', async ({ which, width, scheme }) => {
    const { name, request, code, sentence, contact } = MESSAGES[which];
    const { source } = await compose(
      letter({ request, code }),
      { ...SENDER, name },
      { timeZone: 'UTC', sentence, contact },
    );
    const { html } = await simpleParser(source);
    const page = await browser.newPage({ viewport: { width, height: 640 }, colorScheme: scheme });
    const requested: string[] = [];
    page.on('request', (request_) => requested.push(request_.url()));
    await page.setContent(typeof html === 'string' ? html : '');
    // As a language that runs so would have it; the program has none yet.
    if (which === 'right-to-left') await page.evaluate(() => void (document.documentElement.dir = 'rtl'));
    await page.screenshot({ path: `${PICTURES}${which}-${width}-${scheme}.png`, fullPage: true });

    const seen = await page.evaluate(() => {
      const luminance = (color: string) => {
        const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/gu) ?? []).slice(0, 3).map((part) => {
          const share = Number(part) / 255;
          return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const paperOf = (element: Element | null): string => {
        if (element === null) return 'rgb(255, 255, 255)';
        const { backgroundColor } = getComputedStyle(element);
        return backgroundColor.startsWith('rgba(') ? paperOf(element.parentElement) : backgroundColor;
      };
      const contrasts = [...document.querySelectorAll('h1, p, span, bdi, .code')].map((element) => {
        const [one, other] = [luminance(getComputedStyle(element).color), luminance(paperOf(element))];
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
      });
      const codeElement = document.querySelector('.code');
      if (codeElement === null) throw new Error('no code');
      getSelection()?.selectAllChildren(codeElement);
      return {
        width: document.documentElement.scrollWidth,
        codeFits: codeElement.scrollWidth <= codeElement.clientWidth,
        codeNodes: codeElement.childNodes.length,
        selected: getSelection()?.toString(),
        contrast: Math.min(...contrasts),
      };
    });
    await page.close();
    expect(requested).toEqual([]);
    expect(seen.width).toBe(width);
    expect(seen.codeFits).toBe(true);
    expect(seen.codeNodes).toBe(1);
    expect(seen.selected).toBe(code);
    // WCAG 2.2 §1.4.3 asks for 4.5.
    expect(seen.contrast).toBeGreaterThanOrEqual(4.5);
  });
});
