/** @file What is good and what is hostile, channel by channel, as data. */
import { requestOf } from '../../../src/shared/request.ts';
import type { Channel, InputOf } from '../../../src/shared/contract.ts';

const draft = { address: 'ana@example.test', request: requestOf('registration') } as const;
const payment = requestOf('payment', { amount: '€49.90', payee: 'Example Ltd' });
const id = { id: '0123456789abcdef0123456789abcdef' } as const;

/** One input a channel that its handler must see. */
export const GOOD: { readonly [C in Channel]: InputOf<C> } = {
  'desk.view': undefined,
  'desk.go': { to: 'settings', page: 'message' },
  'desk.show': id,
  'desk.draft': draft,
  'desk.advise': { address: draft.address },
  'desk.dismiss': { notice: 'second-start' },
  'desk.networkChanged': { online: true },
  'setup.choose': { kind: 'gmail' },
  'setup.draft': {
    form: {
      kind: 'server',
      address: 'desk@',
      name: '',
      server: { host: '', port: NaN, security: 'starttls', user: '' },
      mailbox: { watch: true, tidySent: false },
    },
  },
  'setup.find': undefined,
  'setup.save': {
    form: {
      kind: 'server',
      address: 'desk@example.test',
      name: 'Example Ltd',
      server: { host: 'mail.example.test', port: 465, security: 'implicit-tls', user: 'desk' },
      mailbox: { watch: true, tidySent: false, server: { host: 'imap.example.test', port: 993 } },
    },
    password: 'four four four four',
    keep: 'keychain',
    untested: false,
    confirmed: ['smtp.example.com'],
    endOpen: false,
  },
  'setup.cancel': undefined,
  'account.change': undefined,
  'account.remove': undefined,
  'practice.begin': undefined,
  'practice.leave': undefined,
  'verification.start': {
    address: 'ana@example.test',
    request: payment,
  },
  'verification.check': { ...id, code: '012345' },
  'verification.resend': id,
  'verification.changeAddress': id,
  'verification.again': id,
  'history.search': {
    query: { text: 'mia', from: 0, to: null, purpose: 'payment', result: 'not-delivered', operator: 'Anna' },
    after: { openedAt: 1_795_000_000_000, ...id },
  },
  'history.show': id,
  'history.note': { ...id, note: { ticket: '48219', text: 'Called back.' } },
  'history.copy': id,
  'history.saveReceipt': { ...id, show: ['address', 'case'] },
  'history.savePdf': id,
  'history.print': id,
  'history.export': { format: 'csv', from: null, to: 1_795_000_000_000 },
  'history.cancelExport': undefined,
  'history.erase': { address: draft.address },
  'journal.changeKey': undefined,
  'settings.choose': { guesses: 3, codeInSubject: false, sentence: 'Second floor, left.' },
  'settings.saveName': { name: 'Example Ltd' },
  'settings.removeAll': undefined,
  'access.sit': { id: 'aB3_-9', pin: '4827' },
  'access.lock': undefined,
  'access.enterOwner': { pin: '482715' },
  'access.leaveOwner': undefined,
  'access.active': undefined,
  'access.setOwner': { name: 'Petra', pin: '482715', current: '' },
  'access.recover': { code: '7KQ2M-0VX3A-9ZT5C-4HRW1', pin: '482715' },
  'access.turnOff': undefined,
  'access.addOperator': { name: 'Anna', pin: { change: 'set', pin: '4827' } },
  'access.changeOperator': { id: 'aB3_-9', name: 'Anna', pin: { change: 'set', pin: '4827' } },
  'access.removeOperator': { id: 'aB3_-9' },
  'vault.retry': undefined,
  'vault.useSession': undefined,
  'outside.open': { page: 'app-passwords' },
};

function cycle(): unknown {
  const ring: Record<string, unknown> = {};
  ring['id'] = ring;
  return ring;
}

function tower(levels: number): unknown {
  let top: unknown = 'id';
  for (let level = 0; level < levels; level += 1) top = { id: top };
  return top;
}

function sparse(): unknown {
  const list: unknown[] = [];
  list.length = 4_294_967_295;
  return list;
}

/** Values that no channel may accept. */
export const HOSTILE: Readonly<Record<string, unknown>> = {
  null: null,
  true: true,
  zero: 0,
  'not a number': NaN,
  'a big integer': 10n,
  'a string': 'verification.start',
  'an empty object': {},
  'an empty array': [],
  'an array of the right thing': [id],
  'a cycle': cycle(),
  'a tower of 1,000 levels': tower(1_000),
  'a sparse array of 4,294,967,295': sparse(),
  'an array of 100,000': Array.from({ length: 100_000 }, () => 0),
  'a map': new Map([['id', id.id]]),
  'a set': new Set([id.id]),
  'a date': new Date(0),
  'a regular expression': /id/,
  'an error': new Error('id'),
  'a boxed string': Object('id') as unknown,
  'a typed array': new Uint8Array(8),
  'a buffer': new ArrayBuffer(8),
  'a __proto__ key': JSON.parse('{"__proto__":{"id":"1"}}') as unknown,
  'a __proto__ key beside the right ones': JSON.parse(`{"__proto__":{},"id":"${id.id}"}`) as unknown,
  'a constructor key': JSON.parse('{"constructor":{"prototype":{"id":"1"}}}') as unknown,
  'an id that is an object': { id: { toString: 'x' } },
  'an id of three million characters': { id: 'x'.repeat(3_000_000) },
  'a code of three million characters': { ...id, code: '1'.repeat(3_000_000) },
  'a code that is a number': { ...id, code: 123_456 },
  'an address of three million characters': { ...draft, address: 'x'.repeat(3_000_000) },
  'an address that is a list': { ...draft, address: ['a@example.test', 'b@example.test'] },
  'a purpose that is not one': { ...draft, request: { purpose: 'login' } },
  'details that belong to another purpose': {
    ...draft,
    request: { purpose: 'sign-in', details: [{ name: 'amount', value: '1' }] },
  },
  'details in another order': {
    ...draft,
    request: { ...payment, details: payment.details.toReversed() },
  },
  'a detail too few': { ...draft, request: { ...payment, details: payment.details.slice(1) } },
  'the same detail twice': {
    ...draft,
    request: { ...payment, details: payment.details.flatMap((one) => [one, one]) },
  },
  'a part of a receipt that is none': { ...id, show: ['address', 'salt'] },
  'a part of a receipt twice': { ...id, show: ['address', 'address'] },
  'a format that is none': { format: 'pdf', from: null, to: null },
  'a path in place of a format': { format: '/etc/passwd', from: null, to: null },
  'a period that is no time': { format: 'csv', from: 'yesterday', to: null },
  'a note that is a text': { ...id, note: 'Called back.' },
  'a note of three million characters': { ...id, note: { ticket: '', text: 'x'.repeat(3_000_000) } },
  'a search with an extra field': {
    query: { text: '', from: null, to: null, purpose: null, result: null, operator: null, sql: '1' },
    after: null,
  },
  'a choice that is none': { guesses: 3, toString: 1 },
  'a choice of another type': { guesses: '3' },
  'a choice that is undefined': { guesses: undefined },
  'a sentence of three million characters': { sentence: 'x'.repeat(3_000_000) },
  'an extra field': { ...id, extra: 1 },
  'an extra undefined field': { ...id, extra: undefined },
  'a place that is not one': { to: 'devtools' },
  'a page that is an address': { page: 'https://example.test' },
  'a server that is undefined': {
    form: { kind: 'gmail', address: 'a@gmail.com', name: 'x', server: undefined },
    password: '',
    keep: 'keychain',
    untested: true,
  },
};
