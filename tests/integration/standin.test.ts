/**
 * @file The stand-in behaves as Electron's documentation says, as far as the program relies on it: shown with
 * the real shell, router and preload in a real window, over a program that only echoes.
 */
import { TYPED_LENGTH } from '../../src/shared/words.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openDisplay } from '../../scripts/display.mjs';
import { findChromium } from '../standin/chromium.ts';
import { launch, type Launched } from '../e2e/launch/launch.ts';
import { onStandIn } from '../e2e/launch/stand-in.ts';
import type { Bridge } from '../../src/shared/contract.ts';
import { fail, ok } from '../../src/shared/result.ts';

interface Raw {
  readonly answer: number;
  readonly echo: (value: unknown) => Promise<unknown>;
  readonly describe: (value: unknown) => Promise<string>;
  readonly missing: () => Promise<unknown>;
  readonly throwing: () => void;
  readonly later: (callback: (value: number) => void) => () => void;
}
declare global {
  // Only a `var` becomes a property of the page's window.
  var countersign: Bridge;
  var raw: Raw;
  var heard: unknown[];
}

const root = resolve(import.meta.dirname, '../..');
const program = join(root, 'tests/standin/sample/main.ts');
const PAGE = `<!doctype html><meta charset="utf-8"><title>the page's title</title>
<script type="module" crossorigin src="/page.js"></script>
<script>document.documentElement.dataset.inline = 'ran'</script><p>sample</p>`;

const lack = findChromium() === null ? ' (no Chromium found)' : '';

let folder: string;
let display: Awaited<ReturnType<typeof openDisplay>>;
let sample: Launched;
let env: NodeJS.ProcessEnv;
/** Patient: a machine that is busy with something else must not fail a test. */
const eventually = (look: () => unknown) => expect.poll(look, { timeout: 30_000 });
const profileDir = () => join(folder, 'profile');
const start = () =>
  launch({
    profileDir: profileDir(),
    env,
    switches: [`--program=${program}`, '--lang=de-CH'],
    on: onStandIn,
  });

beforeAll(async () => {
  if (lack !== '') return;
  folder = mkdtempSync(join(tmpdir(), 'countersign-standin-'));
  mkdirSync(join(folder, 'renderer'));
  writeFileSync(join(folder, 'renderer/index.html'), PAGE);
  writeFileSync(join(folder, 'renderer/page.js'), "document.documentElement.dataset.script = 'ran';");
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      outDir: join(folder, 'preload'),
      rolldownOptions: {
        external: ['electron'],
        input: join(root, 'tests/standin/sample/preload.ts'),
        output: { format: 'cjs', entryFileNames: 'index.cjs' },
      },
    },
  });
  display = await openDisplay();
  env = { ...display.env, TMPDIR: folder, SAMPLE_OUT: folder };
  sample = await start();
});
afterAll(async () => {
  if (lack !== '') return;
  await sample.close();
  await display.stop();
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

describe.skipIf(lack !== '')(`the bridge of the stand-in${lack}`, () => {
  it('answers a call of the product’s preload through the router', async () => {
    expect(await sample.page.evaluate(() => countersign.desk.go({ to: 'settings' }))).toEqual(
      ok({ to: 'settings' }),
    );
    expect(await sample.page.evaluate(() => countersign.desk.view())).toEqual(ok(undefined));
  });

  it('brings as much over and back as a field takes', async () => {
    const length = await sample.page.evaluate(async (most) => {
      const answer: unknown = await countersign.verification.check({ id: 'a', code: '7'.repeat(most) });
      return (answer as { value: { code: string } }).value.code.length;
    }, TYPED_LENGTH);
    expect(length).toBe(TYPED_LENGTH);
  });

  it('hands over maps, typed arrays, dates, cycles and __proto__ keys as structured clone does', async () => {
    const described = await sample.page.evaluate(() => {
      const map = new Map<unknown, unknown>([['a', 1]]);
      map.set('self', map);
      const proto: unknown = JSON.parse('{"__proto__":{"x":1},"y":2}');
      const values = [map, new Uint8Array([1, 2, 3]), new Date(0), proto, -0, NaN, 10n, undefined, null];
      return Promise.all(values.map((value) => raw.describe(value)));
    });
    const words =
      'Map 2 true|Uint8Array 1,2,3|Date 1970-01-01T00:00:00.000Z|__proto__,y true|-0|NaN|10|undefined|null';
    expect(described.join('|')).toBe(words);
  });

  it('lets no function over: the product’s preload turns the refusal into invalid-input', async () => {
    const answers = await sample.page.evaluate(async () => {
      const hostile = (value: unknown) => countersign.desk.go(value as { to: 'settings' });
      const nested = await hostile({ to: () => 'settings' });
      return [nested, await hostile(() => 'settings'), await hostile(Symbol('settings'))];
    });
    expect(answers).toEqual(Array(3).fill(fail({ code: 'invalid-input' })));
  });

  it('exposes plain values, and functions that answer at once', async () => {
    expect(
      await sample.page.evaluate(() => {
        const heard: number[] = [];
        const stop = raw.later((value) => heard.push(value));
        stop();
        return [raw.answer, ...heard];
      }),
    ).toEqual([42, 1, 2]);
  });

  it('throws at once for a thousand levels and more, and what a getter of the page’s throws', async () => {
    const said = await sample.page.evaluate(() => {
      let tower: object = {};
      for (let level = 0; level < 1_100; level += 1) tower = { tower };
      const trap = {
        get id(): string {
          throw new Error('looked at');
        },
      };
      return [tower, trap].map((value) => {
        try {
          void raw.echo(value);
          return 'it was carried';
        } catch (error) {
          return String(error);
        }
      });
    });
    expect(said).toEqual([
      expect.stringContaining('recursion depth exceeded'),
      expect.stringContaining('looked at'),
    ]);
  });

  it('throws in the page what the preload throws, and rejects for a channel without a handler', async () => {
    await expect(sample.page.evaluate(() => raw.throwing())).rejects.toThrow('thrown in the preload');
    await expect(sample.page.evaluate(() => raw.missing())).rejects.toThrow(
      "No handler registered for 'raw.missing'",
    );
  });

  it('delivers events until the page has had enough', async () => {
    const heard = await sample.page.evaluate(async () => {
      const heard: unknown[] = [];
      const stop = countersign.onDesk((view) => heard.push(view));
      await raw.echo('one');
      await raw.echo('two');
      stop();
      await raw.echo('three');
      return heard;
    });
    expect(heard).toEqual(['one', 'two']);
  });

  it('cannot be replaced or added to by the page [T-preload-fixed]', async () => {
    const outcome = await sample.page.evaluate(() => {
      const before = countersign;
      const attempts = [
        () => Object.assign(globalThis, { countersign: {} }),
        () => Object.assign(countersign.desk, { view: () => 'mine' }),
        () => Object.defineProperty(globalThis, 'countersign', { value: {} }),
      ].map((attempt) => {
        try {
          attempt();
          return 'done';
        } catch {
          return 'refused';
        }
      });
      return { attempts, same: before === countersign };
    });
    expect(outcome).toEqual({ attempts: ['refused', 'refused', 'refused'], same: true });
  });

  it('keeps the preload’s world, and the way to Node, out of the page’s sight [T-preload-worlds]', async () => {
    const visible = await sample.page.evaluate(() =>
      ['require', 'module', 'process', 'ipcRenderer', '__standInSend', '__standInReceive'].filter(
        (name) => name in globalThis,
      ),
    );
    expect(visible).toEqual([]);
  });

  it('comes back when the page is reloaded', async () => {
    await sample.page.reload();
    await sample.page.waitForFunction(() => 'countersign' in window);
    expect(await sample.page.evaluate(() => countersign.desk.view())).toMatchObject({ ok: true });
  });

  it('gives a frame inside the page no bridge', async () => {
    const bridges = await sample.page.evaluate(async () => {
      const frame = document.createElement('iframe');
      document.body.append(frame);
      await new Promise((resolve) => setTimeout(resolve, 0));
      const inside = frame.contentWindow;
      return inside !== null && 'countersign' in inside;
    });
    expect(bridges).toBe(false);
  });

  it('records what crossed, both ways', async () => {
    await sample.page.evaluate(() => countersign.desk.dismiss({ notice: 'remember-me' }));
    await sample.page.evaluate(() => raw.echo('pushed-too'));
    const crossed = sample.trace().filter(({ text }) => /remember-me|pushed-too/.test(text));
    expect(crossed.map(({ way, channel }) => `${way} ${channel}`)).toEqual([
      'to-main desk.dismiss',
      'answer desk.dismiss',
      'to-main raw.echo',
      'event desk.changed',
      'answer raw.echo',
    ]);
  });
});

describe.skipIf(lack !== '')(`the window of the stand-in${lack}`, () => {
  it('runs the page’s own script and no other', async () => {
    const ran = await sample.page.evaluate(() => Object.entries(document.documentElement.dataset));
    expect(ran).toEqual([['script', 'ran']]);
  });

  it('speaks the language it was started in', async () => {
    expect(await sample.page.evaluate(() => navigator.language)).toBe('de-CH');
    expect(await sample.page.evaluate(() => (1.5).toLocaleString())).toBe('1.5');
    expect(
      await sample.page.evaluate(() => new Date(0).toLocaleDateString(undefined, { month: 'long' })),
    ).toBe('Januar');
  });

  it('shows the program’s title and not the page’s', async () => {
    await eventually(() => sample.title()).toBe('Sample – Practice');
  });

  it('goes nowhere, by link, by script or to about:blank', async () => {
    for (const target of ['https://example.test/', 'app://countersign/page.js', 'about:blank']) {
      const address = sample.page.url();
      await sample.page
        .evaluate((to) => {
          location.href = to;
        }, target)
        .catch(() => undefined);
      await sample.page.waitForFunction(() => 'countersign' in window && document.readyState === 'complete');
      await eventually(() => sample.page.url()).toBe(address);
    }
  });

  it('opens no second window', async () => {
    await sample.page.evaluate(() => window.open('about:blank'));
    await eventually(() => sample.page.context().pages().length).toBe(1);
  });

  it('has every permission denied', async () => {
    const names = ['geolocation', 'notifications', 'camera', 'microphone', 'clipboard-read'];
    const states = await sample.page.evaluate(
      (names) =>
        Promise.all(
          names.map(
            async (name) => (await navigator.permissions.query({ name: name as PermissionName })).state,
          ),
        ),
      names,
    );
    expect(states).toEqual(names.map(() => 'denied'));
  });
});

describe.skipIf(lack !== '')(`the life of a program on the stand-in${lack}`, () => {
  beforeEach(async () => {
    await sample.close();
    sample = await start();
  });

  it('ends when its window is closed', async () => {
    await sample.page.close();
    await sample.ended;
    expect(sample.output()).toMatch(/sample: closed\nsample: will quit\n/);
  });

  it('quits in good order when it is asked to, and leaves no lock', async () => {
    await sample.close();
    expect(sample.output()).toMatch(/sample: closed\nsample: will quit\n/);
    expect(readdirSync(profileDir())).not.toContain('SingletonLock');
  });

  it('tells the first instance of a second one, which ends at once', async () => {
    const args = ['tests/standin/run.ts', `--program=${program}`, `--user-data-dir=${profileDir()}`];
    const second = spawn(process.execPath, args, { cwd: root, env, stdio: 'ignore' });
    expect(await once(second, 'exit')).toEqual([0, null]);
    await eventually(() => sample.output()).toContain('sample: second start\n');
  });

  it('takes over the lock of an instance that was killed', async () => {
    process.kill(sample.pid, 'SIGKILL');
    await sample.ended;
    sample = await start();
    expect(await sample.page.evaluate(() => countersign.desk.view())).toMatchObject({ ok: true });
  });
});
