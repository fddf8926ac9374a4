/**
 * @file The queue id of each mail in an inbox. Each time Postfix accepts a message it gives it a new one, so they say how
 * often a message was handed over. A Postfix that is killed between handing a mail to Dovecot and noting that it did so
 * hands it over again, with the same id: that is its doing and not a second send.
 */
export const queueIdsOf = (mails: readonly string[]): string[] =>
  mails.map((mail) => /ESMTPSA id ([0-9A-Za-z]+)/u.exec(mail)?.[1] ?? `none in ${mail.slice(0, 200)}`);
