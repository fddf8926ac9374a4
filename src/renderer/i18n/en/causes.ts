/**
 * @file English for everything that can keep a message from being handed over, or an account from being
 * tested. A cause without words does not compile. It must never repeat a server's own words: those stay in
 * their fold.
 */
import { type Cause } from '../../../shared/causes.ts';

export interface CauseWords {
  /** What happened. `{{server}}` is Gmail or the server's name. */
  readonly title: string;
  /** Most likely why. */
  readonly meaning: string;
  /** What to do now. */
  readonly remedy: string;
}

export const causes = {
  offline: {
    title: 'This computer is offline',
    meaning: 'There is no network connection, or it cannot leave the building.',
    remedy: 'Check the cable or the Wi-Fi, then try again.',
  },
  'host-not-found': {
    title: 'The server’s name was not found',
    meaning: 'The name is misspelled, or this network cannot look names up.',
    remedy: 'Check the spelling of the server. If it is right, check the network, then try again.',
  },
  'connection-refused': {
    title: '{{server}} refused the connection',
    meaning: 'Nothing answers at that port, or a firewall is in the way.',
    remedy:
      'Check the port: 465 for SSL/TLS, 587 for STARTTLS. Ask whoever runs this network whether mail ports are open.',
  },
  'blocked-here': {
    title: 'This computer does not let Countersign connect',
    meaning: 'Its firewall or virus scanner blocks mail connections.',
    remedy: 'Allow Countersign there, or ask whoever looks after this computer.',
  },
  'connect-timeout': {
    title: '{{server}} could not be reached',
    meaning: 'The network is very slow, or a firewall silently drops mail connections.',
    remedy: 'Try again. If it stays like this, ask whoever runs this network to allow the mail port.',
  },
  'server-timeout': {
    title: '{{server}} stopped answering',
    meaning: 'The connection was made, then nothing more came.',
    remedy: 'Try again in a moment.',
  },
  'connection-lost': {
    title: 'The connection to {{server}} was lost',
    meaning: 'The network dropped it before anything was handed over.',
    remedy: 'Try again.',
  },
  'out-of-step': {
    title: '{{server}} answered out of order',
    meaning:
      'Its replies did not belong to what it was asked, so that nothing was handed over. A virus scanner that reads mail can do that.',
    remedy:
      'Try again. If it happens again, turn off mail scanning on this computer, or ask those who run the server.',
  },
  'not-smtp': {
    title: 'That is not a mail server',
    meaning: 'Something else answers at this port. On guest Wi-Fi it can be the sign-in page.',
    remedy: 'Check the server and the port. On guest Wi-Fi, open a browser and sign in to the network first.',
  },
  'network-in-between': {
    title: 'Something else answers in {{server}}’s place',
    meaning: 'On guest Wi-Fi it is the sign-in page; elsewhere a filter or a virus scanner on the way.',
    remedy:
      'On guest Wi-Fi, open a browser and sign in to the network first. Otherwise ask whoever runs this network, or use another one.',
  },
  'tls-missing': {
    title: 'The connection cannot be made secure',
    meaning: 'The server does not offer TLS, or something in between removed the offer.',
    remedy: 'Choose SSL/TLS, port 465. On a network you do not trust, use another one.',
  },
  'tls-failed': {
    title: 'The secure connection could not be set up',
    meaning: 'The security setting does not match the port, or the server’s TLS is too old.',
    remedy: 'Check the port and the security setting: 465 with SSL/TLS, 587 with STARTTLS.',
  },
  'tls-from-start': {
    title: '{{server}} speaks SSL/TLS at this port',
    meaning: 'STARTTLS was chosen, and the server expects the secure connection at once.',
    remedy: 'Choose SSL/TLS.',
  },
  'tls-injection': {
    title: 'The connection was tampered with',
    meaning: 'Data arrived before the connection was secure. A proper server does not do that.',
    remedy: 'Do not use this network for mail. Use another one, and tell whoever runs it.',
  },
  'certificate-untrusted': {
    title: 'The server cannot prove who it is',
    meaning: 'Its certificate is not from an authority this computer trusts. Somebody may be listening in.',
    remedy:
      'Ask whoever runs the server to install a proper certificate. On guest Wi-Fi, sign in to the network first.',
  },
  'certificate-expired': {
    title: 'The server’s certificate is out of date',
    meaning: 'It was not renewed, or this computer’s clock is wrong.',
    remedy: 'Check the date and time here. If they are right, ask whoever runs the server to renew it.',
  },
  'certificate-other-host': {
    title: 'The certificate belongs to another server',
    meaning: 'The server’s name here is not the one in its certificate.',
    remedy:
      'On guest Wi-Fi, sign in to the network first. Otherwise use the exact name that the provider gives for its mail server.',
  },
  'authority-unlisted': {
    title: 'The connection is opened by an authority of this computer',
    meaning:
      'This computer was told to trust it: a virus scanner, your company, or your own mail server. It can read all that goes over the connection, and the password too.',
    remedy: 'Look at the account. It says who that is, and goes on when you say so.',
  },
  'sign-in-not-offered': {
    title: '{{server}} does not offer to sign in',
    meaning: 'It offers no way of signing in with a password here.',
    remedy: 'Check the server and the port: signing in is usually on 465 or 587, not on 25.',
  },
  'password-sign-in-off': {
    title: '{{server}} takes no password for this account',
    meaning:
      'Signing in with a password is switched off, for this account or for the whole organisation. Microsoft 365 does so step by step.',
    remedy:
      'Ask your administrator to allow SMTP with a password (“SMTP AUTH”) for this mailbox. Otherwise use another account, or a relay that takes a password.',
  },
  'normal-password': {
    title: '{{server}} wants an app password',
    meaning: 'This was the normal Google password. Google does not accept it from mail programs.',
    remedy: 'Make an app password and enter it. It takes a minute.',
  },
  'wrong-password': {
    title: '{{server}} did not accept the password',
    meaning: 'The Google password was changed, which cancels app passwords, or a letter is missing.',
    remedy: 'Make a new app password and enter it. It takes a minute.',
  },
  'wrong-password-server': {
    title: '{{server}} did not accept the password',
    meaning: 'The user name or the password is not right, or the password was changed.',
    remedy: 'Check both with whoever runs the server, and enter them again.',
  },
  'sign-in-later': {
    title: '{{server}} asks to sign in later',
    meaning: 'It had trouble signing you in just now. Trying again and again makes it wait longer.',
    remedy: 'Wait some minutes, then try again.',
  },
  'sign-in-blocked': {
    title: '{{server}} wants you to sign in in a browser',
    meaning: 'Something about this sign-in was unusual, so it was held back.',
    remedy: 'Open Gmail in a browser with this account, confirm that it was you, then try again.',
  },
  busy: {
    title: '{{server}} is busy',
    meaning: 'It has too much to do, or has had too many messages at once, and asked to come back later.',
    remedy: 'Try again in a minute.',
  },
  'greeting-refused': {
    title: '{{server}} turns this computer away',
    meaning:
      'It answers each connection from here with “not now”. It may not know this network, or have had too many connections from it.',
    remedy:
      'Ask those who run the server to allow connections from this network. A relay often wants the network’s address entered.',
  },
  'recipient-busy': {
    title: 'That mailbox gets too much mail right now',
    meaning: '{{server}} is holding back mail to it for a while.',
    remedy: 'Ask the person for another address, or try again in some minutes.',
  },
  'recipient-full': {
    title: 'That mailbox is full',
    meaning: 'It takes no more mail until something is deleted.',
    remedy: 'Ask the person for another address.',
  },
  'no-such-mailbox': {
    title: 'There is no such mailbox',
    meaning: 'A letter is missing or wrong, or the mailbox was closed.',
    remedy: 'Check the spelling with the person, letter by letter.',
  },
  'recipient-refused': {
    title: 'That address was refused',
    meaning: '{{server}} or the person’s own server does not take mail for it.',
    remedy: 'Check the spelling with the person, or ask for another address.',
  },
  'sender-refused': {
    title: '{{server}} refused your address as the sender',
    meaning: 'The account may not send from this address.',
    remedy: 'Check that the address in the account is the one you sign in with.',
  },
  'daily-limit': {
    title: '{{server}} sends no more mail today',
    meaning:
      'The account has reached its provider’s limit for 24 hours. Other programs that send from it count too.',
    remedy: 'Use another account, or wait until the limit frees.',
  },
  'content-refused': {
    title: '{{server}} refused the message',
    meaning: 'A spam filter rejected the text or the account.',
    remedy: 'Look at what the server said. A plainer business name or payment text can help.',
  },
  'too-large': {
    title: '{{server}} found the message too large',
    meaning: 'It allows less than this message needs, which is a few kilobytes.',
    remedy: 'Ask whoever runs the server about its size limit.',
  },
  'address-needs-smtputf8': {
    title: 'The server cannot write to this address',
    meaning:
      'The part before the @ has letters outside plain English, and the server does not offer to carry them.',
    remedy: 'Ask the person for another address.',
  },
  'refused-later': {
    title: '{{server}} did not take the message yet',
    meaning: 'It gave a reason that may pass.',
    remedy: 'Try again in some minutes. What the server said may tell more.',
  },
  refused: {
    title: '{{server}} did not take the message',
    meaning: 'It gave a reason of its own.',
    remedy: 'Look at what the server said, and check the address with the person.',
  },
  'service-refused': {
    title: '{{server}} turned this connection away',
    meaning: 'It gave a reason of its own. It may not take mail from this network or this account.',
    remedy: 'Look at what the server said, and ask whoever runs it.',
  },
  'mailbox-unreachable': {
    title: 'The account’s mailbox could not be reached',
    meaning: 'The inbox server or its port is not right, or IMAP is not offered there. Sending works.',
    remedy:
      'Check the inbox server and port, which is usually 993, or turn off both choices about the mailbox.',
  },
  'mailbox-refused': {
    title: 'The account’s mailbox did not open',
    meaning: 'IMAP is switched off for this account, or its password is good for sending only.',
    remedy: 'Switch IMAP on for the account, or turn off both choices about the mailbox.',
  },
  'mailbox-busy': {
    title: 'The account’s mailbox cannot be opened right now',
    meaning: 'Its server asked to come back later. Sending works.',
    remedy: 'Try again in some minutes.',
  },
  'sent-not-tidied': {
    title: 'Mails cannot be deleted from Sent on this server',
    meaning: 'It offers no safe way to remove one message by itself, or no folder that it names as Sent.',
    remedy: 'Turn off “Delete code mails from Sent”.',
  },
  'message-id-replaced': {
    title: 'The provider gives mails an id of its own',
    meaning: 'What comes back, and the copies in Sent, are found by a second mark in the mail instead.',
    remedy: 'Nothing has to be done. If a mail stays unexplained, look into the account’s own mailbox.',
  },
  'secret-missing': {
    title: 'The account’s password is not here',
    meaning: 'It was kept for one session only, or removed from the keychain.',
    remedy: 'Enter it again.',
  },
  'vault-locked': {
    title: 'The keychain is locked',
    meaning: 'The app password is in it.',
    remedy: 'Unlock it with the password you sign in to this computer with, then try again.',
  },
  'vault-missing': {
    title: 'This computer has no keychain',
    meaning: 'Without one the app password cannot be read.',
    remedy: 'Start the keychain and look again, or enter the app password for this session only.',
  },
  'too-late': {
    title: 'There was not enough time left to send it',
    meaning: 'The code would have expired before the mail could be handed over.',
    remedy: 'Send a new code.',
  },
  'called-off': {
    title: 'Sending was stopped before the mail left',
    meaning:
      'Countersign was closed, the account was changed or the verification ended while it was sending.',
    remedy: 'Send it again if the person is still here.',
  },
  internal: {
    title: 'Something went wrong in this program',
    meaning: 'It is written in the log, without addresses or codes.',
    remedy: 'Try again. If it happens again, report it with what the log says.',
  },
} as const satisfies Record<Cause, CauseWords>;
