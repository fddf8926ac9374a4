/** @file What each known text of a keychain means: those of other systems cannot be provoked here, so they are listed. */
import { expect, it } from 'vitest';
import { troubleOf } from '../../../src/main/vault/keychain-trouble.ts';

it.each([
  'Failed to load keytar native addon, checked ["../build/Release"] on prebuilds/linux-x64',
  'Cannot autolaunch D-Bus without X11 $DISPLAY',
  'Failed to execute child process “dbus-launch” (No such file or directory)',
  'Could not connect: Connection refused',
  'The connection is closed',
  'The name org.freedesktop.secrets was not provided by any .service files',
  'GDBus.Error:org.freedesktop.DBus.Error.ServiceUnknown: The name is not activatable',
  'A default keychain could not be found.',
  'No keychain is available. You may need to restart your computer.',
  'A specified logon session does not exist. It may already have been terminated.',
])('missing: %s', (text) => {
  expect(troubleOf(new Error(text))).toBe('missing');
});

it.each([
  'Cannot create an item in a locked collection',
  'Cannot get secret of a locked object',
  'The prompt was dismissed',
  'User canceled the operation.',
  'The user name or passphrase you entered is not correct.',
  'User interaction is not allowed.',
  'In dark wake, no UI possible',
  'Der Vorgang wurde abgebrochen.',
  '',
])('locked: %s', (text) => {
  expect(troubleOf(new Error(text))).toBe('locked');
});

it('takes whatever was thrown', () => {
  expect(troubleOf('no error at all')).toBe('locked');
  expect(troubleOf(undefined)).toBe('locked');
});
