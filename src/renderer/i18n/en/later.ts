/** @file The English texts of what is read when it is opened. Nothing else in the page may ask for one of these. */
import { about } from './about.ts';
import { formFaults } from './form-faults.ts';
import { history } from './history.ts';
import { practiceMails } from './practice-mails.ts';
import { settings } from './settings.ts';
import { setup } from './setup.ts';
import { welcome } from './welcome.ts';

export const later = { about, welcome, practiceMails, history, settings, setup, formFaults } as const;
