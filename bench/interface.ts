/**
 * @file `npm run bench:interface`: what the page costs while it is open: nothing to do, on the code screen and with a full
 * rail, beside electron-vite's bare template; and a push of a view with fifty rows. A measurement for a quiet machine: it
 * belongs to no test. Last line: JSON. `-- --save` writes the table.
 */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { ROOT } from '../scripts/bootstrap.mjs';
import { named } from '../tests/gallery/views.ts';
import type { OpenPage } from '../tests/gallery/page.ts';
import type { DeskView } from '../src/shared/desk-view.ts';
import { buildPages, scriptCounter, openOurs, openTemplate, processorSeconds, type Pages } from './pages.ts';
import { saveTable } from './save-table.ts';

const IDLE_SECONDS = Number(process.argv.find((arg) => /^\d+$/.test(arg)) ?? 60);
const PUSHES = 60;
const ROWS = 50;
const MOST = { idlePercent: 0.5, pushMs: 3, railScriptMs: 2.5 } as const;

/** A view whose rail is as full as it gets, none of it open. */
function full(): DeskView {
  const view = named('verified');
  const row = view.shift.find(({ state }) => state !== 'open');
  if (row === undefined) throw new Error('the gallery has no ended row');
  return { ...view, shift: Array.from({ length: ROWS }, (_, n) => ({ ...row, id: `${row.id}-${n}` })) };
}

/** Percent of a core and script, in milliseconds a second, while nothing is done. */
async function idle({ browser }: Pages, open: OpenPage) {
  const script = await scriptCounter(open.page);
  // What the opening has left to do is over.
  await sleep(3_000);
  const [processor, scripted] = [await processorSeconds(browser), await script()];
  await sleep(IDLE_SECONDS * 1_000);
  const result = {
    percent: ((await processorSeconds(browser)) - processor) * (100 / IDLE_SECONDS),
    scriptMs: (((await script()) - scripted) * 1_000) / IDLE_SECONDS,
  };
  await open.close();
  return result;
}

/** Milliseconds of script for one push, every second of which changes one row. */
async function push(open: OpenPage): Promise<number> {
  const view = full();
  await open.push(view);
  const script = await scriptCounter(open.page);
  const before = await script();
  // In the page itself: what carries a view there is Playwright's and not the program's.
  await open.page.evaluate(
    async ({ pushed, pushes }) => {
      for (let n = 0; n < pushes; n += 1) {
        const [first, ...rest] = pushed.shift;
        const shift =
          first === undefined ? rest : [{ ...first, sentTo: `row-${n >> 1}@example.test` }, ...rest];
        // As the bridge hands it over: a copy.
        window.double.push(structuredClone({ ...pushed, now: pushed.now + n, shift }));
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0)));
      }
    },
    { pushed: view, pushes: PUSHES },
  );
  const took = (((await script()) - before) * 1_000) / PUSHES;
  await open.close();
  return took;
}

async function main(): Promise<void> {
  const pages = await buildPages();
  try {
    const template = await idle(pages, await openTemplate(pages));
    const code = await idle(pages, await openOurs(pages, 'code'));
    const rail = await openOurs(pages, 'address');
    await rail.push({ ...full(), screen: named('address').screen });
    const railIdle = await idle(pages, rail);
    const pushMs = await push(await openOurs(pages, 'verified'));

    const held = {
      code: code.percent <= Math.max(MOST.idlePercent, template.percent),
      rail: railIdle.scriptMs <= MOST.railScriptMs,
      push: pushMs <= MOST.pushMs,
    };
    const rows = [
      ['', 'measured', 'at most'],
      [':--', '--:', '--:'],
      ["electron-vite's template, nothing to do: percent of a core", template.percent.toFixed(2), '–'],
      ['code screen, nothing to do: percent of a core', code.percent.toFixed(2), String(MOST.idlePercent)],
      ['code screen, nothing to do: script, ms a second', code.scriptMs.toFixed(2), '–'],
      [
        `rail of ${ROWS} ended rows, nothing to do: script, ms a second`,
        railIdle.scriptMs.toFixed(2),
        String(MOST.railScriptMs),
      ],
      [`a push of a view with ${ROWS} rows: script, ms`, pushMs.toFixed(2), String(MOST.pushMs)],
    ];
    const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
    console.log(table);
    const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: ROOT,
      encoding: 'utf8',
    }).trim();
    const circumstances = `Idle for ${IDLE_SECONDS} s each, at ${commit}, on ${cpus().length} cores whose load was ${(loadavg()[0] ?? 0).toFixed(1)}. Seconds on a core are Chromium's own count over all its processes.`;
    console.log(circumstances);
    if (process.argv.includes('--save')) await saveTable('interface', `${table}\n\n${circumstances}`);
    console.log(JSON.stringify({ template, code, rail: railIdle, pushMs, load: loadavg()[0], held }));
    process.exitCode = Object.values(held).every(Boolean) ? 0 : 1;
  } finally {
    await pages.close();
  }
}

await main();
