/**
 * @file The checker's page: takes what is pasted, dropped or chosen, and shows what was found. It asks no network, keeps
 * nothing, and puts nothing into the page but text.
 */
import './no-eval.ts';
import { readKey } from '../main/journal/key.ts';
import { canCheckSignatures } from '../main/journal/signature.ts';
import { visible } from '../main/journal/visible.ts';
import { type Document, judge } from './judge.ts';
import { BAD_KEY, type Finding, findingsOf } from './sentences.ts';

function byId<E extends HTMLElement>(id: string, kind: new () => E): E {
  const element = document.getElementById(id);
  if (!(element instanceof kind)) throw new Error(`the page has no ${id}`);
  return element;
}

const form = byId('form', HTMLFormElement);
const pasted = byId('pasted', HTMLTextAreaElement);
const chosen = byId('chosen', HTMLUListElement);
const chooser = byId('files', HTMLInputElement);
const key = byId('key', HTMLInputElement);
const check = byId('check', HTMLButtonElement);
const empty = byId('empty', HTMLParagraphElement);
const badKey = byId('bad-key', HTMLParagraphElement);
const progress = byId('progress', HTMLParagraphElement);
const findings = byId('findings', HTMLElement);

let files: readonly File[] = [];
let checking = false;

const element = (name: string, text: string, className = ''): HTMLElement => {
  const made = document.createElement(name);
  made.textContent = text;
  made.className = className;
  return made;
};

function setFiles(next: readonly File[]): void {
  files = next;
  chosen.replaceChildren(
    ...files.map((file) => {
      const item = document.createElement('li');
      const remove = element('button', 'Remove');
      remove.setAttribute('type', 'button');
      remove.setAttribute('aria-label', `Remove ${visible(file.name)}`);
      remove.addEventListener('click', () => {
        setFiles(files.filter((other) => other !== file));
        chooser.focus();
      });
      item.append(element('span', visible(file.name)), remove);
      return item;
    }),
  );
}

/** What is to be checked; null when a file can't be read, which is then said. */
async function documents(): Promise<readonly Document[] | null> {
  const read: Document[] =
    pasted.value.trim() === '' ? [] : [{ name: 'What you pasted', text: pasted.value }];
  for (const file of files) {
    try {
      read.push({ name: visible(file.name), text: await file.text() });
    } catch {
      empty.textContent = `${visible(file.name)} cannot be read.`;
      return null;
    }
  }
  if (read.length === 0) empty.textContent = 'Paste a receipt, or choose its file.';
  return read.length === 0 ? null : read;
}

/** Lets the page be drawn and pressed in between. */
async function breathe(done: number, of: number): Promise<void> {
  progress.textContent = of > 1000 ? `${done} of ${of} entries checked` : 'Checking …';
  await new Promise((resolve) => setTimeout(resolve));
}

async function run(): Promise<void> {
  empty.textContent = '';
  badKey.textContent = '';
  findings.replaceChildren();
  const given = await documents();
  if (given === null) {
    pasted.focus();
    return;
  }
  const thumbprint = key.value.trim() === '' ? null : await readKey(key.value);
  if (thumbprint === null && key.value.trim() !== '') {
    badKey.textContent = BAD_KEY;
    key.focus();
    return;
  }
  show(findingsOf(await judge(given, thumbprint, breathe)));
}

function list(title: string, items: readonly string[]): readonly HTMLElement[] {
  if (items.length === 0) return [];
  const all = document.createElement('ul');
  all.append(...items.map((item) => element('li', item)));
  return [element('h3', title), all];
}

function show(found: readonly Finding[]): void {
  findings.replaceChildren(
    ...found.map(({ name, tone, headline, wrong, proven, notProven, rows }) => {
      const article = element('article', '', `finding ${tone}`);
      const header = document.createElement('header');
      const title = element('h2', headline);
      title.tabIndex = -1;
      header.append(title, element('p', name, 'name'));
      const about = element('div', '', 'about');
      const facts = document.createElement('dl');
      facts.append(...rows.flatMap(({ label, value }) => [element('dt', label), element('dd', value)]));
      about.append(
        ...list('What is wrong', wrong),
        ...list('What is proven', proven),
        ...list('What is not proven', notProven),
        ...(rows.length === 0 ? [] : [element('h3', 'What is signed'), facts]),
      );
      article.append(header, about);
      return article;
    }),
  );
  findings.querySelector('h2')?.focus();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  if (checking) return;
  checking = true;
  check.setAttribute('aria-disabled', 'true');
  void run().finally(() => {
    checking = false;
    check.removeAttribute('aria-disabled');
    progress.textContent = '';
  });
});

chooser.addEventListener('change', () => {
  setFiles([...files, ...(chooser.files ?? [])]);
  // The same file may be chosen again after it was removed.
  chooser.value = '';
});

for (const name of ['dragover', 'dragleave', 'drop'] as const) {
  document.addEventListener(name, (event) => {
    event.preventDefault();
    document.body.classList.toggle('over', name === 'dragover');
    if (name === 'drop') setFiles([...files, ...(event.dataTransfer?.files ?? [])]);
  });
}

void canCheckSignatures().then((can) => {
  byId('unable', HTMLDivElement).hidden = can;
  check.hidden = !can;
});
