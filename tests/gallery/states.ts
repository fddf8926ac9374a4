/**
 * @file What a person has done on a view, what main answered, and what the state is about: the words, the field and the
 * button that must be in sight in a window of a fixed size, without scrolling.
 */
import { type Page } from 'playwright-core';
import { type AddressVerdict, type DeskView } from '../../src/shared/desk-view.ts';
import { type AddressHint } from '../../src/shared/words.ts';
import { fail, ok } from '../../src/shared/result.ts';
import { type Answers } from './page.ts';
import { found } from './history.ts';
import { views } from './views.ts';

export interface State {
  readonly view: DeskView;
  readonly answers: Answers;
  /** What a person does before it is looked at. */
  readonly act: (page: Page) => Promise<void>;
  /** Selectors of what must be in view in every window. */
  readonly about: readonly string[];
  /** The same at 400 % in a window of 1280 × 800, where there is room for the most important only. */
  readonly aboutAt400: readonly string[];
}

const nothing = (): Promise<void> => Promise.resolve();

const fault = { problem: 'display-name', character: null, repair: 'lena.fischer@example.de' } as const;

/** What main says of the address in a view. */
const verdicts: Readonly<Record<string, AddressVerdict>> = {
  'address-typo': { valid: true, delivery: 'sam@gmial.com' },
  'address-look-alike': { valid: true, delivery: 'mia@xn--exmple-4nf.com' },
  'address-pasted': { valid: false, fault },
};
const defaultVerdict: AddressVerdict = { valid: true, delivery: 'mia.keller@example.com' };

const advice: Readonly<Record<string, readonly AddressHint[]>> = {
  'address-typo': [{ kind: 'typo', suggestion: 'sam@gmail.com' }],
  'address-look-alike': [{ kind: 'look-alike', ascii: 'xn--exmple-4nf.com' }],
};

const turnOn = async (page: Page): Promise<void> => {
  await page.getByRole('button', { name: 'Turn on' }).click();
  await page.getByLabel('Your name').fill('Petra');
  await page.getByLabel('New PIN').fill('482715');
};

/** By the name of the view. */
const acts: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  code: (page) => page.keyboard.type('409'),
  about: async (page) => {
    await page.keyboard.press('Control+I');
    await page.getByText(/packages inside/).click();
    await page.getByText(/^react 1/).click();
  },
  'code-last-guess': (page) => page.keyboard.type('409 314'),
  'code-wrong': async (page) => {
    await page.keyboard.type('409314');
    await page.locator('.fault').waitFor();
  },
  'code-complete': async (page) => {
    await page.keyboard.type('40314');
    await page.keyboard.press('Home');
    await page.keyboard.type('9');
    await page.getByRole('button', { name: 'Check code' }).waitFor();
  },
  'address-first': async (page) => {
    await page.keyboard.type('mia keller');
    await page.getByText('What for').click();
    await page.getByRole('button', { name: 'Send code' }).click();
    await page.locator('.fault').waitFor();
  },
  'desk-locked-pin': async (page) => {
    await page.getByRole('button', { name: /^Anna/ }).click();
    await page.keyboard.type('5039');
    await page.keyboard.press('Enter');
    await page.getByText('That is not the PIN.').first().waitFor();
  },
  'desk-locked-waits': (page) => page.getByRole('button', { name: /^Dr/ }).click(),
  'address-owner-asked': async (page) => {
    await page.getByRole('banner').getByRole('button', { name: 'Settings' }).click();
    await page.getByRole('textbox', { name: 'Owner’s PIN' }).waitFor();
  },
  'settings-appearance': async (page) => {
    await page.getByLabel('Text size').selectOption('130');
    await page.getByRole('button', { name: 'Undo: Text size' }).waitFor();
  },
  'settings-operators': (page) => page.getByRole('button', { name: 'Change Anna' }).click(),
  'settings-owner': async (page) => {
    await turnOn(page);
    await page.keyboard.press('Enter');
    await page.getByText('The two are not the same.').first().waitFor();
  },
  'settings-recovery-code': async (page) => {
    await turnOn(page);
    await page.getByLabel('The same PIN again').fill('482715');
    await page.keyboard.press('Enter');
    await page.getByText('7KQ2M').waitFor();
  },
  'setup-gmail': async (page) => {
    await page.getByLabel('App password').fill('hunter2!');
    await page.getByText('How to make an app password').click();
    await page.getByLabel('App password').focus();
  },
  'setup-server-empty': async (page) => {
    await page.getByRole('button', { name: 'Find the server' }).click();
    await page.locator('.fault').first().waitFor();
  },
  history: (page) => page.locator('button.history-row').first().waitFor(),
  'history-record': (page) => page.locator('button.history-row').first().waitFor({ state: 'attached' }),
  'history-note': (page) => page.getByRole('button', { name: 'Edit ticket and note' }).click(),
  'history-receipt': (page) => page.getByRole('button', { name: 'Save receipt…' }).click(),
  'history-erase': (page) => page.getByRole('button', { name: 'Erase this address…' }).click(),
  'history-none': (page) => page.getByText('Nothing was found').first().waitFor(),
  'history-looking': (page) => page.locator('.history-count progress').waitFor(),
  'history-export': (page) => page.getByRole('button', { name: 'Export…' }).click(),
  'address-pasted': (page) => page.locator('button.offer').waitFor(),
  'address-typo': (page) => page.locator('.hints .note').waitFor(),
  'address-look-alike': (page) => page.locator('.hints .note').waitFor(),
};

/** What is found: everything, nothing, or a first slice with more to come. */
function searched(name: string): NonNullable<Answers['history.search']> {
  const of = 4_316;
  if (name === 'history-none') return ok({ rows: [], next: null, scanned: of, of });
  if (name !== 'history-looking') return ok(found);
  return [ok({ rows: [], next: { openedAt: 1, id: 'h6' }, scanned: 512, of })];
}

const PRIMARY = 'main .button.primary';

/** What a state is about by its screen, where it has no words of its own below. */
function aboutScreen({ screen, vault, notices }: DeskView): readonly [string[], string[]] {
  switch (screen.at) {
    case 'locked':
      return [['main h1', 'main button:focus, main input:focus'], ['main button:focus, main input:focus']];
    case 'welcome':
      return [['main h1', '.way[data-practice]'], ['main h1']];
    case 'setup':
      // What a failure is about is why, what to do, how far it came, and where.
      return screen.test.state === 'failed'
        ? [['.failure .note-title', '.failure p:last-of-type', 'main form :focus'], ['main form :focus']]
        : [['main h1', 'main form input:focus'], ['main form input:focus']];
    case 'address': {
      // Notices above the form are long, and come first.
      const crowded = vault !== 'available' || notices.length > 1;
      return [['main form input:focus', ...(crowded ? [] : [PRIMARY])], ['main form input:focus']];
    }
    case 'verification':
      switch (screen.verification.state) {
        case 'open':
          return screen.verification.delivery.state === 'refused' && screen.verification.sends === 0
            ? [['main h1', 'main .note', PRIMARY], ['main h1']]
            : [['main h1', '.slots'], ['.slots']];
        case 'verified':
          return [
            ['main h1', '.lead, .note-title', PRIMARY],
            // In practice the second thing to be read is that it proves nothing.
            ['main h1', screen.verification.practice ? '.note-title' : PRIMARY],
          ];
        case 'expired':
        case 'locked':
        case 'cancelled':
          return [['main h1', '.remedy', PRIMARY], ['main h1']];
      }
      return [[], []];
    case 'history':
      return screen.record === null
        ? [['main h1', 'main form input:focus'], ['main form input:focus']]
        : [['main h2'], ['main h2']];
    case 'settings':
      return [['main h1'], ['main h1']];
  }
}

const about: Readonly<Record<string, readonly [string[], string[]]>> = {
  // What can be done with a new account stands over the form.
  'address-account-saved-mailbox': [
    ['.notices .note', '.notices .button', 'main form input:focus'],
    ['main form input:focus'],
  ],
  about: [['dialog h2', 'dialog li .fold[open] summary'], ['dialog li .fold[open] summary']],
  'desk-locked-unreadable': [['main h1', PRIMARY], ['main h1']],
  'desk-locked-pin': [['main h1', '.fault', PRIMARY], ['.fault']],
  'address-owner-asked': [
    ['dialog h2', 'dialog input:focus', 'dialog .button.primary'],
    ['dialog input:focus'],
  ],
  'settings-appearance': [['main h1', '.saved', 'select'], ['.saved']],
  'settings-message-refused': [['main h1'], ['main h1']],
  'settings-operators': [['main form input:focus'], ['main form input:focus']],
  'settings-owner': [['main form input:focus', '.fault'], ['.fault']],
  'settings-recovery-code': [['dialog h2', '.recovery-code', 'dialog .button.primary'], ['dialog h2']],
  'history-note': [['main form input:focus'], ['main form input:focus']],
  'history-receipt': [['dialog h2', 'dialog .button.primary'], ['dialog h2']],
  'history-erase': [['dialog h2', 'dialog .button.danger'], ['dialog h2']],
  'history-export': [['dialog h2', 'dialog .button.primary'], ['dialog h2']],
  'code-wrong': [['main h1', '.slots', '.fault'], ['.fault']],
  'code-last-guess': [['main h1', '.slots', '.fault'], ['.fault']],
  'code-complete': [['.slots', PRIMARY], ['.slots']],
  'setup-server-empty': [['main form input:focus', '.fault'], ['main form input:focus']],
  'address-first': [['main form input:focus', '.fault', PRIMARY], ['.fault']],
  'address-pasted': [['main form input:focus', '.fault', 'button.offer', PRIMARY], ['button.offer']],
  'address-typo': [['main form input:focus', '.hints .note', PRIMARY], ['main form input:focus']],
  'address-verified': [['.answer-band', 'main form input:focus', PRIMARY], ['main form input:focus']],
};

/** A view as it is, and beside it what people do on it. */
const ALSO: Readonly<Record<string, string>> = {
  'code-wrong': 'code',
  'code-complete': 'code',
  about: 'address',
  'setup-server-empty': 'setup-server-unknown',
};

const EMPTY = (['address', 'password', 'name', 'host'] as const).map((field) => ({
  field,
  why: 'empty' as const,
}));

const stateOf = (name: string, view: DeskView): State => {
  const [usual, at400] = about[name] ?? aboutScreen(view);
  return {
    view,
    answers: {
      'desk.draft': ok(verdicts[name] ?? defaultVerdict),
      'desk.advise': ok(advice[name] ?? []),
      'setup.draft': ok(defaultVerdict),
      'setup.save': fail({ code: 'form', faults: EMPTY }),
      'verification.check': ok({ outcome: 'wrong', guessesLeft: 1 }),
      'history.search': searched(name),
      'access.sit': fail({ code: 'wrong-pin', waitsUntil: null }),
      'access.setOwner': ok({ recoveryCode: '7KQ2M-0VX3A-9ZT5C-4HRW1' }),
      ...(name === 'address-owner-asked' && {
        'desk.go': fail({ code: 'no-access', needs: 'owner' }),
      }),
      'verification.start': fail({
        code: 'address',
        fault: { problem: 'no-at-sign', character: null, repair: null },
      }),
    },
    act: acts[name] ?? nothing,
    about: usual,
    aboutAt400: at400,
  };
};

/** Each by the name its pictures get. */
export const states: Readonly<Record<string, State>> = Object.fromEntries(
  [
    ...Object.entries(views),
    ...Object.entries(ALSO).flatMap(([name, of]) => {
      const view = views[of];
      return view === undefined ? [] : [[name, view] as const];
    }),
  ].map(([name, view]) => [name, stateOf(name, view)]),
);

export function stateNamed(name: string): State {
  const state = states[name];
  if (state === undefined) throw new Error(`there is no state ${name}`);
  return state;
}
