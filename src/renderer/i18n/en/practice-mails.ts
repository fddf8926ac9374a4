/** @file The English texts of practice's inbox. */

export const practiceMails = {
  title: 'Practice inbox',
  lead: 'What the other person would see. It exists only in practice.',
  empty: 'No mail yet. Send a code to any address: it arrives here, through a real mail conversation.',
  list: 'Mails',
  from: 'From',
  to: 'To',
  at: 'At',
  look: 'As people get it',
  looks: { light: 'Light', dark: 'Dark', phone: 'Phone', text: 'Plain text' },
  frame: 'The mail',
  source: 'The mail as it arrived',
} as const;
