/**
 * @file Says, in the system's own box, why the program cannot open at all, and ends it. Before a window exists
 * there is nowhere else to say it.
 */
import { app, dialog } from 'electron';

/** `what` happened, and what to do about it; then the program ends. */
export function endWith(what: string): void {
  dialog.showErrorBox('Countersign cannot open', what);
  app.exit(1);
}
