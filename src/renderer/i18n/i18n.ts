/**
 * @file Sets i18next up with the texts inside the program. It must load nothing but the page's own files, and a text that is
 * missing should fail the compiler, not the person.
 */
import { createInstance, type TFunction } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { type Texts } from '../../shared/texts.ts';
import { type Language } from '../../shared/words.ts';
import type { en } from './en.ts';
import { first } from './en/first.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'translation';
    resources: { translation: typeof en };
    returnNull: false;
  }
}

/** How a text is asked for by name. */
export type Words = TFunction;

interface LanguageTexts {
  readonly first: Texts<typeof first>;
  /** What is read when it is opened. */
  readonly rest: () => Promise<Texts<Omit<typeof en, keyof typeof first>>>;
}

const TEXTS = {
  en: { first, rest: async () => (await import('./en/later.ts')).later },
} satisfies Record<Language, LanguageTexts>;

export const i18n = createInstance({
  // British, in spelling, dates and units, as in the mail.
  lng: 'en-GB',
  fallbackLng: 'en',
  resources: Object.fromEntries(
    Object.entries(TEXTS).map(([language, texts]) => [language, { translation: texts.first }]),
  ),
  // React escapes what it renders; escaping twice would show "&amp;" in a business name.
  interpolation: { escapeValue: false },
  initAsync: false,
});

void i18n.use(initReactI18next).init();

/** To be awaited before anything is shown that is read when it is opened. */
export async function readTexts(): Promise<void> {
  await Promise.all(
    Object.entries(TEXTS).map(async ([language, { rest }]) =>
      i18n.addResourceBundle(language, 'translation', await rest(), true, true),
    ),
  );
}
