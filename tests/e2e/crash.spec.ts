/** @file The page's process dies: main owns the desk, so the window comes back to the same screen by itself. */
import { clerkAt } from './clerk.ts';
import { expect, test } from './fixture.ts';

test('a window whose page has crashed comes back to the same screen by itself', async ({ desk }) => {
  const { page } = desk;
  const clerk = clerkAt(page);
  await clerk.startPractice();
  await clerk.sendTo('mia@example.com');
  await expect(page.getByText(/^Handed to/)).toBeVisible();

  // Playwright takes a page that has crashed for lost; what the new one asks main for is on record.
  const asked = () => desk.trace().filter(({ channel }) => channel === 'desk.view');
  const before = asked().length;
  const session = await page.context().newCDPSession(page);
  // Never answered: by whom.
  void session.send('Page.crash').catch(() => undefined);
  await expect.poll(() => asked().length).toBeGreaterThanOrEqual(before + 2);

  const answer = asked().findLast(({ way }) => way === 'answer')?.text ?? '';
  // Only the screen of one verification says how many guesses it has.
  expect(answer).toContain('"guessesAllowed"');
  expect(answer).toContain('"mia@example.com"');
  expect(desk.program.output()).toContain('the page is gone');
});
