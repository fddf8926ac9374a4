/**
 * @file The settings as the page shows them: their pages, and what was typed in them and could not be stored.
 */
import type { Choices } from './choices.ts';
import type { FormFault } from './problems.ts';

/** In the order of the index; what removes things stands last. */
export const SETTINGS_PAGES = [
  'account',
  'message',
  'purposes',
  'policy',
  'people',
  'appearance',
  'records',
  'practice',
  'about',
  'removal',
] as const;
export type SettingsPage = (typeof SETTINGS_PAGES)[number];

/** Every setting by its name: the choices, and the business name, which belongs to the account. */
export interface SettingValues extends Choices {
  readonly name: string;
}
export type SettingName = keyof SettingValues;

/** What was typed last and turned away, by its setting, until something else is stored there. It is in force nowhere. */
export type Refused = {
  readonly [N in SettingName]?: { readonly value: SettingValues[N]; readonly why: FormFault };
};
