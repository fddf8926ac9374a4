/**
 * @file The end of the program: what is open is put away, the window goes, a newer version that is here is installed, and then
 * the process ends, even if a call hangs. Nothing here may wait for the keychain, whose prompt can stay open for ever.
 */
import { app, BrowserWindow } from 'electron';

/** Putting away takes milliseconds; what takes longer hangs, and the records survive an end at any point. */
const PUT_AWAY_MS = 3_000;

/** A copy of a hundred megabytes takes seconds; a disk that hangs must not keep the program from ending. */
const INSTALL_MS = 60_000;

export function onQuit(options: {
  /** Puts away what is open. */
  readonly close: () => Promise<void>;
  /** Installs a newer version, if there is one to install. Not called when what is open could not be put away. */
  readonly install: () => Promise<void>;
  /** Whether a call is running that would keep the process from ending. */
  readonly isHeld: () => boolean;
  readonly logException: (where: string, error: unknown) => void;
}): void {
  // One window: on every system the program ends with it.
  app.on('window-all-closed', () => app.quit());

  let phase: 'open' | 'closing' | 'closed' = 'open';
  app.on('before-quit', (event) => {
    if (phase === 'closed') return;
    event.preventDefault();
    // Asked for once more, as it is when the window goes: what has begun comes to its end.
    if (phase === 'closing') return;
    phase = 'closing';
    const logged = (where: string) => (error: unknown) => {
      options.logException(where, error);
      return false;
    };
    const put = options.close().then(() => true, logged('close'));
    const install = (isPut: boolean) => (isPut ? options.install().catch(logged('install')) : undefined);
    void Promise.race([put, after(PUT_AWAY_MS)])
      .then((isPut) => {
        // Nobody is to work at a desk that is closed, for as long as a copy takes.
        for (const window of BrowserWindow.getAllWindows()) window.close();
        return Promise.race([install(isPut), after(INSTALL_MS)]);
      })
      .then(() => {
        phase = 'closed';
        app.quit();
      });
  });

  // The last moment for JavaScript: windows are gone and locks released. After it the process would wait for the call.
  process.on('exit', (code) => {
    if (options.isHeld()) endNow(code);
  });
}

const after = (ms: number): Promise<false> => new Promise((resolve) => setTimeout(resolve, ms, false));

/**
 * Ends the process although one of its threads hangs. Another program takes its place, which has no such thread and keeps
 * the exit code; a signal would report 137. Windows has no exec, and its kill ends a process with code 1.
 */
function endNow(code: number): void {
  if (process.platform !== 'win32' && process.execve !== undefined)
    process.execve('/bin/sh', ['sh', '-c', `exit ${code}`]);
  process.kill(process.pid, 'SIGKILL');
}
