/**
 * @file The same packages around the stand-in for Electron's runtime (scripts/packaging/stand-in-runtime.mjs): under a
 * name, a title and a profile of their own, so that they are never taken for a release and touch none of its data.
 */
import type { Configuration } from 'electron-builder';
import configuration, { shared } from './electron-builder.ts';

const NAME = 'countersign-preview';
/** The stand-in's window is the system's Chromium. */
const CHROMIUM = ['chromium', 'libsecret-1-0', 'libc6', 'xdg-utils'];

const preview: Configuration = {
  ...configuration,
  appId: `${configuration.appId}.Preview`,
  productName: 'Countersign Preview',
  extraMetadata: {
    ...configuration.extraMetadata,
    name: NAME,
    productName: 'Countersign Preview',
    desktopName: `${NAME}.desktop`,
  },
  linux: {
    ...configuration.linux,
    executableName: NAME,
    desktop: { entry: { ...configuration.linux.desktop.entry, StartupWMClass: NAME } },
  },
  deb: { ...configuration.deb, depends: CHROMIUM, fpm: shared(NAME) },
  rpm: {
    ...configuration.rpm,
    depends: ['chromium', '(libsecret or libsecret-1-0)', 'xdg-utils'],
    fpm: shared(NAME),
  },
};

export default preview;
