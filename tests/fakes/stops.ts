/** @file What a test has started and must stop. */
import { afterEach } from 'vitest';

/** A list for the file that asks: what is put into it during a test is called after it, in order. */
export function stopAfterEach(): (() => void | Promise<void>)[] {
  const stops: (() => void | Promise<void>)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  return stops;
}

/** Takes what has started and stops it after the test: the newest first, before what it talks to. */
export function stoppedAfterEach(): <T extends { stop(): Promise<void> }>(started: T) => T {
  const stops = stopAfterEach();
  return (started) => {
    stops.unshift(() => started.stop());
    return started;
  };
}
