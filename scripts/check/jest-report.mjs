import { relative } from 'node:path';

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

/** Every failure that `countTests` counts, as `{ what, why }`: its file and full name, and its message. */
export function failuresOf(report, root) {
  return report.testResults.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(root, name);
    if (status === 'failed' && assertionResults.length === 0) return [{ what: file, why: message }];
    return assertionResults
      .filter((test) => test.status !== 'passed')
      .map((test) => ({
        what: `${file} › ${test.fullName}`,
        why: test.status === 'failed' ? test.failureMessages.join('\n') : `counted as failed: ${test.status}`,
      }));
  });
}
