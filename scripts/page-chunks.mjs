/**
 * @file How the page's script is cut: what the first screen needs is one file, and each screen that is read when it is opened
 * is one. Left to itself the bundler makes a file of every few modules that two of them share, and each costs the start a
 * request.
 */

/** What `renderer/frame/later.tsx` reads when it is opened, by the files that it is made of. */
const LATER =
  /virtual:bundled-packages|\/src\/shared\/(?:choices|code-text|newer-version|settings)|\/src\/renderer\/(screens\/(?!address)|frame\/(about(?!-opener)|keys-list|owner-dialog|pin-form|recovery)|i18n\/(?:spans|en\/(?:about|form-faults|history|later|practice-mails|settings|setup|welcome))|ui\/(cause|dialog|fold|slots|typed-code))/;

/** For `build.rolldownOptions.output` of the page. */
export const pageOutput = {
  codeSplitting: {
    groups: [
      {
        name: 'first',
        test: (/** @type {string} */ id) => !LATER.test(id.split('\\').join('/')),
      },
    ],
  },
};
