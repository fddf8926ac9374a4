/** @file English for what the desk says after set-up, where a code to oneself is offered. */
export const accountSaved = {
  untested: {
    title: 'The account is saved, and not tested yet',
    text: 'Send a code to {{address}} and type it here: that tests it.',
  },
  send: 'Send a code to myself',
  mailbox: '{{title}}, so that mail that cannot be delivered is not noticed. Settings say what to do.',
} as const;
