/** @file The profile's place on Windows, by Windows' own rules for paths, wherever the test runs. */
import { expect, it } from 'vitest';
import { localProfile } from '../../../src/main/system/profile-place.ts';

const WINDOWS = {
  platform: 'win32',
  localAppData: 'C:\\Users\\mia\\AppData\\Local',
  named: false,
  program: 'Countersign',
} as const;

it.each([
  ['C:\\Users\\mia\\AppData\\Local', 'C:\\Users\\mia\\AppData\\Local\\Countersign'],
  [
    'C:\\Users\\Mia Keller (desk)\\AppData\\Local\\',
    'C:\\Users\\Mia Keller (desk)\\AppData\\Local\\Countersign',
  ],
  ['D:/Profiles/mia/Local', 'D:\\Profiles\\mia\\Local\\Countersign'],
  ['\\\\server\\profiles$\\mia\\Local', '\\\\server\\profiles$\\mia\\Local\\Countersign'],
])('is in the local folder %s', (localAppData, place) => {
  expect(localProfile({ ...WINDOWS, localAppData })).toBe(place);
});

it.each([
  ['the person named a folder', { named: true }],
  ['Windows names none', { localAppData: undefined }],
  ['what it names is empty', { localAppData: '' }],
  ['what it names depends on the folder of the start', { localAppData: 'AppData\\Local' }],
  ['the system is Linux', { platform: 'linux' }],
  ['the system is macOS', { platform: 'darwin' }],
] as const)('is Electron’s when %s', (_when, change) => {
  expect(localProfile({ ...WINDOWS, ...change })).toBeNull();
});
