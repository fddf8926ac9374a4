/** @file Attacks that only guess: in order, at random, at once, again and again, for every name and purpose. */
import { defaultChoices } from '../../src/shared/choices.ts';
import { requestOf, type Request } from '../../src/shared/request.ts';
import { REFUSED } from '../fakes/post.ts';
import {
  type Attacker,
  codeNumber,
  openMaria,
  randomCode,
  requestNumber,
  strategy,
  type Strategy,
} from './strategy.ts';
import { asking } from '../fakes/scene.ts';
import { MINUTE } from '../fakes/time.ts';

const { guesses: PER_VERIFICATION, addressGuesses: PER_ADDRESS } = defaultChoices('gmail');

/** Each takes its time, because the disk is written over. */
const ERASURES = 100;
const DAYS = 30;

/** The id of a verification that must open. */
async function mustOpen(attacker: Attacker, address: string, request?: Request): Promise<string> {
  const id = await attacker.open(address, request);
  if (id === null) throw new Error('the desk refused the first verification');
  return id;
}

/** Opens one verification after the other for names of one mailbox, and guesses `each` times at every one. */
async function hammer(
  attacker: Attacker,
  size: number,
  name: (n: number) => string,
  each = 6,
): Promise<void> {
  const ids = [await mustOpen(attacker, name(0), requestNumber(0))];
  for (let n = 1; attacker.tried < size; n += 1) {
    const id = await attacker.open(name(n), requestNumber(n));
    if (id !== null) ids.push(id);
    for (const known of id === null ? ids : [id]) {
      for (let guess = 0; guess < each; guess += 1) await attacker.guess(known, randomCode());
    }
  }
}

export const GUESSING: readonly Strategy[] = [
  strategy('every code in order', PER_VERIFICATION, async (attacker, size) => {
    const id = await mustOpen(attacker, 'maria@example.test');
    for (let n = 0; n < size; n += 1) await attacker.guess(id, codeNumber(n));
  }),
  strategy('random codes', PER_VERIFICATION, async (attacker, size) => {
    const id = await mustOpen(attacker, 'maria@example.test');
    for (let n = 0; n < size; n += 1) await attacker.guess(id, randomCode());
  }),
  strategy('guess, resend, guess', PER_VERIFICATION, async (attacker, size) => {
    const { scene } = attacker;
    const id = await mustOpen(attacker, 'maria@example.test');
    while (attacker.tried < size) {
      await attacker.guess(id, randomCode());
      scene.clock.pass(1_000);
      await scene.verifier.resend(id);
      for (let n = 0; n < size / 500; n += 1) await attacker.guess(id, randomCode());
    }
  }),
  strategy('guess, erase the address, guess', PER_ADDRESS, async (attacker, size) => {
    const { verifier } = attacker.scene;
    const { address } = asking('maria@example.test');
    const ids = [await mustOpen(attacker, 'maria@example.test')];
    for (let round = 1; round <= ERASURES; round += 1) {
      await attacker.guess(ids.at(-1) ?? '', randomCode());
      await verifier.erase(address);
      const id = await attacker.open('maria@example.test', requestNumber(round));
      if (id !== null) ids.push(id);
      for (let n = 0; n < size / ERASURES; n += 1)
        await attacker.guess(ids[n % ids.length] ?? '', randomCode());
    }
  }),
  strategy('one verification after another', PER_ADDRESS, async (attacker, size) => {
    await hammer(attacker, size, () => 'maria@example.test');
  }),
  strategy('plus-tags, dots and case of one mailbox', PER_ADDRESS, async (attacker, size) => {
    const names = ['maria', 'm.aria', 'ma.ria', 'MARIA', 'm.a.r.i.a', 'Mari.a'];
    const domains = ['gmail.com', 'googlemail.com', 'GMAIL.com'];
    await hammer(attacker, size, (n) => {
      const tag = n % 4 === 0 ? '' : `+${n}`;
      return `${names[n % names.length] ?? ''}${tag}@${domains[n % domains.length] ?? ''}`;
    });
  }),
  strategy('start, guess, start another in its place', PER_ADDRESS, async (attacker, size) => {
    for (let n = 0; attacker.tried < size; n += 1) {
      const id = await openMaria(attacker, requestNumber(n));
      for (let guess = 0; guess < 3; guess += 1) await attacker.guess(id, randomCode());
      await attacker.scene.replace(id).catch(() => undefined);
      for (let guess = 0; guess < size / 200; guess += 1) await attacker.guess(id, randomCode());
    }
  }),
  strategy('codes that were never handed over', [0, 0], async (attacker, size) => {
    const { scene } = attacker;
    scene.post.outcome = REFUSED;
    // A hundred starts, which nothing limits here, take their time on the disk.
    await hammer(attacker, size, (n) => `guest${n}@example.test`, Math.ceil(size / 100));
    // Not even the right one.
    for (const { verificationId, code } of scene.post.letters) await attacker.guess(verificationId, code);
  }),
  strategy('right codes of other purposes and amounts', PER_VERIFICATION, async (attacker, size) => {
    const { scene } = attacker;
    const id = await mustOpen(
      attacker,
      'maria@example.test',
      requestOf('payment', { amount: '€4,900.00', payee: 'Harbour Clinic' }),
    );
    const others: Request[] = [
      requestOf('payment', { amount: '€4.90', payee: 'Harbour Clinic' }),
      requestOf('payment', { amount: '€4,900.00', payee: 'Harbour Cliníc' }),
      requestOf('registration'),
      requestOf('other', { what: '€4,900.00 Harbour Clinic' }),
    ];
    const codes: string[] = [];
    for (const request of others) codes.push((await scene.start('maria@example.test', request)).code);
    for (let n = 0; n < size; n += 1) await attacker.guess(id, codes[n % codes.length] ?? '');
  }),
  strategy('a thousand wrong at once', 4 * PER_VERIFICATION, async (attacker, size) => {
    const ids: string[] = [];
    for (let n = 0; n < 4; n += 1) ids.push(await mustOpen(attacker, `guest${n}@example.test`));
    for (let n = 0; attacker.tried < size; n += 1) {
      const id = ids[n % ids.length] ?? '';
      await Promise.all(Array.from({ length: 1_000 }, () => attacker.guess(id, randomCode())));
    }
  }),
  strategy('a thousand right at once', [PER_VERIFICATION, 1], async (attacker, size) => {
    const { id, code } = await attacker.scene.start();
    while (attacker.tried < size) {
      await Promise.all(Array.from({ length: 1_000 }, () => attacker.guess(id, code)));
    }
  }),
  strategy('a right code, replayed', [1, 1], async (attacker, size) => {
    const { id, code } = await attacker.scene.start();
    for (let n = 0; n < size; n += 1) await attacker.guess(id, code);
  }),
  strategy('ill-formed codes and unknown verifications', [0, 0], async (attacker, size) => {
    const id = await mustOpen(attacker, 'maria@example.test');
    const odd = ['', '12345', '1234567', '12345O', '½23456', '\u0000', '12345e1', '-'];
    for (let n = 0; n < size; n += 1) {
      await attacker.guess(n % 2 ? id : codeNumber(n, 32), odd[(n >> 1) % odd.length] ?? '');
    }
  }),
  strategy('a locked keychain between guesses', PER_VERIFICATION, async (attacker, size) => {
    const { vault } = attacker.scene;
    const id = await mustOpen(attacker, 'maria@example.test');
    for (let n = 0; attacker.tried < size; n += 1) {
      if (n % 3 === 0) vault.atWrite('anchor', { kind: 'late', state: 'locked' });
      if (n % 3 === 1) vault.atWrite('anchor', { kind: 'refuse', state: 'locked' });
      vault.trouble = n % 7 === 0 ? 'locked' : null;
      await attacker.guess(id, randomCode());
    }
    vault.trouble = null;
  }),
  strategy('a month of days against one mailbox', DAYS * PER_ADDRESS, async (attacker, size) => {
    const { scene } = attacker;
    for (let hour = 0; hour < DAYS * 24; hour += 1) {
      const id = await openMaria(attacker, requestNumber(hour));
      for (let n = 0; n < size / (DAYS * 24); n += 1) await attacker.guess(id, randomCode());
      scene.clock.pass(60 * MINUTE);
    }
  }),
];
