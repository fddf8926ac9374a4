/** @file The English texts of the first screen of all. */
import { type AccountKind } from '../../../shared/words.ts';

export const welcome = {
  title: 'Confirm that somebody controls an email address',
  lead: 'Type the address of the person in front of you. They get a one-time code from your own mail account and read it back.',
  claim: 'Whoever reads the code back controls this mailbox now. It does not prove who they are.',
  choose: 'Or send codes from',
  choices: {
    gmail: { title: 'Gmail', text: 'A personal address and an app password' },
    workspace: { title: 'Google Workspace', text: 'Your organisation’s address at Google' },
    server: { title: 'Another mail server', text: 'Any server you can sign in to over SMTP' },
  } satisfies Record<AccountKind, { title: string; text: string }>,
  practice: {
    title: 'Practice first',
    text: 'Everything works, and what you try stays on this computer',
  },
} as const;
