/** @file The English texts for what is wrong in a field of set-up and settings. */
import type { FormFault } from '../../../shared/problems.ts';

export const formFaults = {
  empty: 'Please fill this in.',
  'not-an-address': 'This is not an email address.',
  'not-gmail': 'This is not a Gmail address. For your organisation’s own domain, choose Google Workspace.',
  'too-long': 'This is too long.',
  'control-character': 'There is a hidden line break or control character in it. Type it by hand.',
  'sign-in-changed': 'The sign-in changed, so the password is needed again.',
  'normal-password':
    'This looks like your normal Google password, which does not work here. Make an app password: 16 letters in four groups.',
  'not-an-app-password': 'An app password is 16 letters, in four groups of four.',
  'not-a-host': 'This is not a server name, such as smtp.example.com.',
  'not-a-port': 'A port is a number between 1 and 65535.',
  'not-an-origin':
    'This is not the address of a website, such as https://clinic.example, without a page behind it.',
  'out-of-range': 'That value is outside what the program allows.',
  'like-a-code': 'This looks like a code. People could take it for theirs.',
  'like-a-link': 'This looks like an address or a website. Mail programs would make a link of it.',
  'like-a-placeholder':
    'Nothing is filled in here: people would read this as it stands. Write the words themselves.',
  taken: 'There is already one of this name.',
} as const satisfies Record<FormFault, string>;
