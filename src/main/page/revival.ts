/**
 * @file Brings the page back when its process has died: main owns the desk, so a new page is where the old one was. A
 * page that dies again and again must not be brought back for ever.
 */

/** So many deaths within {@link WITHIN_MS} are no accident. */
const MOST = 3;
const WITHIN_MS = 60_000;

/** To be told why the page's process is gone (Electron's `render-process-gone`), and how to bring it back. */
export function createRevival(options: {
  /** The page cannot be kept alive. */
  readonly giveUp: () => void;
  readonly log: (what: string) => void;
  readonly monotonic: () => number;
}): (reason: string, reload: () => void) => void {
  let deaths: readonly number[] = [];
  return (reason, reload) => {
    // Its own decision, as when the window closes.
    if (reason === 'clean-exit') return;
    options.log(`the page is gone: ${reason}`);
    const now = options.monotonic();
    deaths = [...deaths.filter((at) => now - at < WITHIN_MS), now];
    if (deaths.length > MOST) options.giveUp();
    else reload();
  };
}
