/** @file Counts what vitest's and Playwright's JSON reports say. It must never count a test that did not run as passed. */

/** @typedef {{ passed: number, failed: number, skipped: string[] }} Tally `skipped`: their names. */

/**
 * @param {{ numPassedTests: number, numFailedTests: number, testResults: { assertionResults: { status: string, fullName: string }[] }[] }} report
 * @returns {Tally}
 */
export function tallyOfVitest(report) {
  const tests = report.testResults.flatMap((file) => file.assertionResults);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests,
    skipped: tests
      .filter(({ status }) => !['passed', 'failed'].includes(status))
      .map((test) => test.fullName),
  };
}

/**
 * @typedef {{ title: string, suites?: Suite[], specs: { title: string, tests: { status: string }[] }[] }} Suite
 * @param {{ suites: Suite[] }} report
 * @returns {Tally}
 */
export function tallyOfPlaywright(report) {
  /** @param {Suite} suite @returns {{ title: string, status: string }[]} */
  const testsOf = (suite) => [
    ...suite.specs.flatMap((spec) => spec.tests.map(({ status }) => ({ title: spec.title, status }))),
    ...(suite.suites ?? []).flatMap(testsOf),
  ];
  const tests = report.suites.flatMap(testsOf);
  const having = (/** @type {string} */ status) => tests.filter((test) => test.status === status);
  return {
    passed: having('expected').length,
    // A test that fails and then passes is not one to rely on.
    failed: having('unexpected').length + having('flaky').length,
    skipped: having('skipped').map(({ title }) => title),
  };
}

/**
 * The tally of one step, with or without its report: a step that ends badly has at least one failure.
 * @param {Tally | null} counted null if the step left no report
 * @param {boolean} endedWell
 * @returns {Tally}
 */
export function settle(counted, endedWell) {
  const tally = counted ?? { passed: 0, failed: 0, skipped: [] };
  const nothingRan = tally.passed + tally.failed + tally.skipped.length === 0;
  const failed = tally.failed === 0 && (!endedWell || nothingRan) ? 1 : tally.failed;
  return { ...tally, failed };
}

/**
 * The last line of `npm test`, and whether it is good news.
 * @param {Tally[]} tallies
 * @param {{ strict: boolean }} options strict: what was skipped has failed, as in CI
 */
export function verdict(tallies, { strict }) {
  const sum = (/** @type {(tally: Tally) => number} */ of) =>
    tallies.reduce((total, tally) => total + of(tally), 0);
  const skipped = sum((tally) => tally.skipped.length);
  const passed = sum((tally) => tally.passed);
  const failed = sum((tally) => tally.failed) + (strict ? skipped : 0);
  const rest = strict || skipped === 0 ? '' : `, ${skipped} skipped`;
  return { line: `${passed} passed, ${failed} failed${rest}`, good: failed === 0 && passed > 0 };
}
