/**
 * @file Electron's security checklist, as far as it is read from the running program: what its window was really made with,
 * where its page comes from, and what it gives the page. SECURITY.md has the whole list.
 */
import { clerkAt } from './clerk.ts';
import { expect, test } from './fixture.ts';

// The system's opener starts this program as the browser: nothing is really opened.
test.use({ desktopEnv: { BROWSER: 'true' } });

test('the window is made with every preference that the checklist asks for [T-checklist-preferences]', async ({
  desk,
}) => {
  await expect.poll(() => Object.keys(desk.program.preferences()).length).toBeGreaterThan(0);
  const made = desk.program.preferences();
  expect(made).toMatchObject({
    contextIsolation: true,
    sandbox: true,
    webSecurity: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    nodeIntegrationInWorker: false,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
  });
  // Blink's own features are neither added nor taken away.
  expect(made['enableBlinkFeatures'] ?? '').toBe('');
  expect(made['disableBlinkFeatures'] ?? '').toBe('');
});

test('the page comes from its own scheme, with a policy that begins with nothing [T-checklist-page]', async ({
  desk,
}) => {
  // As main sees it: the stand-in's Chromium has it under another address.
  await expect.poll(() => desk.program.preferences()['url']).toBe('app://countersign/index.html');
  const found = await desk.page.evaluate(async () => {
    const refused = (attempt: () => unknown): string => {
      try {
        return String(attempt());
      } catch {
        return 'refused';
      }
    };
    const attempts = {
      script: () => {
        // The element runs what it holds as soon as it is in the page, if it may.
        const script = document.createElement('script');
        script.text = 'document.documentElement.dataset.ran = "yes"';
        document.head.append(script);
        return document.documentElement.dataset['ran'] ?? 'refused';
      },
      webview: () => {
        const view = document.createElement('webview');
        view.setAttribute('src', 'https://example.test/');
        document.body.append(view);
        return 'getWebContentsId' in view ? 'there' : 'refused';
      },
    };
    // As a page gone bad would, and by a timer: what a debugger evaluates is excused from the policy while it runs.
    const code = await new Promise((resolve) =>
      setTimeout(() => resolve(refused(() => globalThis.eval('1') as unknown)), 0),
    );
    const file = await fetch('file:///etc/hostname').then(
      () => 'read',
      () => 'refused',
    );
    return {
      ...Object.fromEntries(Object.entries(attempts).map(([name, attempt]) => [name, refused(attempt)])),
      code,
      file,
      secure: isSecureContext,
    };
  });
  expect(found).toEqual({
    script: 'refused',
    code: 'refused',
    webview: 'refused',
    file: 'refused',
    secure: true,
  });
});

test('the browser is asked for the pages that main names and for no other [T-checklist-outside]', async ({
  desk,
}) => {
  const clerk = clerkAt(desk.page);
  await expect(clerk.heading).toBeVisible();
  const answers = await desk.page.evaluate(async () => {
    const open = (page: unknown) =>
      window.countersign.outside.open({ page } as Parameters<typeof window.countersign.outside.open>[0]);
    return Promise.all(
      ['https://example.test/', 'file:///etc/passwd', 'javascript:1', 'app-passwords'].map(
        async (page) => (await open(page)).ok,
      ),
    );
  });
  expect(answers).toEqual([false, false, false, true]);
  await expect.poll(desk.program.outside).toEqual(['https://myaccount.google.com/apppasswords']);
});
