/**
 * @file What a page gone bad can do: nothing. Scripts run inside the real window against the real program, as if
 * an attacker had found a way to run them there.
 */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Page } from '@playwright/test';
import { listen } from '../fakes/loopback.ts';
import type { Bridge } from '../../src/shared/contract.ts';
import { expect, test } from './fixture.ts';

declare global {
  interface Window {
    readonly countersign: Bridge;
  }
}

/** The view without the clock, which moves by itself. */
const view = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    const answer = await window.countersign.desk.view();
    return answer.ok ? { ...answer.value, now: 0 } : answer;
  });

/** Calls every method of the bridge with every hostile value; answers what was answered, and how often. */
function attack(page: Page): Promise<{ calls: number; answers: Record<string, number> }> {
  return page.evaluate(async () => {
    const cycle: Record<string, unknown> = {};
    cycle['id'] = cycle;
    let tower: unknown = 'id';
    for (let level = 0; level < 500; level += 1) tower = { id: tower };
    let steeple = tower;
    for (let level = 0; level < 600; level += 1) steeple = { id: steeple };
    const trap = {
      get id() {
        throw new Error('looked at');
      },
    };
    const id = { id: 'x' };
    const draft = { address: 'ana@example.test', request: { purpose: 'registration', details: [] } };
    const hostile: unknown[] = [
      ...[null, true, 0, NaN, 10n, '', 'verification.start', {}, [], [id], cycle, tower],
      ...[steeple, trap],
      ...[new Map([['id', 'x']]), new Set(['x']), new Date(0), /x/, new Error('x'), new Uint8Array(8)],
      ...[() => 'x', Symbol('x'), { id: () => 'x' }, document.body, Promise.resolve(id), window],
      JSON.parse('{"__proto__":{"id":"x"}}'),
      JSON.parse('{"__proto__":{},"id":"x"}'),
      { id: { toString: 'x' } },
      { id: 'x'.repeat(100_000) },
      { ...id, code: 123_456 },
      { ...id, extra: 1 },
      { ...draft, address: ['a@example.test', 'b@example.test'] },
      { ...draft, request: { purpose: 'login' } },
      { ...draft, request: { purpose: 'payment', details: [{ name: 'amount', value: {} }] } },
      { to: 'devtools' },
      { kind: 'GMAIL' },
      { page: 'https://example.test/' },
      { form: { kind: 'server', server: null }, password: '', keep: 'disk', untested: 1 },
    ];
    const answers: Record<string, number> = {};
    let calls = 0;
    for (const room of Object.values(window.countersign)) {
      for (const method of Object.values(room) as ((input: unknown) => Promise<unknown>)[]) {
        for (const value of hostile) {
          calls += 1;
          // What the bridge itself cannot carry never leaves the page: the call throws at once, or rejects.
          const attempt = (async () => method(value))();
          const answer = JSON.stringify(await attempt.catch(() => 'not carried'));
          answers[answer] = (answers[answer] ?? 0) + 1;
        }
      }
    }
    return { calls, answers };
  });
}

test('hostile values on every channel are answered with invalid-input and change nothing [T-bridge-hostile]', async ({
  desk,
}) => {
  const before = await view(desk.page);
  const { calls, answers } = await attack(desk.page);
  const invalid = JSON.stringify({ ok: false, problem: { code: 'invalid-input' } });
  const { [invalid]: invalids = 0, [JSON.stringify('not carried')]: notCarried = 0, ...others } = answers;
  expect(others).toEqual({});
  expect(invalids + notCarried).toBe(calls);
  // The bridge goes a thousand levels deep, and does not swallow what a getter of the page throws.
  expect(notCarried).toBeGreaterThan(0);
  expect(calls).toBeGreaterThan(800);
  expect(await view(desk.page)).toEqual(before);
});

test('a frame inside the page has no bridge, and a foreign one is not even loaded [T-bridge-frames]', async ({
  desk,
}) => {
  const frames = await desk.page.evaluate(async () => {
    const load = (attributes: Partial<HTMLIFrameElement>): Promise<HTMLIFrameElement> =>
      new Promise((resolve) => {
        const frame = Object.assign(document.createElement('iframe'), attributes);
        frame.addEventListener('load', () => resolve(frame));
        document.body.append(frame);
      });
    const blank = await load({ src: 'about:blank' });
    const foreign = await load({ src: 'https://example.test/' });
    let reached: string;
    try {
      reached = String(foreign.contentWindow?.location.href);
    } catch {
      // A blocked frame holds an error page of another origin, which the page may not look into.
      reached = 'an error page';
    }
    const bridge = blank.contentWindow !== null && 'countersign' in blank.contentWindow;
    blank.remove();
    foreign.remove();
    return { bridge, reached };
  });
  expect(frames).toEqual({ bridge: false, reached: 'an error page' });
});

test('the page runs no script, loads no file and reaches no server but its own [T-page-reaches-nothing]', async ({
  desk,
}) => {
  const outcome = await desk.page.evaluate(async () => {
    const violated = new Set<string>();
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective }) =>
      violated.add(effectiveDirective),
    );
    // A task of its own: what a debugger evaluates directly may use eval in spite of the policy.
    await new Promise((resolve) => setTimeout(resolve, 0));
    const attempt = async (script: () => unknown): Promise<string> => {
      try {
        await script();
        return 'done';
      } catch (error) {
        return error instanceof Error ? error.name : 'refused';
      }
    };
    const inserted = (name: 'script' | 'img', set: (element: HTMLElement) => void): Promise<string> =>
      new Promise((resolve) => {
        const element = document.createElement(name);
        element.addEventListener('load', () => resolve('done'));
        element.addEventListener('error', () => resolve('refused'));
        set(element);
        document.body.append(element);
      });
    // The wider type keeps the compiler from looking for the module.
    const module: string = 'data:text/javascript,1';
    const results = {
      eval: await attempt(() => (0, eval)('1')),
      import: await attempt(() => import(module)),
      style: await attempt(() => {
        document.body.setAttribute('style', 'opacity: 0.5');
        if (getComputedStyle(document.body).opacity !== '0.5') throw new Error();
      }),
      function: await attempt(() => Reflect.construct(Function, ['return 1'])),
      markup: await attempt(() => (document.createElement('p').innerHTML = '<b>x</b>')),
      script: await attempt(() => ((document.createElement('script') as { text: string }).text = '1')),
      fetch: await attempt(() => fetch('https://example.test/')),
      fetchOwn: await attempt(() => fetch('/index.html')),
      socket: await attempt(
        () =>
          new Promise((resolve, reject) => {
            const socket = new WebSocket('wss://example.test/');
            socket.addEventListener('open', resolve);
            socket.addEventListener('error', () => reject(new Error()));
          }),
      ),
      image: await inserted('img', (image) => image.setAttribute('src', 'https://example.test/x.png')),
      dataImage: await inserted('img', (image) =>
        image.setAttribute('src', 'data:image/gif;base64,R0lGODlhAQABAAAAACw='),
      ),
    };
    return { results, violated: [...violated].toSorted() };
  });
  expect(Object.values(outcome.results)).not.toContain('done');
  expect(outcome.violated).toEqual(
    expect.arrayContaining([
      ...['connect-src', 'img-src', 'require-trusted-types-for', 'script-src-elem', 'style-src-attr'],
    ]),
  );
});

test('the page reaches nobody by way of a peer connection, which no policy of a page forbids [T-page-peer-connection]', async ({
  desk,
}) => {
  const listener = createSocket('udp4');
  let packets = 0;
  listener.on('message', () => (packets += 1));
  listener.bind(0, '127.0.0.1');
  await once(listener, 'listening');
  const { port } = listener.address();
  const ended = await desk.page.evaluate(async (at) => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${at}` }] });
    const gathered = new Promise((resolve) => {
      peer.addEventListener('icegatheringstatechange', () => {
        if (peer.iceGatheringState === 'complete') resolve('complete');
      });
    });
    peer.createDataChannel('what the page shows');
    await peer.setLocalDescription(await peer.createOffer());
    // A candidate from the other side: this is where packets would go.
    await peer
      .setRemoteDescription({ type: 'answer', sdp: peer.localDescription?.sdp ?? '' })
      .catch(() => undefined);
    return gathered;
  }, port);
  expect(ended).toBe('complete');
  listener.close();
  expect(packets).toBe(0);
});

test('the page reaches no computer by a hint for the browser, which no policy of a page forbids [T-page-no-preconnect]', async ({
  desk,
}) => {
  const { page } = desk;
  const listener = createServer();
  let connections = 0;
  listener.on('connection', (socket) => {
    connections += 1;
    socket.destroy();
  });
  const { port, stop } = await listen(listener);
  await page.evaluate(async (at) => {
    for (const rel of ['preconnect', 'dns-prefetch', 'prefetch', 'preload', 'modulepreload', 'icon']) {
      const link = document.createElement('link');
      Object.assign(link, { rel, href: `http://127.0.0.1:${at}/`, crossOrigin: 'anonymous' });
      document.head.append(link);
    }
    // The browser acts on a hint in its own time; a connection on loopback is made within a few milliseconds.
    await new Promise((resolve) => setTimeout(resolve, 1500));
  }, port);
  await stop();
  expect(connections).toBe(0);
  const browser = await page.context().browser()?.newBrowserCDPSession();
  const info = await browser?.send('SystemInfo.getInfo');
  expect(info?.commandLine).toContain('--host-resolver-rules=MAP * ~NOTFOUND');
  expect(info?.commandLine).not.toContain('EXCLUDE');
  // Chromium asks the keyring for a key of its own otherwise, and the person sees a second prompt.
  if (process.platform === 'linux') expect(info?.commandLine).toContain('--password-store=basic');
});

test('the page goes nowhere and opens nothing [T-page-stays]', async ({ desk }) => {
  const { page } = desk;
  const address = page.url();
  for (const target of ['https://example.test/', 'about:blank', 'file:///etc/passwd', 'data:text/html,x']) {
    // The document may be replaced while the call is on its way back; where it ends is what counts.
    await page.evaluate((to) => location.assign(to), target).catch(() => undefined);
    await page.waitForFunction(() => 'countersign' in window);
    await expect.poll(() => page.url()).toBe(address);
    await page.evaluate((to) => void window.open(to), target).catch(() => undefined);
    await expect.poll(() => page.context().pages().length).toBe(1);
  }
  expect(await view(page)).toHaveProperty('screen');
});

test('the page is given no permission [T-page-permissions]', async ({ desk }) => {
  const permissions = await desk.page.evaluate(async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read', 'midi'];
    const states = names.map(async (name) => {
      // TypeScript knows fewer names than Chromium.
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      return `${name}: ${state}`;
    });
    return Promise.all([...states, Notification.requestPermission().then((state) => `asked: ${state}`)]);
  });
  expect(permissions.filter((line) => !line.endsWith(': denied'))).toEqual([]);
});

test('a reload brings the page back with its bridge and the same view', async ({ desk }) => {
  const before = await view(desk.page);
  await desk.page.reload();
  await desk.page.waitForFunction(() => 'countersign' in window);
  expect(await view(desk.page)).toEqual(before);
});
