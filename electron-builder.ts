/**
 * @file What the installers hold and how the packaged program is locked down. It must never pack a file that is not
 * named here, and a new fuse of Electron's must not slip by unset: forgetting one does not compile.
 */
import type { Configuration } from 'electron-builder';

type Fuses = Required<NonNullable<Configuration['electronFuses']>>;

/** Switches inside Electron's binary: turning one back on means changing the binary. */
const electronFuses: Fuses = {
  // ELECTRON_RUN_AS_NODE would make the signed program an interpreter for anybody's script, with our keychain rights.
  runAsNode: false,
  // NODE_OPTIONS can load code before ours. The same fuse ignores NODE_EXTRA_CA_CERTS: only the system's authorities.
  enableNodeOptionsEnvironmentVariable: false,
  // --inspect and SIGUSR1 open a debugger that reads the code and the app password out of memory.
  enableNodeCliInspectArguments: false,
  // Code next to app.asar (resources/app/) would be run instead of it.
  onlyLoadAppFromAsar: true,
  // A changed app.asar does not start, on macOS and Windows. Linux has no such check in Electron.
  enableEmbeddedAsarIntegrityValidation: true,
  // The page comes from app://, so file:// needs no rights at all.
  grantFileProtocolExtraPrivileges: false,
  // There are no cookies to encrypt, and macOS would ask the person for a second keychain entry.
  enableCookieEncryption: false,
  // We ship no snapshot of our own.
  loadBrowserProcessSpecificV8Snapshot: false,
  // Setting fuses breaks the signature that Apple silicon insists on; without a certificate nothing else renews it.
  resetAdHocDarwinSignature: true,
};

/**
 * The packages Debian (and, with t64, its younger releases) knows the libraries by; stating any replaces electron-builder's own list, so this is all of them:
 * what Chromium links to, and libsecret, without which keytar does not load.
 */
const DEBIAN_LIBRARIES = [
  'libasound2 | libasound2t64',
  'libatspi2.0-0 | libatspi2.0-0t64',
  'libc6',
  'libdrm2',
  'libgbm1',
  'libgtk-3-0 | libgtk-3-0t64',
  'libnotify4',
  'libnss3',
  'libsecret-1-0',
  'libuuid1',
  'libxss1',
  'libxtst6',
  'xdg-utils',
];

/** The same for Fedora and openSUSE, where one name does not serve both. */
const RPM_LIBRARIES = [
  '(alsa-lib or libasound2)',
  'at-spi2-core',
  '(gtk3 or libgtk-3-0)',
  '(libdrm or libdrm2)',
  'libnotify',
  '(libsecret or libsecret-1-0)',
  '(libuuid or libuuid1)',
  '(libXScrnSaver or libXss1)',
  '(libXtst or libXtst6)',
  '(mesa-libgbm or libgbm1)',
  '(nss or mozilla-nss)',
  'xdg-utils',
];

const METAINFO = 'org.countersign.Countersign.metainfo.xml';
/** Debian wants a mailbox and a page. The project has neither; .invalid can never belong to anybody (RFC 2606). */
const MAINTAINER = 'The Countersign authors <nobody@countersign.invalid>';

/** With a certificate electron-builder signs; without one it leaves the program's ad-hoc signature. */
const signed = Boolean(process.env['CSC_LINK']);

const configuration = {
  appId: 'org.countersign.Countersign',
  productName: 'Countersign',
  artifactName: '${name}-${version}-${os}-${arch}.${ext}',
  directories: { output: 'dist', buildResources: 'build' },
  electronFuses,
  asar: true,
  // A shared library cannot be loaded from inside an archive.
  asarUnpack: ['**/*.node'],
  // An allow-list: what is built, and keytar.
  files: [
    'package.json',
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    '!**/*.map',
    '!node_modules/**',
    'node_modules/keytar/{package.json,LICENSE.md,lib/**}',
    // keytar brings a binary for thirteen systems; this one needs its own.
    'node_modules/keytar/prebuilds/${platform}-${arch}/*.node',
  ],
  extraResources: [
    { from: 'LICENSE', to: 'LICENSE.countersign.txt' },
    { from: 'out/bundled.json', to: 'licences.json' },
    // The receipt's checker is for people without the program: two files that can be found and copied.
    { from: 'out/verifier', to: 'verifier' },
  ],
  // keytar's binary speaks N-API, which does not change with Electron: there is nothing to rebuild.
  npmRebuild: false,
  // Nothing is uploaded by a build: what is released is put up by a person.
  publish: null,
  // The older set of tools starts the AppImage without Chromium's sandbox, and wants libfuse2, which is no longer shipped.
  toolsets: { appimage: '1.0.3' },
  linux: {
    // scripts/package.mjs makes the tar.gz itself, from the same folder.
    target: ['deb', 'rpm', 'AppImage'],
    category: 'Office',
    executableName: 'countersign',
    icon: 'build/icons',
    synopsis: 'Confirm at a desk that somebody controls an email address',
    // Menus show it beside the name, whatever the entry below says: one short sentence.
    description: 'Send a one-time code from the desk’s own account and check what is read back',
    maintainer: MAINTAINER,
    // The packed folder is the root of an AppImage, and software centres look there for what it is.
    extraFiles: [{ from: `build/linux/${METAINFO}`, to: `usr/share/metainfo/${METAINFO}` }],
    desktop: {
      entry: {
        Keywords: 'verification;email;code;desk;',
        StartupWMClass: 'countersign',
      },
    },
  },
  extraMetadata: { homepage: 'https://countersign.invalid' },
  deb: {
    depends: DEBIAN_LIBRARIES,
    packageCategory: 'mail',
    // Any of them keeps the secret; without one the program offers to keep it for the session only. KWallet first where it
    // is: it is one of these names on every Plasma desktop, and apt then adds nothing.
    recommends: ['gnome-keyring | kwalletmanager | libkf5wallet-bin | libkf6wallet-bin | keepassxc'],
    fpm: shared('countersign'),
  },
  rpm: { depends: RPM_LIBRARIES, fpm: shared('countersign') },
  mac: {
    target: ['dmg', 'zip'],
    icon: 'build/icon.icns',
    category: 'public.app-category.business',
    // The hardened runtime loads no library that is signed by another, and an ad-hoc signature is nobody's: keytar and
    // Electron's own frameworks would be turned away. It is on as soon as there is a certificate.
    hardenedRuntime: signed,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.plist',
    // Notarising needs an Apple account. Until there is one the first start takes a visit to System Settings.
    notarize: false,
  },
  win: { target: ['nsis', 'zip'], icon: 'build/icon.ico' },
  nsis: {
    // Installed for the person who runs it: no administrator is needed, and its keychain entry is theirs too.
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    // Removing the program keeps its records; the program's own "Remove all data" removes them, keys first.
    deleteAppDataOnUninstall: false,
  },
} satisfies Configuration;

/** What every Linux package puts into the system's own folders, beside the icons and the menu entry. */
export function shared(name: string): string[] {
  return [
    `build/linux/${METAINFO}=/usr/share/metainfo/${METAINFO}`,
    `build/icon.svg=/usr/share/icons/hicolor/scalable/apps/${name}.svg`,
    `build/linux/copyright=/usr/share/doc/${name}/copyright`,
    `out/changelog.gz=/usr/share/doc/${name}/changelog.gz`,
    `build/linux/lintian-overrides=/usr/share/lintian/overrides/${name}`,
  ];
}

export default configuration;
