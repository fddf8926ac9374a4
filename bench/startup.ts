/**
 * @file `npm run bench:startup`: what a start costs. Main is evaluated on this Node with an Electron that only answers, also
 * while the keychain hangs; the page is opened in Chromium, in turn with electron-vite's bare template, until its field is
 * painted. A measurement for a quiet machine: it belongs to no test. Last line: JSON. `-- --save` writes the table.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { nodePath, ROOT } from '../scripts/bootstrap.mjs';
import { ensureBuilt } from '../scripts/build.mjs';
import { startSecretService } from '../tests/integration/peers/secret-service.ts';
import { named } from '../tests/gallery/views.ts';
import { openPage } from '../tests/gallery/page.ts';
import { buildPages, median, type Pages } from './pages.ts';
import { saveTable } from './save-table.ts';

const ROUNDS = Number(process.argv.find((arg) => /^\d+$/.test(arg)) ?? 15);
/** The targets, with what they are held against. */
const MOST = { windowAskedMs: 200, pageScriptKB: 115, paintedToTemplate: 1.3 } as const;

interface Start {
  readonly evaluatedMs: number;
  readonly windowAskedMs: number;
  readonly processorMs: number;
  readonly modules: number;
  readonly memoryMB: number;
}

function startMain(env: NodeJS.ProcessEnv): Start {
  const profile = mkdtempSync(join(tmpdir(), 'countersign-start-'));
  const main = join(ROOT, 'out/main/index.js');
  // It ends itself by a signal, so that a hanging keychain does not hold it.
  const { stdout } = spawnSync(nodePath(), [join(ROOT, 'bench/main-start.mjs'), main, profile], {
    encoding: 'utf8',
    env,
  });
  rmSync(profile, { recursive: true, force: true });
  // Written by main-start.mjs, as this shape.
  return JSON.parse(stdout) as Start;
}

/** The scripts that index.html names, compressed. */
function scriptKB(folder: string): number {
  const index = readFileSync(join(folder, 'index.html'), 'utf8');
  const names = [...index.matchAll(/(?:src|href)="\.\/(assets\/[^"]+\.js)"/g)].map(([, name = '']) => name);
  return (
    names.reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length, 0) /
    1_000
  );
}

/** Runs in the page before anything else: notes when there is a field, and the frame with it is over. */
function watchField() {
  const note = () => {
    if (document.querySelector('input') === null) return;
    watcher.disconnect();
    requestAnimationFrame(() =>
      setTimeout(() => Object.assign(window, { fieldPaintedMs: performance.now() }), 0),
    );
  };
  const watcher = new MutationObserver(note);
  watcher.observe(document, { childList: true, subtree: true });
}

async function paintedMs({ browser }: Pages, folder: string): Promise<number> {
  const open = await openPage(browser, folder, { view: named('address') });
  await open.page.addInitScript(watchField);
  await open.page.reload();
  const found = await open.page.waitForFunction(() => (window as { fieldPaintedMs?: number }).fieldPaintedMs);
  const took = Number(await found.jsonValue());
  await open.close();
  return took;
}

async function main(): Promise<void> {
  ensureBuilt();
  const keychain = await startSecretService();
  const starts: Start[] = [];
  const hanging: Start[] = [];
  const pages = await buildPages();
  const templateScriptKB = scriptKB(pages.folders.template);
  const painted = { ours: [] as number[], template: [] as number[] };
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      starts.push(startMain({ ...process.env, ...keychain.env }));
      keychain.freeze();
      hanging.push(startMain({ ...process.env, ...keychain.env }));
      keychain.thaw();
      painted.ours.push(await paintedMs(pages, pages.folders.ours));
      painted.template.push(await paintedMs(pages, pages.folders.template));
    }
  } finally {
    await pages.close();
    await keychain.stop();
  }
  const of = (all: readonly Start[], what: keyof Start) => median(all.map((start) => start[what]));
  const figures = {
    evaluatedMs: of(starts, 'evaluatedMs'),
    processorMs: of(starts, 'processorMs'),
    modules: of(starts, 'modules'),
    memoryMB: of(starts, 'memoryMB'),
    windowAskedMs: of(starts, 'windowAskedMs'),
    windowAskedHangingMs: of(hanging, 'windowAskedMs'),
    pageScriptKB: scriptKB(join(ROOT, 'out/renderer')),
    templateScriptKB,
    paintedMs: median(painted.ours),
    templatePaintedMs: median(painted.template),
  };
  const held = {
    windowAsked: Math.max(figures.windowAskedMs, figures.windowAskedHangingMs) <= MOST.windowAskedMs,
    pageScript: figures.pageScriptKB <= MOST.pageScriptKB,
    painted: figures.paintedMs <= MOST.paintedToTemplate * figures.templatePaintedMs,
  };
  const whole = (value: number) => value.toFixed(0);
  const rows = [
    ['', 'Countersign', "electron-vite's template", 'at most'],
    [':--', '--:', '--:', '--:'],
    ['main evaluated, ms', whole(figures.evaluatedMs), '–', '–'],
    ['of it on a core until the window is asked for, ms', whole(figures.processorMs), '–', '–'],
    ['files of the program read by then', whole(figures.modules), '–', '–'],
    ['memory of the process by then, MB', whole(figures.memoryMB), '–', '–'],
    ['window asked for, ms', whole(figures.windowAskedMs), '–', whole(MOST.windowAskedMs)],
    [
      'the same while the keychain hangs, ms',
      whole(figures.windowAskedHangingMs),
      '–',
      whole(MOST.windowAskedMs),
    ],
    [
      'script before the address can be typed, kB compressed',
      figures.pageScriptKB.toFixed(1),
      figures.templateScriptKB.toFixed(1),
      whole(MOST.pageScriptKB),
    ],
    [
      'field painted, ms of the page',
      whole(figures.paintedMs),
      whole(figures.templatePaintedMs),
      `${MOST.paintedToTemplate} × the template`,
    ],
  ];
  const table = rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  console.log(table);
  const { version } = JSON.parse(
    readFileSync(join(ROOT, 'node_modules/electron-vite/package.json'), 'utf8'),
  ) as {
    readonly version: string;
  };
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).trim();
  const circumstances = `Median of ${ROUNDS} rounds, at ${commit}, on ${cpus().length} cores whose load was ${(loadavg()[0] ?? 0).toFixed(1)}; electron-vite ${version}.`;
  console.log(circumstances);
  if (process.argv.includes('--save')) await saveTable('startup', `${table}\n\n${circumstances}`);
  console.log(JSON.stringify({ ...figures, rounds: ROUNDS, load: loadavg()[0], held }));
  process.exitCode = Object.values(held).every(Boolean) ? 0 : 1;
}

await main();
