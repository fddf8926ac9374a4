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

const METAINFO = 'org.countersign.Countersign.metainfo.xml';

const configuration: Configuration = {
  appId: 'org.countersign.Countersign',
  productName: 'Countersign',
  artifactName: '${name}-${version}-${os}-${arch}.${ext}',
  directories: { output: 'dist', buildResources: 'build' },
  electronFuses,
  asar: true,
  // A shared library cannot be loaded from inside an archive.
  asarUnpack: ['**/*.node'],
  // An allow-list: what is built, and the production packages that electron-builder adds of its own accord.
  files: [
    'package.json',
    'out/main/**',
    'out/preload/**',
    'out/renderer/**',
    // What only developers of it, or of a package, read.
    '!**/*.{map,ts,cts,mts,tsx}',
    // keytar brings a binary for thirteen systems; this one needs its own.
    '!node_modules/keytar/{build,prebuilds,script,src}/**',
    'node_modules/keytar/prebuilds/${platform}-${arch}/*.node',
  ],
  // keytar's binary speaks N-API, which does not change with Electron: there is nothing to rebuild.
  npmRebuild: false,
  // Nothing is uploaded by a build: what is released is put up by a person.
  publish: null,
  linux: {
    target: ['tar.gz', 'deb', 'AppImage'],
    category: 'Office',
    executableName: 'countersign',
    icon: 'build/icon.png',
    synopsis: 'Confirm at a desk that somebody controls an email address',
    // Debian wants a mailbox and a page. The project has neither; .invalid can never belong to anybody (RFC 2606).
    maintainer: 'The Countersign authors <nobody@countersign.invalid>',
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
    // Any of them keeps the secret; without one the program offers to keep it for the session only.
    recommends: ['gnome-keyring | libkf5wallet-bin | keepassxc'],
    fpm: [`build/linux/${METAINFO}=/usr/share/metainfo/${METAINFO}`],
  },
  mac: {
    target: ['dmg', 'zip'],
    category: 'public.app-category.business',
    hardenedRuntime: true,
    entitlements: 'build/entitlements.mac.plist',
    entitlementsInherit: 'build/entitlements.mac.plist',
    // Notarising needs an Apple account. Until there is one the first start takes a visit to System Settings.
    notarize: false,
  },
  win: { target: ['nsis'] },
  nsis: {
    // Installed for the person who runs it: no administrator is needed, and its keychain entry is theirs too.
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    // Removing the program keeps its records; the program's own "Remove all data" removes them, keys first.
    deleteAppDataOnUninstall: false,
  },
};

export default configuration;
