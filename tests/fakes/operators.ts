/**
 * @file Operators and owner at a whole desk, for tests: turned on, sat down at, and called as the page calls it, through the
 * route that turns calls away.
 */
import { createRoute, type Caller } from '../../src/main/ipc/route.ts';
import { PIN } from './access-scene.ts';
import type { DeskScene } from './desk-scene.ts';
import { valueOf } from './value-of.ts';

const ORIGIN = 'app://countersign';
export const US: Caller = {
  frame: { origin: ORIGIN, url: `${ORIGIN}/index.html`, parent: null },
  fromOurWindow: true,
};

/** Every channel with a good input, as the page calls it. */
export function routeTo({ desk }: DeskScene) {
  return createRoute({
    handlers: desk.handlers,
    refusal: desk.refusal,
    origin: ORIGIN,
    logException: (_reference, _where, error) => {
      throw error;
    },
    logRefusal: () => undefined,
  });
}

export async function turnOn(scene: DeskScene): Promise<void> {
  const { handlers } = scene.desk;
  const set = await handlers['access.setOwner']({ name: 'Petra', pin: PIN, current: '' });
  const added = await handlers['access.addOperator']({ name: 'Anna', pin: { change: 'none' } });
  if (!set.ok || !added.ok) throw new Error('operators were not turned on');
}

export async function sitDown({ desk }: DeskScene): Promise<void> {
  const { access } = desk.view();
  const id = access.on ? (access.operators[0]?.id ?? '') : '';
  valueOf(await desk.handlers['access.sit']({ id, pin: '' }));
}
