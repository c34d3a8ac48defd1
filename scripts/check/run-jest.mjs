import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { countTests } from './jest-report.mjs';
import { runCommand } from './run-command.mjs';

/** Runs one tier of tests, printing as it goes; answers `{ passed, failed }`. A tier without tests has failed. */
export async function runJest(tier, { root, env, timeLeft }) {
  const report = join(root, `.cache/check/${tier}.json`);
  rmSync(report, { force: true });
  const command = ['node', 'node_modules/jest/bin/jest.js', '--ci', '--json', `--outputFile=${report}`];
  const { code, timedOut } = await runCommand(command, {
    cwd: root,
    env: { ...env, TEST_TIER: tier },
    timeoutMs: timeLeft(),
    print: true,
  });
  const written = existsSync(report);
  const { passed, failed, skipped } = written
    ? countTests(JSON.parse(readFileSync(report, 'utf8')))
    : { passed: 0, failed: 0, skipped: 0 };
  if (skipped > 0) console.log(`✗ ${skipped} test(s) skipped, counted as failed`);
  const problem = problemBesides({ code, timedOut, written, passed, failed });
  if (problem === undefined) return { passed, failed };
  console.log(`✗ ${tier}: ${problem}`);
  return { passed, failed: failed + 1 };
}

/** What is wrong with the run itself, apart from failed tests. */
function problemBesides({ code, timedOut, written, passed, failed }) {
  if (timedOut) return 'out of time';
  if (!written) return `jest wrote no report (exit code ${code})`;
  if (passed + failed === 0) return 'no test was found';
  if (code !== 0 && failed === 0) return `jest ended with exit code ${code}`;
  return undefined;
}
