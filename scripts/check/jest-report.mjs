/**
 * `{ passed, failed, skipped }` of the report `jest --json` writes. A skipped or unwritten test is a failure, and so
 * is a file that could not run.
 */
export function countTests(report) {
  const skipped = report.numPendingTests + report.numTodoTests;
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + report.numRuntimeErrorTestSuites + skipped,
    skipped,
  };
}
