/**
 * @file Says, in the system's own box, why the program cannot open or go on, and ends it. Without a window there is
 * nowhere else to say it.
 */
import { app, dialog } from 'electron';

/** The box is titled with the first; `what` happened, and what to do about it; then the program ends. */
export function endWith(cannot: 'cannot open' | 'cannot go on', what: string): void {
  dialog.showErrorBox(`Countersign ${cannot}`, what);
  app.exit(1);
}
