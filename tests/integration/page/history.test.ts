/**
 * @file The history in a real browser: found slice by slice, narrowed, worked with keys alone; one record with its note,
 * its receipt and its end; and the owner's question that stands before them.
 */
import { describe, expect, it } from 'vitest';
import type { Main } from '../../gallery/page.ts';
import { found, record } from '../../gallery/history.ts';
import { view } from '../../gallery/parts.ts';
import { named } from '../../gallery/views.ts';
import { NOTE_LENGTH, type RecordView } from '../../../src/shared/history.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { deskPage, focused, said } from './desk-page.ts';

/** So many are kept, and a slice looks at so many of them. */
const [KEPT, SLICE] = [180, 60];
/** For a page with many rows on a busy machine. */
const patiently = { timeout: 20_000 };
const first = found.rows[0];

/** Main with many rows: each slice has as many as it looks at, or those whose address has the text in it. */
const main: Main = {
  'history.search': ({ query, after }) => {
    const from = after === null ? 0 : Number(after.id);
    const numbers = Array.from({ length: Math.min(SLICE, KEPT - from) }, (_, index) => from + index);
    const rows = numbers
      .map((n) => ({
        ...first,
        id: String(n),
        openedAt: record.openedAt - n * 60_000,
        sentTo: `visitor.${n}@example.it`,
      }))
      .filter(({ sentTo }) => sentTo.includes(query.text)) as typeof found.rows;
    const next = from + SLICE < KEPT ? { openedAt: 1, id: String(from + SLICE) } : null;
    return ok({ rows, next, scanned: numbers.length, of: KEPT });
  },
};
const { open, at, called } = deskPage({ main });

const list = view({ screen: { at: 'history', record: null } });
const slip = view({ screen: { at: 'history', record } });
const rowsShown = '.history-rows button.history-row';

describe('the list', () => {
  it('asks for one slice after the other, stops where enough is listed, and goes on when that is wanted', async () => {
    const page = await at(list);
    await expect.poll(() => page.locator(rowsShown).count(), patiently).toBe(2 * SLICE);
    const cursors = (await called('history.search')).map((input) => (input as { after: unknown }).after);
    expect(cursors).toEqual([null, { openedAt: 1, id: String(SLICE) }]);
    await page.getByRole('button', { name: 'Show more' }).click();
    await expect.poll(() => page.locator(rowsShown).count(), patiently).toBe(KEPT);
    expect(await page.getByRole('button', { name: 'Show more' }).count()).toBe(0);
    expect(await page.locator('.history-count').innerText()).toContain(
      `${KEPT} of ${KEPT} kept verifications`,
    );
  });

  it('a search that finds little looks at everything, and a new one ends it', async () => {
    const page = await at(list);
    await open().hold('history.search');
    await page.getByLabel('Find').fill('visitor.17');
    await expect
      .poll(async () => JSON.stringify(await called('history.search')), patiently)
      .toContain('visitor.17');
    await page.getByLabel('Find').fill('visitor.179');
    await open().release('history.search');
    await expect.poll(() => page.locator(rowsShown).count(), patiently).toBe(1);
    expect(await page.locator(rowsShown).textContent()).toContain('visitor.179');
    await expect.poll(() => said(page), patiently).toContain(`1 of ${KEPT} kept verifications`);
  });

  it('is narrowed by days of this calendar, purpose and result, and shows all again', async () => {
    const page = await at(list);
    await page.getByLabel('From day').fill('2026-11-20');
    await page.getByLabel('To day').fill('2026-11-20');
    await page.getByLabel('For', { exact: true }).selectOption('payment');
    await page.getByLabel('Result').selectOption('not-delivered');
    await expect
      .poll(async () => (await called('history.search')).at(-1))
      .toMatchObject({
        query: {
          text: '',
          from: Date.UTC(2026, 10, 20),
          to: Date.UTC(2026, 10, 21),
          purpose: 'payment',
          result: 'not-delivered',
        },
      });
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect
      .poll(async () => (await called('history.search')).at(-1))
      .toMatchObject({ query: { from: null, to: null, purpose: null, result: null } });
  });

  it('is narrowed by who was at the desk, where people have names, the owner too', async () => {
    expect(await (await at(list)).getByLabel('By', { exact: true }).count(), 'nobody is asked').toBe(0);
    const { access } = named('settings-operators');
    const page = await at({ ...list, access });
    const by = page.getByLabel('By', { exact: true });
    const offered = await by.locator('option').allInnerTexts();
    const owner = access.on ? access.owner.name : '';
    expect(offered).toEqual(expect.arrayContaining(['Anybody', 'Anna', owner]));
    await by.selectOption('Anna');
    await expect
      .poll(async () => (await called('history.search')).at(-1))
      .toMatchObject({ query: { operator: 'Anna' } });
    await page.getByRole('button', { name: 'Show all' }).click();
    await expect
      .poll(async () => (await called('history.search')).at(-1))
      .toMatchObject({ query: { operator: null } });
  });

  it('needs no mouse: the arrows go along it, Enter opens, Escape goes back to the row and then to the desk', async () => {
    const page = await at(list);
    await page.locator(rowsShown).first().waitFor();
    expect(await focused(page)).toContain('input: Find');
    await page.locator(rowsShown).first().focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    expect(await called('history.show')).toEqual([{ id: '2' }]);
    await open().push(view({ screen: { at: 'history', record: { ...record, id: '2' } } }));
    await expect.poll(() => focused(page)).toBe('h2: Verified');
    await page.keyboard.press('Escape');
    await expect.poll(() => called('history.show')).toEqual([{ id: '2' }, { id: null }]);
    await open().push(list);
    await expect.poll(() => focused(page)).toContain('visitor.2@example.it');
    await page.keyboard.press('Escape');
    await expect.poll(() => called('desk.go')).toEqual([{ to: 'address' }]);
  });

  it('Control and F leads to it from everywhere at the desk', async () => {
    const page = await at(view());
    await page.keyboard.press('Control+f');
    await expect.poll(() => called('desk.go')).toEqual([{ to: 'history' }]);
  });
});

describe('one record', () => {
  it('its note is changed as it was typed, line breaks too; what is refused stays in the field', async () => {
    const page = await at(slip, {
      'history.note': fail({ code: 'note', field: 'ticket', why: 'control-character' }),
    });
    await page.getByRole('button', { name: 'Edit ticket and note' }).click();
    await page.getByRole('textbox', { name: 'Ticket', exact: true }).fill('48214');
    await page.getByLabel('Note', { exact: true }).fill('One line\nand another');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByText('hidden line break').first().waitFor();
    expect(await page.getByLabel('Note', { exact: true }).inputValue()).toBe('One line\nand another');
    expect(await called('history.note')).toEqual([
      { id: record.id, note: { ticket: '48214', text: 'One line\nand another' } },
    ]);
  });

  it('a note that is being written outlasts the lock and another verification, until it is saved or given up', async () => {
    const page = await at(slip);
    await page.getByRole('button', { name: 'Edit ticket and note' }).click();
    await page.getByLabel('Note', { exact: true }).fill('Half a sen');
    for (const meanwhile of [named('locked'), view(), list]) {
      await open().push(meanwhile);
      await page.getByLabel('Note', { exact: true }).waitFor({ state: 'detached' });
      await open().push(slip);
      await expect.poll(() => page.getByLabel('Note', { exact: true }).inputValue()).toBe('Half a sen');
    }
    expect(await called('history.note')).toEqual([]);
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await open().push(list);
    await open().push(slip);
    await page.getByRole('button', { name: 'Edit ticket and note' }).click();
    expect(await page.getByLabel('Note', { exact: true }).inputValue()).toBe(record.caseNote.text);
  });

  it('a receipt shows what is ticked and nothing else, in its own order', async () => {
    const page = await at(slip);
    await page.getByRole('button', { name: 'Save receipt…' }).click();
    const parts = page.getByRole('dialog');
    expect(await parts.getByRole('checkbox', { checked: true }).count(), 'address and details').toBe(2);
    await parts.getByLabel('Operator').check();
    await parts.getByLabel('Address').uncheck();
    await parts.getByLabel('Ticket and note').check();
    await parts.getByRole('button', { name: 'Save…' }).click();
    await expect
      .poll(() => called('history.saveReceipt'))
      .toEqual([{ id: record.id, show: ['details', 'case', 'operator'] }]);
    await parts.waitFor({ state: 'detached' });
    expect(await said(page)).toBe('Saved.');
  });

  it('the line for a ticket is shown as it was copied', async () => {
    const line = 'Verified mia@example.com · Registration · 2026-11-25 17:38 UTC+1 · MD-SQHG-5J · Anna';
    const page = await at(slip, { 'history.copy': ok({ line }) });
    await page.getByRole('button', { name: 'Copy', exact: true }).click();
    await page.getByText(line).first().waitFor();
  });

  it('nothing is said when a place to save was not chosen', async () => {
    const page = await at(slip, { 'history.savePdf': fail({ code: 'called-off' }) });
    await page.getByRole('button', { name: 'Save as PDF…' }).click();
    await expect.poll(() => called('history.savePdf')).toHaveLength(1);
    expect(await page.locator('.record-slip .note').count()).toBe(0);
  });

  it('an address is erased after a question that says what is not reached', async () => {
    const page = await at(slip, { 'history.erase': ok({ records: 3 }) });
    await page.getByRole('button', { name: 'Erase this address…' }).click();
    const question = page.getByRole('dialog');
    expect(await question.innerText()).toMatch(/exports, prints and receipts given away.*Sent, backups/s);
    expect(await called('history.erase')).toEqual([]);
    await question.getByRole('button', { name: 'Erase', exact: true }).click();
    await expect.poll(() => called('history.erase')).toEqual([{ address: record.sentTo }]);
    await expect.poll(() => called('history.show')).toEqual([{ id: null }]);
  });

  it('on paper there is the slip, a line to sign on, and nothing of the program', async () => {
    const page = await at(slip);
    await page.emulateMedia({ media: 'print' });
    const seen = await page.locator('body').innerText();
    await page.emulateMedia({ media: null });
    for (const text of ['MD-SQHG-5J', 'Date and signature', 'Harbour Clinic', 'On 23 November 2026 at '])
      expect(seen).toContain(text);
    expect(seen).toContain(record.receipt?.key);
    // When it was, wherever it is read.
    expect(seen).toMatch(/at \d\d:\d\d:\d\d UTC([+-]\d+)?/);
    for (const other of ['Find', 'Settings', 'Copy', 'visitor.', 'Edit ticket'])
      expect(seen).not.toContain(other);
  });

  it.each(['light', 'dark'] as const)(
    'the longest one is one sheet of white paper, on a desk in %s colours [T-slip-page]',
    async (colorScheme) => {
      const longest: RecordView = {
        ...record,
        entered: `"${'m'.repeat(60)}" @${'example.'.repeat(22)}test`,
        sentTo: `${'m'.repeat(60)}@${'example.'.repeat(22)}test`,
        caseNote: { ticket: 'W'.repeat(NOTE_LENGTH.ticket), text: 'W\n'.repeat(NOTE_LENGTH.text / 2) },
        mails: Array.from({ length: 5 }, (_, n) => ({ at: n, delivery: { state: 'interrupted' } as const })),
      };
      const page = await at(view({ screen: { at: 'history', record: longest } }));
      await page.emulateMedia({ colorScheme });
      const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
      expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
      await page.emulateMedia({ media: 'print' });
      const colours = await page.evaluate(() =>
        ['html', '.record-slip', '.record-slip dd'].map((where) => {
          const { backgroundColor, color } = getComputedStyle(document.querySelector(where) ?? document.body);
          return where.endsWith('dd') ? color : backgroundColor;
        }),
      );
      await page.emulateMedia({ media: null, colorScheme: null });
      expect(colours).toEqual(['rgb(255, 255, 255)', 'rgb(255, 255, 255)', 'rgb(0, 0, 0)']);
    },
  );
});

describe('an export', () => {
  it('is of the days that are shown, says how far it is, and can be stopped', async () => {
    const page = await at(list);
    await page.getByLabel('From day').fill('2026-11-20');
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByText('JSON Lines').click();
    await open().hold('history.export');
    await page.getByRole('button', { name: 'Choose where…' }).click();
    await expect
      .poll(() => called('history.export'))
      .toEqual([{ format: 'jsonl', from: Date.UTC(2026, 10, 20), to: null }]);
    await open().push({ ...list, task: { format: 'jsonl', done: 41_200, of: 100_000 } });
    await page.getByText('Writing: 41,200 of 100,000').waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    expect(await called('history.cancelExport')).toHaveLength(1);
    await open().answer({ 'history.export': fail({ code: 'called-off' }) });
    await open().release('history.export');
    await open().push(list);
    await page.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  });

  it('asks for the owner where main wants one, and goes on with what was chosen', async () => {
    const page = await at(named('history'), {
      'history.export': fail({ code: 'no-access', needs: 'owner' }),
      'access.enterOwner': fail({ code: 'wrong-pin', waitsUntil: null }),
    });
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByText('Summary').click();
    await page.getByRole('button', { name: 'Choose where…' }).click();
    const pin = page.getByRole('textbox', { name: 'Owner’s PIN' });
    await pin.fill('915038');
    await pin.press('Enter');
    await page.getByText('That is not the PIN.').first().waitFor();
    expect(await pin.inputValue(), 'a PIN is not kept').toBe('');
    await open().answer({
      'access.enterOwner': ok(null),
      'history.export': ok({ rows: 12 }),
    });
    await pin.fill('482715');
    await pin.press('Enter');
    await page.getByText('Written: 12 rows.').first().waitFor();
    const asked = await called('history.export');
    expect(asked).toEqual([asked[0], asked[0]]);
  });

  it('asks for the owner no longer than there is one, and leaves nobody waiting for the answer', async () => {
    const page = await at(named('history'), {
      'history.export': fail({ code: 'no-access', needs: 'owner' }),
    });
    await page.getByRole('button', { name: 'Export…' }).click();
    await page.getByRole('button', { name: 'Choose where…' }).click();
    const pin = page.getByRole('textbox', { name: 'Owner’s PIN' });
    await pin.waitFor();
    await open().push({ ...named('history'), access: { on: false } });
    await pin.waitFor({ state: 'detached' });
    await open().push(named('history'));
    await page.getByRole('button', { name: 'Choose where…' }).click();
    await pin.waitFor();
    expect(await called('history.export')).toHaveLength(2);
  });
});

describe('the key for receipts, in the settings', () => {
  it('is shown whole, and another one takes its place after a question that says what becomes of receipts', async () => {
    const page = await at(named('settings-records'));
    const section = page.locator('section', { has: page.getByRole('heading', { name: 'Key for receipts' }) });
    expect(await section.locator('code').innerText()).toBe(named('settings-records').journal?.thumbprint);
    await section.getByRole('button', { name: 'Use another key…' }).click();
    const question = page.getByRole('dialog');
    expect(await question.innerText()).toContain('Earlier receipts stay valid under the earlier key');
    expect(await called('journal.changeKey')).toEqual([]);
    await question.getByRole('button', { name: 'Use another key', exact: true }).click();
    await expect.poll(() => called('journal.changeKey')).toHaveLength(1);
    await question.waitFor({ state: 'detached' });
  });

  it('stays where it is, with the reason, when the keychain is locked', async () => {
    const page = await at(named('settings-records'), {
      'journal.changeKey': fail({ code: 'vault', state: 'locked' }),
    });
    await page.getByRole('button', { name: 'Use another key…' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Use another key', exact: true }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page
      .getByText(/keychain is locked/i)
      .first()
      .waitFor();
  });
});

it('has all its filters in one row from 1080 px on, beside a long name too', async () => {
  const page = await at(named('history'));
  for (const width of [1080, 1366]) {
    await page.setViewportSize({ width, height: 800 });
    const lows = await page
      .locator('.history-narrow > *')
      .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().bottom)));
    expect(lows).toHaveLength(6);
    expect(new Set(lows).size, `${width} px: ${lows.join()}`).toBe(1);
  }
});
