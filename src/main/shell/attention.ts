/**
 * @file Calls the person to the window when it is behind others: a notification of the system's, and the task bar. What is
 * shown outside of the window names no address and no code.
 */
import { Notification } from 'electron';

export function notify(options: {
  readonly title: string;
  readonly text: string;
  readonly onClick: () => void;
}): void {
  if (!Notification.isSupported()) return;
  const notification = new Notification({ title: options.title, body: options.text, silent: true });
  notification.on('click', options.onClick);
  notification.show();
}
