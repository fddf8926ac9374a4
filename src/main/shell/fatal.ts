/**
 * @file Says, in the system's own box, why the program cannot open or go on, and ends it. Without a window there is
 * nowhere else to say it.
 */
import { app, dialog } from 'electron';

/** `text`: what happened, and what to do about it; then the program ends. */
export function endWith(title: string, text: string): void {
  dialog.showErrorBox(title, text);
  app.exit(1);
}
