/**
 * @file The tour: a whole verification in practice mode, played in the real program and its real window. It prints
 * its steps, leaves screenshots of every screen in light and dark in out/tour/, and ends with `verified` or fails.
 * With --json the last line is JSON.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { clerkAt } from './clerk.ts';
import { openDisplay } from '../../scripts/display.mjs';
import { launch, runtime, type Launched } from './launch/launch.ts';
import { wrong } from '../fakes/wrong-code.ts';

const OUT = resolve(import.meta.dirname, '../../out/tour');
const asJson = process.argv.includes('--json');
const steps: { readonly name: string; readonly ms: number }[] = [];

/** Plays one step, times it, and takes its picture in both colours. */
async function step(program: () => Launched, name: string, play: () => Promise<void>): Promise<void> {
  const startedAt = performance.now();
  await play();
  const ms = Math.round(performance.now() - startedAt);
  steps.push({ name, ms });
  console.log(`${String(steps.length).padStart(2)}. ${name} (${ms} ms)`);
  const { page } = program();
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const number = String(steps.length).padStart(2, '0');
    await page.screenshot({
      path: join(OUT, `${number}-${name.replaceAll(/\W+/g, '-')}-${colorScheme}.png`),
    });
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

async function play(program: Launched): Promise<void> {
  const clerk = clerkAt(program.page);
  const at = () => program;
  let code = '';
  const heading = (text: RegExp) => clerk.heading.filter({ hasText: text }).waitFor();

  await step(at, 'welcome', () => heading(/Confirm that somebody controls an email address/));
  await step(at, 'practice chosen', () => clerk.startPractice());
  await step(at, 'address with a typo', async () => {
    await clerk.address.fill('mia.keller@gmial.com');
    await program.page.getByRole('button', { name: 'Use mia.keller@gmail.com' }).waitFor();
  });
  await step(at, 'payment to an address', async () => {
    await clerk.address.fill('mia.keller@example.com');
    await clerk.choosePayment('€49.90', 'Harbour Clinic');
  });
  await step(at, 'code sent over SMTP', async () => {
    await clerk.send.click();
    await heading(/Ask for the code sent to mia\.keller@example\.com/);
    await program.page.getByText(/^Handed to the practice server/).waitFor();
    code = await clerk.practiceCode();
  });
  await step(at, 'page reloaded', async () => {
    await program.page.reload();
    await heading(/Ask for the code sent to mia\.keller@example\.com/);
  });
  await step(at, 'wrong code', async () => {
    await clerk.typeCode(wrong(code));
    await program.page.getByText('That is not the code. 4 guesses left.').first().waitFor();
  });
  await step(at, 'right code', async () => {
    await clerk.typeCode(code);
    await heading(/^Verified$/);
  });
  await step(at, 'settings', async () => {
    await program.page.getByRole('button', { name: 'Settings' }).click();
    await heading(/Settings/);
  });
  await step(at, 'practice left', async () => {
    await program.page.getByRole('button', { name: 'Leave practice' }).click();
    await heading(/Confirm that somebody controls an email address/);
  });
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
console.log(`runtime: ${runtime.name}`);
const home = mkdtempSync(join(tmpdir(), 'countersign-tour-'));
const display = await openDisplay();
let verified = false;
try {
  const program = await launch({
    profileDir: join(home, 'profile'),
    env: { ...display.env, HOME: home },
    switches: ['--lang=en'],
  });
  try {
    await play(program);
    verified = true;
  } catch (error) {
    await program.page.screenshot({ path: join(OUT, 'failed.png') });
    throw error;
  } finally {
    await program.close();
  }
} catch (error) {
  console.error(error);
  process.exitCode = 1;
} finally {
  await display.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
}
console.log('screenshots: out/tour/');
if (asJson) console.log(JSON.stringify({ verified, runtime: runtime.name, steps }));
else console.log(verified ? 'verified' : 'not verified');
