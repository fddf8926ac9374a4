/** @file Whether a package that was asked for is there: of this run and of this architecture, whatever its maker says. */

/** How a target's file ends, where it is not called so itself. @type {Readonly<Record<string, string>>} */
const ENDING = { nsis: 'exe' };

/**
 * `before` and `after` are the files that are there before it is made and afterwards.
 * @param {string} target @param {readonly string[]} before @param {readonly string[]} after
 */
export const isMade = (target, before, after) =>
  after.some((name) => name.endsWith(`.${ENDING[target] ?? target}`) && !before.includes(name));
