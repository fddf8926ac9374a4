/**
 * @file Sets i18next up with the texts inside the program. It must never load anything: the page may make no
 * request, and a text that is missing should fail the compiler, not the person.
 */
import { createInstance, type TFunction } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Texts } from '../../shared/texts.ts';
import { type Language } from '../../shared/words.ts';
import { en } from './en.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** How a text is asked for by name. */
export type Words = TFunction;

export const i18n = createInstance({
  // British, in spelling, dates and units, as in the mail.
  lng: 'en-GB',
  fallbackLng: 'en',
  resources: { en: { translation: en } } satisfies Record<Language, { translation: Texts<typeof en> }>,
  // React escapes what it renders; escaping twice would show "&amp;" in a business name.
  interpolation: { escapeValue: false },
  initAsync: false,
});

void i18n.use(initReactI18next).init();
