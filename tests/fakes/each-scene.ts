/** @file The scene of each test of a file: opened before it, gone after it. */
import { afterEach, beforeEach } from 'vitest';
import { openScene, type Scene } from './scene.ts';

/** The one that is open now; who imports it sees the next one, too. */
export let scene: Scene;

export function openSceneForEach(options: Parameters<typeof openScene>[0] = {}): void {
  beforeEach(async () => void (scene = await openScene(options)));
  afterEach(() => scene.end());
}

/** Another fresh one within a test. */
export async function openSceneAnew(): Promise<void> {
  await scene.end();
  scene = await openScene();
}
