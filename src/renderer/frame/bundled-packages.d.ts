/** @file What the bundler says of itself (scripts/packaging/bundled.mjs): which packages are inside, and under which licences. */
declare module 'virtual:bundled-packages' {
  interface BundledPackage {
    readonly name: string;
    readonly version: string;
    /** Its short name (SPDX). */
    readonly licence: string;
    readonly text: string;
  }
  export const packages: readonly BundledPackage[];
  /** The program's own licence. */
  export const own: string;
}
