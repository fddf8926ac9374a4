/** @file Makes seen what in a text could deceive its reader: on a page, on paper and in a terminal. */

/**
 * Characters that could hide, reorder or break what is read: controls, invisible ones, marks of direction, line and
 * paragraph separators, halves of pairs, tags. By their numbers, because what Unicode calls them changes with its versions.
 */
const UNSEEN =
  // eslint-disable-next-line no-control-regex -- controls are what it is for
  /[\u{0}-\u{1f}\u{7f}-\u{9f}\u{ad}\u{61c}\u{180e}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{d800}-\u{dfff}\u{feff}\u{fff9}-\u{fffb}\u{e0000}-\u{e007f}]/gu;

/** Those by their numbers; a backslash is doubled, so that a number is never a text's own. */
export const visible = (text: string): string =>
  text
    .replaceAll('\\', '\\\\')
    .replaceAll(UNSEEN, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ''}}`);

/** The same for each line of a text, with any line endings. */
export const visibleLines = (text: string): readonly string[] => text.split(/\r\n|\r|\n/).map(visible);
