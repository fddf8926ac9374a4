/** @file What Electron says of a caller's frame, which may be gone before it is looked at: refused, and never an exception. */
import { expect, it, vi } from 'vitest';
import { registerRouter } from '../../../src/main/ipc/router.ts';
import { channels } from '../../../src/shared/contract.ts';
import { fail, ok } from '../../../src/shared/result.ts';
import { GOOD } from './inputs.ts';
import { recordedHandlers, type Reached } from './recorded-handlers.ts';

type Listener = (event: unknown, ...args: unknown[]) => Promise<unknown>;
const registered = vi.hoisted(() => new Map<string, Listener>());
// Electron's own package needs its runtime; of it the router uses this one call.
vi.mock('electron', () => ({
  ipcMain: { handle: (channel: string, listener: Listener) => registered.set(channel, listener) },
}));

const ORIGIN = 'app://countersign';
const OURS = { origin: ORIGIN, url: `${ORIGIN}/index.html`, parent: null };
const gone = (): never => {
  throw new Error('Render frame was disposed before WebFrameMain could be accessed');
};

const reached: Reached[] = [];
registerRouter({
  handlers: recordedHandlers(reached),
  origin: ORIGIN,
  refusal: () => null,
  logException: () => expect.unreachable(),
  logRefusal: () => undefined,
  // A text stands for Electron's class, which is only compared.
  owns: (sender: unknown) => sender === 'our page',
});
const call = (channel: (typeof channels)[number], event: object) =>
  registered.get(channel)?.({ sender: 'our page', ...event }, GOOD[channel]);

it('every channel of the contract is answered, and no other', async () => {
  expect([...registered.keys()]).toEqual([...channels]);
  for (const channel of channels)
    expect(await call(channel, { senderFrame: OURS }), channel).toEqual(ok(null));
  expect(reached).toHaveLength(channels.length);
});

it.each([
  ['has gone', { senderFrame: null }],
  ['goes while it is asked for', Object.defineProperty({}, 'senderFrame', { get: gone, enumerable: true })],
  [
    'goes before its origin is read',
    { senderFrame: Object.defineProperty({ ...OURS }, 'origin', { get: gone }) },
  ],
  [
    'goes before its parent is read',
    { senderFrame: Object.defineProperty({ ...OURS }, 'parent', { get: gone }) },
  ],
  ['belongs to another window', { senderFrame: OURS, sender: 'another' }],
])('a call whose frame %s reaches no handler', async (_what, event) => {
  reached.length = 0;
  const answer = registered.get('desk.view')?.(
    Object.create({ sender: 'our page' }, Object.getOwnPropertyDescriptors(event)),
    undefined,
  );
  await expect(answer).resolves.toEqual(fail({ code: 'refused-sender' }));
  expect(reached).toEqual([]);
});
