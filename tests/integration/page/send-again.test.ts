/**
 * @file The built page before the real desk, whose clock moves at every look: what the page offers is taken by main, at the
 * first moment at which it is offered.
 */
import { beforeAll, expect, it } from 'vitest';
import { openSetUpDesk, type DeskScene } from '../../fakes/desk-scene.ts';
import type { Main } from '../../gallery/page.ts';
import { requestOf } from '../../../src/shared/request.ts';
import { deskPage } from './desk-page.ts';
import { valueOf } from '../../fakes/value-of.ts';

const FIFTY = Array.from({ length: 50 }, (_, n) => `guest${n}@example.test`);
/** Between two starts: so that one after the other is offered, and not all at once. */
const APART_MS = 607;
/** How closely the moment is met. */
const STEP_MS = 125;

let scene: DeskScene;
const main: Main = { 'verification.resend': (input) => scene.desk.handlers['verification.resend'](input) };
const { at } = deskPage({ stillClock: true, main });

beforeAll(async () => {
  scene = await openSetUpDesk();
  scene.clock.tick();
});

it('“Send again” of fifty side by side is taken at the moment that the window offers each [T-send-again-window]', async () => {
  const ids: string[] = [];
  for (const address of FIFTY) {
    const request = requestOf('registration');
    ids.push(valueOf(await scene.desk.handlers['verification.start']({ address, request })).id);
    scene.clock.pass(APART_MS);
  }
  await scene.settle();
  const sent = scene.post.letters.length;

  let waited = 0;
  for (const id of ids) {
    await scene.desk.handlers['desk.show']({ id });
    const page = await at(scene.desk.view());
    const again = page.getByRole('button', { name: /^Send again/ });
    const isOffered = async () => (await again.getAttribute('aria-disabled')) === null;
    if (!(await isOffered())) waited += 1;
    while (!(await isOffered())) {
      scene.clock.pass(STEP_MS);
      await page.clock.runFor(STEP_MS);
    }
    await again.press('Enter');
    await expect
      .poll(() => scene.desk.view().screen, { timeout: 30_000 })
      .toMatchObject({ verification: { id, sends: 2 } });
    await scene.settle();
  }
  expect(waited, 'one after the other was waited for').toBeGreaterThan(FIFTY.length / 2);
  expect(scene.post.letters).toHaveLength(sent + FIFTY.length);
}, 120_000);
