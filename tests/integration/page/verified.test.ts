/** @file A desk that does not open, and what the screen of a verified address says and lets one do. */
import { describe, expect, it } from 'vitest';
import { codeView, NOW } from '../../gallery/parts.ts';
import { deskPage, focused, said } from './desk-page.ts';
import { fail } from '../../../src/shared/result.ts';

const { open, at, called } = deskPage({ stillClock: true });

describe('a desk that does not open', () => {
  const closed = deskPage({
    stillClock: true,
    answers: { 'desk.view': fail({ code: 'internal', reference: 'K3-9' }) },
  });

  it('says how the log has it', async () => {
    const { page } = closed.open();
    expect(await page.locator('main').innerText()).toContain('The log has it as K3-9.');
    expect(await focused(page)).toBe('h1: The desk did not open');
  });
});

describe('a verified address', () => {
  const verified = codeView({ state: 'verified', endedAt: NOW, guessesLeft: 4 });

  it('is not skipped by an Enter out of habit, and is left by the next one', async () => {
    const page = await at(codeView());
    await open().push(verified);
    await page.getByRole('heading', { name: 'Verified' }).waitFor();
    expect(await said(page)).toBe('Verified. Whoever read this code back controls this mailbox now.');
    await page.clock.runFor(450);
    await page.keyboard.press('Enter');
    expect(await called('desk.go')).toEqual([]);
    await page.clock.runFor(150);
    await page.keyboard.press('Enter');
    await expect.poll(() => called('desk.go')).toEqual([{ to: 'address' }]);
  });

  it('says of an earlier one what was so then, and not now', async () => {
    const page = await at(codeView({ state: 'verified', endedAt: NOW - 3_600_000, guessesLeft: 4 }));
    await page.getByText('Whoever read this code back controlled this mailbox then: 13:06.').waitFor();
  });

  it('says of one that has been on the screen for a while what was so then', async () => {
    const page = await at(verified);
    await page.getByText('Whoever read this code back controls this mailbox now.').first().waitFor();
    await page.clock.runFor(121_000);
    await page.getByText('Whoever read this code back controlled this mailbox then: 14:06.').waitFor();
  });

  it('says in practice that it proves nothing', async () => {
    const page = await at(
      codeView({ state: 'verified', endedAt: NOW, guessesLeft: 4, practice: true }, { practice: true }),
    );
    await page.getByText('Practice: this proves nothing.').waitFor();
  });
});
