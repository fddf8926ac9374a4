/**
 * @file The end of the program: what is open is put away, and then the process ends, even if a call hangs. Nothing here may
 * wait for the keychain, whose prompt can stay open for ever.
 */
import { app } from 'electron';

/** Putting away takes milliseconds; what takes longer hangs, and the records survive an end at any point. */
const PUT_AWAY_MS = 3_000;

export function onQuit(options: {
  /** Puts away what is open. */
  readonly close: () => Promise<void>;
  /** Whether a call is running that would keep the process from ending. */
  readonly isHeld: () => boolean;
  readonly logException: (where: string, error: unknown) => void;
}): void {
  // One window: on every system the program ends with it.
  app.on('window-all-closed', () => app.quit());

  let closing = false;
  app.on('before-quit', (event) => {
    if (closing) return;
    closing = true;
    event.preventDefault();
    const late = new Promise<void>((resolve) => setTimeout(resolve, PUT_AWAY_MS));
    const put = options.close().catch((error: unknown) => options.logException('close', error));
    void Promise.race([put, late]).then(() => app.quit());
  });

  // The last moment for JavaScript: windows are gone and locks released. After it the process would wait for the call.
  process.on('exit', (code) => {
    if (options.isHeld()) endNow(code);
  });
}

/**
 * Ends the process although one of its threads hangs. Another program takes its place, which has no such thread and keeps
 * the exit code; a signal would report 137. Windows has no exec, and its kill ends a process with code 1.
 */
function endNow(code: number): void {
  if (process.platform !== 'win32' && process.execve !== undefined)
    process.execve('/bin/sh', ['sh', '-c', `exit ${code}`]);
  process.kill(process.pid, 'SIGKILL');
}
