/** @file The desk: where one is, what may be asked there, and that nothing asked for is lost or stored too early. */
import { describe, expect, it } from 'vitest';
import type { Draft } from '../../../src/shared/desk-view.ts';
import { ACCOUNT, APP_PASSWORD, openDesk, saving, type DeskScene } from '../../fakes/desk-scene.ts';
import { REFUSED } from '../../fakes/post.ts';
import { wrong } from '../../fakes/scene.ts';

const MARIA: Draft = {
  address: ' Maria@Example.TEST ',
  request: { purpose: 'payment', amount: '€49.90', payee: 'Harbour Clinic' },
};
const WRONG_PASSWORD = { cause: 'wrong-password', retryable: false, serverSaid: '535 5.7.8' } as const;

/** A desk with an account on it. */
async function openSetUpDesk(): Promise<DeskScene> {
  const scene = await openDesk();
  await scene.setUp();
  return scene;
}

/** Starts for Maria and gives the id, and the code that went out. */
async function start(
  { desk, post, settle }: DeskScene,
  draft = MARIA,
): Promise<{ id: string; code: string }> {
  const started = await desk.handlers['verification.start'](draft);
  if (!started.ok) throw new Error(started.problem.code);
  await settle();
  const letter = post.letters.findLast(({ verificationId }) => verificationId === started.value.id);
  return { id: started.value.id, code: letter?.code ?? '' };
}

describe('a desk without an account', () => {
  it('opens on the welcome screen and starts nothing', async () => {
    const { desk, post } = await openDesk();
    expect(desk.view().screen).toEqual({ at: 'welcome' });
    expect(await desk.handlers['verification.start'](MARIA)).toEqual({
      ok: false,
      problem: { code: 'no-account' },
    });
    expect(desk.view().draft, 'what was typed is kept').toEqual(MARIA);
    expect(post.letters).toEqual([]);
  });
});

describe('setting up', () => {
  it('tests the account before it stores anything', async () => {
    const { desk, probes, vault, settings } = await openDesk();
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    expect(await desk.handlers['setup.save'](saving())).toEqual({ ok: true, value: null });
    expect(probes).toEqual([{ form: ACCOUNT, secret: APP_PASSWORD }]);
    expect(desk.view()).toMatchObject({
      screen: { at: 'address' },
      account: { form: ACCOUNT, secret: 'keychain', proven: true },
    });
    expect(settings.account()).toEqual(ACCOUNT);
    expect(vault.items.has('app-password')).toBe(true);
  });

  it('stores nothing when the test fails, and keeps what was entered, but for the password', async () => {
    const scene = await openDesk();
    const { desk, vault, settings } = scene;
    scene.probeProblem = WRONG_PASSWORD;
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    expect(await desk.handlers['setup.save'](saving())).toEqual({
      ok: false,
      problem: { code: 'test-failed', problem: WRONG_PASSWORD },
    });
    expect(desk.view().screen).toEqual({
      at: 'setup',
      kind: 'gmail',
      form: ACCOUNT,
      test: { state: 'failed', step: 'sign-in', problem: WRONG_PASSWORD },
      changing: false,
    });
    expect(settings.account()).toBeNull();
    expect([...vault.items.keys()]).toEqual([]);
    expect(JSON.stringify(desk.view())).not.toContain(APP_PASSWORD);
  });

  it('asks no server about a form that is wrong', async () => {
    const { desk, probes } = await openDesk();
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    expect(await desk.handlers['setup.save'](saving({ password: 'Summer2026!' }))).toEqual({
      ok: false,
      problem: { code: 'form', field: 'password', why: 'normal-password' },
    });
    expect(probes).toEqual([]);
  });

  it('can be saved untested, and is unproven until a message was accepted', async () => {
    const scene = await openDesk();
    const { desk, probes } = scene;
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    await desk.handlers['setup.save'](saving({ untested: true }));
    expect(probes).toEqual([]);
    expect(desk.view().account?.proven).toBe(false);
    scene.clock.pass(1_000);
    await start(scene);
    expect(desk.view().account?.proven).toBe(true);
  });

  it('with a keychain that is locked stores nothing and says so', async () => {
    const { desk, vault, settings } = await openDesk();
    vault.trouble = 'locked';
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    expect(await desk.handlers['setup.save'](saving())).toEqual({
      ok: false,
      problem: { code: 'vault', state: 'locked' },
    });
    expect(settings.account()).toBeNull();
    expect(desk.view().screen).toMatchObject({
      at: 'setup',
      test: { state: 'failed', step: 'store', problem: { cause: 'vault-locked' } },
    });
  });

  it('for this session keeps the secret out of the keychain', async () => {
    const { desk, vault, lineSecret } = await openDesk();
    await desk.handlers['setup.choose']({ kind: 'gmail' });
    await desk.handlers['setup.save'](saving({ keep: 'session' }));
    expect(desk.view().account?.secret).toBe('session');
    expect(vault.items.has('app-password')).toBe(false);
    expect(await lineSecret()).toBe(APP_PASSWORD);
  });
});

describe('changing the account', () => {
  it('keeps the stored password for another name at the same sign-in', async () => {
    const { desk, probes, lineSecret } = await openSetUpDesk();
    await desk.handlers['account.change'](undefined);
    const form = { ...ACCOUNT, name: 'Harbour Clinic North' };
    expect(await desk.handlers['setup.save'](saving({ form, password: '' }))).toEqual({
      ok: true,
      value: null,
    });
    expect(probes.at(-1)).toEqual({ form, secret: APP_PASSWORD });
    expect(await lineSecret()).toBe(APP_PASSWORD);
  });

  it('asks for the password again when the server is another, and never offers it the stored one', async () => {
    const { desk, probes, settings } = await openSetUpDesk();
    await desk.handlers['account.change'](undefined);
    const form = {
      kind: 'server',
      address: ACCOUNT.address,
      name: ACCOUNT.name,
      server: { host: 'mail.evil.test', port: 465, security: 'implicit-tls', user: ACCOUNT.address },
    } as const;
    expect(await desk.handlers['setup.save'](saving({ form, password: '' }))).toEqual({
      ok: false,
      problem: { code: 'form', field: 'password', why: 'empty' },
    });
    expect(probes).toHaveLength(1);
    expect(settings.account()).toEqual(ACCOUNT);
  });

  it('from a verification leads back to it, whether it is saved or left', async () => {
    const scene = await openSetUpDesk();
    const { desk } = scene;
    const { id } = await start(scene);
    const here = { at: 'verification', verification: { id, state: 'open' } };
    await desk.handlers['account.change'](undefined);
    await desk.handlers['setup.cancel'](undefined);
    expect(desk.view().screen).toMatchObject(here);
    await desk.handlers['account.change'](undefined);
    await desk.handlers['setup.save'](saving({ password: APP_PASSWORD }));
    expect(desk.view().screen).toMatchObject(here);
  });

  it('finds no secret for an account that was changed behind its back', async () => {
    const { vault, settings } = await openSetUpDesk();
    settings.setAccount({ ...ACCOUNT, address: 'other@gmail.com' });
    const { desk } = await openDesk({ vault, settings });
    expect(desk.view().account?.secret).toBeNull();
    expect(await desk.handlers['verification.start'](MARIA)).toEqual({
      ok: false,
      problem: { code: 'no-secret' },
    });
  });
});

describe('a verification at the desk', () => {
  it('goes from the address to the code screen, and from a wrong code to the right one', async () => {
    const scene = await openSetUpDesk();
    const { desk } = scene;
    const { id, code } = await start(scene);
    expect(desk.view()).toMatchObject({
      screen: {
        at: 'verification',
        verification: { id, sentTo: 'Maria@example.test', state: 'open', delivery: { state: 'accepted' } },
      },
      draft: { address: '' },
    });
    const check = desk.handlers['verification.check'];
    expect(await check({ id, code: wrong(code) })).toEqual({
      ok: true,
      value: { outcome: 'wrong', guessesLeft: 4 },
    });
    expect(await check({ id, code: code.slice(1) })).toMatchObject({ problem: { code: 'ill-formed' } });
    expect(await check({ id, code })).toEqual({ ok: true, value: { outcome: 'verified' } });
    expect(await check({ id, code })).toEqual({ ok: true, value: { outcome: 'not-open' } });
    expect(JSON.stringify(desk.view()), 'no code is in a view').not.toContain(code);
  });

  it('started twice at once, as by a double click, sends once', async () => {
    const { desk, post, settle } = await openSetUpDesk();
    const [one, other] = await Promise.all([
      desk.handlers['verification.start'](MARIA),
      desk.handlers['verification.start'](MARIA),
    ]);
    await settle();
    expect(one.ok && other.ok && one.value.id === other.value.id).toBe(true);
    expect(post.letters).toHaveLength(1);
    expect(desk.view().shift).toHaveLength(1);
  });

  it('sent to a malformed address is answered with what is wrong with it, and the draft stays', async () => {
    const { desk } = await openSetUpDesk();
    const draft = { ...MARIA, address: 'maria@@example.test' };
    expect(await desk.handlers['verification.start'](draft)).toMatchObject({
      ok: false,
      problem: { code: 'address' },
    });
    expect(desk.view()).toMatchObject({ screen: { at: 'address' }, draft });
  });

  it('is ended by "change address", which brings the draft back as it was typed', async () => {
    const scene = await openSetUpDesk();
    const { desk } = scene;
    const { id, code } = await start(scene);
    await desk.handlers['verification.changeAddress']({ id });
    expect(desk.view()).toMatchObject({
      screen: { at: 'address' },
      draft: { address: 'Maria@Example.TEST', request: MARIA.request },
      shift: [{ id, state: 'cancelled' }],
    });
    expect(await desk.handlers['verification.check']({ id, code })).toEqual({
      ok: true,
      value: { outcome: 'not-open' },
    });
  });

  it('is sent again only after its cool-down, and not in its last three minutes', async () => {
    const scene = await openSetUpDesk();
    const { clock, desk, post, settle } = scene;
    const { id, code } = await start(scene);
    const resend = () => desk.handlers['verification.resend']({ id });
    expect(await resend()).toEqual({
      ok: false,
      problem: { code: 'cooling-down', until: clock.wall() + 30_000 },
    });
    clock.pass(30_000);
    expect(await resend()).toEqual({ ok: true, value: null });
    await settle();
    expect(post.letters.map((letter) => letter.code)).toEqual([code, code]);
    clock.pass(7 * 60_000);
    expect(await resend()).toMatchObject({ problem: { code: 'too-late' } });
    clock.pass(3 * 60_000);
    expect(await resend()).toMatchObject({ problem: { code: 'not-open' } });
    expect(await desk.handlers['verification.resend']({ id: 'no such id' })).toMatchObject({
      problem: { code: 'not-open' },
    });
  });

  it('is not sent a second time while the first message is still under way', async () => {
    const { desk, post, clock } = await openSetUpDesk();
    post.outcome = null;
    const started = await desk.handlers['verification.start'](MARIA);
    if (!started.ok) throw new Error(started.problem.code);
    clock.pass(60_000);
    expect(await desk.handlers['verification.resend']({ id: started.value.id })).toEqual({
      ok: false,
      problem: { code: 'already-sending' },
    });
    post.release(REFUSED);
  });

  it('started again is a new one for the same address and purpose, with another code', async () => {
    const scene = await openSetUpDesk();
    const { desk, clock, post, settle } = scene;
    const { id, code } = await start(scene);
    clock.pass(10 * 60_000);
    expect(desk.view().shift).toMatchObject([{ id, state: 'expired' }]);
    const again = await desk.handlers['verification.again']({ id });
    await settle();
    expect(again).toMatchObject({ ok: true, value: { sentTo: 'Maria@example.test' } });
    expect(post.letters).toHaveLength(2);
    expect(post.letters[1]?.request).toEqual(MARIA.request);
    expect(post.letters[1]?.code).not.toBe(code);
    expect(await desk.handlers['verification.again']({ id: 'no such id' })).toEqual({
      ok: false,
      problem: { code: 'not-found' },
    });
  });
});

describe('practice', () => {
  it('has records and a vault of its own, and leaves nothing behind', async () => {
    const scene = await openSetUpDesk();
    const { desk, vault } = scene;
    await start(scene);
    const before = new Map(vault.items);
    await desk.handlers['practice.begin'](undefined);
    expect(desk.view()).toMatchObject({ practice: true, screen: { at: 'address' }, shift: [] });
    await start(scene, { ...MARIA, address: 'practice@example.test' });
    // The record itself says so, not only the desk that shows it.
    expect(desk.view().screen).toMatchObject({ at: 'verification', verification: { practice: true } });
    expect(desk.view().shift).toHaveLength(1);
    expect(vault.items, 'the keychain was not touched').toEqual(before);
    await desk.handlers['practice.leave'](undefined);
    expect(desk.view()).toMatchObject({ practice: false, account: { form: ACCOUNT }, inbox: [] });
    expect(JSON.stringify(desk.view())).not.toContain('practice@example.test');
  });

  it('needs no account, and leaving it is back at the welcome screen', async () => {
    const { desk } = await openDesk();
    await desk.handlers['practice.begin'](undefined);
    await desk.handlers['practice.leave'](undefined);
    expect(desk.view()).toMatchObject({ practice: false, screen: { at: 'welcome' } });
  });
});

describe('a locked keychain', () => {
  it('lets nothing start, and looking again after it was unlocked is enough', async () => {
    const { vault, settings } = await openSetUpDesk();
    vault.trouble = 'locked';
    const { desk } = await openDesk({ vault, settings });
    expect(desk.view()).toMatchObject({ vault: 'locked', account: { secret: null } });
    expect(await desk.handlers['verification.start'](MARIA)).toEqual({
      ok: false,
      problem: { code: 'vault', state: 'locked' },
    });
    vault.trouble = null;
    await desk.handlers['vault.retry'](undefined);
    expect(desk.view()).toMatchObject({ vault: 'available', account: { secret: 'keychain' } });
    expect((await desk.handlers['verification.start'](MARIA)).ok).toBe(true);
  });

  it('can be gone on without, for this session, after the password was entered again', async () => {
    const { vault, settings } = await openSetUpDesk();
    vault.trouble = 'missing';
    const { desk } = await openDesk({ vault, settings });
    await desk.handlers['vault.useSession'](undefined);
    expect(desk.view()).toMatchObject({ sessionOnly: true, account: { secret: null } });
    await desk.handlers['account.change'](undefined);
    expect(await desk.handlers['setup.save'](saving({ keep: 'session' }))).toEqual({ ok: true, value: null });
    expect((await desk.handlers['verification.start'](MARIA)).ok).toBe(true);
  });
});

describe('settings', () => {
  it('take a policy in range for what starts from now on, and refuse any other', async () => {
    const scene = await openSetUpDesk();
    const { desk, settings } = scene;
    const policy = { ...desk.view().policy, codeLength: 8, guesses: 3 };
    expect(await desk.handlers['settings.savePolicy'](policy)).toEqual({ ok: true, value: null });
    expect(desk.view().chance).toEqual({ verificationOneIn: 33_333_333, addressDayOneIn: 5_000_000 });
    expect((await start(scene)).code).toHaveLength(8);
    expect(await desk.handlers['settings.savePolicy']({ ...policy, guesses: 6 })).toEqual({
      ok: false,
      problem: { code: 'out-of-policy', field: 'guesses' },
    });
    expect(settings.policy().policy).toEqual(policy);
  });

  it('take the message as it is wanted, and refuse what could become a header', async () => {
    const { desk, settings } = await openSetUpDesk();
    const wanted = { codeInSubject: false, sentence: ' Second floor. ', origin: 'https://clinic.example/' };
    expect(await desk.handlers['settings.saveMessage'](wanted)).toEqual({ ok: true, value: null });
    const kept = { codeInSubject: false, sentence: 'Second floor.', origin: 'https://clinic.example' };
    expect(desk.view().message).toEqual(kept);
    expect(await desk.handlers['settings.saveMessage']({ ...wanted, origin: 'https://a.b"; x=' })).toEqual({
      ok: false,
      problem: { code: 'form', field: 'origin', why: 'not-an-origin' },
    });
    expect(settings.message()).toEqual(kept);
  });

  it('remove everything: account, secret, keys, anchor and policy', async () => {
    const scene = await openSetUpDesk();
    const { desk, vault, settings } = scene;
    await start(scene);
    await desk.handlers['settings.savePolicy']({ ...desk.view().policy, codeLength: 8 });
    expect(await desk.handlers['settings.removeAll'](undefined)).toEqual({ ok: true, value: null });
    expect(desk.view()).toMatchObject({
      screen: { at: 'welcome' },
      account: null,
      shift: [],
      draft: { address: '' },
      policy: { codeLength: 6 },
    });
    expect([...vault.items.keys()]).toEqual([]);
    expect(settings.account()).toBeNull();
  });

  it('remove nothing while the keychain is locked: what is in it would come back', async () => {
    const { desk, vault, settings } = await openSetUpDesk();
    vault.trouble = 'locked';
    expect(await desk.handlers['settings.removeAll'](undefined)).toEqual({
      ok: false,
      problem: { code: 'vault', state: 'locked' },
    });
    expect(settings.account()).toEqual(ACCOUNT);
  });
});

describe('a notice', () => {
  it('goes when it is dismissed and comes back with its reason', async () => {
    const { desk } = await openDesk();
    desk.startedAgain();
    expect(desk.view().notices).toEqual([{ kind: 'second-start' }]);
    await desk.handlers['desk.dismiss']({ notice: 'second-start' });
    expect(desk.view().notices).toEqual([]);
    desk.startedAgain();
    expect(desk.view().notices).toEqual([{ kind: 'second-start' }]);
  });

  it('that is not shown cannot be dismissed ahead of its time', async () => {
    const { desk, vault, clock } = await openSetUpDesk();
    await desk.handlers['desk.dismiss']({ notice: 'records-restored' });
    vault.items.delete('anchor');
    const until = clock.wall() + 24 * 3_600_000;
    expect(await desk.handlers['verification.start'](MARIA)).toEqual({
      ok: false,
      problem: { code: 'records-restored', until },
    });
    expect(desk.view().notices).toEqual([{ kind: 'records-restored', until }]);
  });
});

describe('the line to the server', () => {
  const typed = (address: string): Draft => ({ address, request: { purpose: 'registration' } });

  it('is opened with the first letter of an address, before it is one', async () => {
    const { desk, lineCalls } = await openSetUpDesk();
    await desk.handlers['desk.draft'](typed(''));
    expect(lineCalls).toEqual([]);
    await desk.handlers['desk.draft'](typed('m'));
    expect(lineCalls).toEqual(['warm']);
  });

  it('is let go for sleep and opened again when the machine wakes at the desk, but not in the settings', async () => {
    const { desk, lineCalls } = await openSetUpDesk();
    desk.sleep();
    desk.wake();
    expect(lineCalls).toEqual(['rest', 'warm']);
    await desk.handlers['desk.go']({ to: 'settings' });
    desk.wake();
    expect(lineCalls).toEqual(['rest', 'warm']);
  });

  it('is let go when the network goes, and opened afresh when it comes', async () => {
    const { desk, lineCalls } = await openSetUpDesk();
    await desk.handlers['desk.networkChanged']({ online: false });
    await desk.handlers['desk.networkChanged']({ online: true });
    expect(lineCalls).toEqual(['rest', 'renew']);
  });

  it('is opened afresh once in five seconds at most, however often the network is said to change', async () => {
    const { desk, lineCalls, clock } = await openSetUpDesk();
    for (let n = 0; n < 100; n += 1) await desk.handlers['desk.networkChanged']({ online: true });
    expect(lineCalls).toEqual(['renew']);
    clock.pass(5_000);
    await desk.handlers['desk.networkChanged']({ online: true });
    expect(lineCalls).toEqual(['renew', 'renew']);
  });
});
