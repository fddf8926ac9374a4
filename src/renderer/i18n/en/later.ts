/** @file The English texts of what is read when it is opened. Nothing else in the page may ask for one of these. */
import { history } from './history.ts';
import { practiceMails } from './practice-mails.ts';
import { settings } from './settings.ts';
import { setup, welcome } from './setup.ts';

export const later = { welcome, setup, practiceMails, history, settings } as const;
