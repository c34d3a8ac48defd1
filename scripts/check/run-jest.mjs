import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { countTests, failuresOf } from './jest-report.mjs';
import { endOf } from './report.mjs';
import { runCommand } from './run-command.mjs';

/** Runs one tier of tests, printing as it goes; answers `{ passed, failed, failures }`. A tier without tests has failed. */
export async function runJest(tier, { root, env, timeLeft }) {
  const file = join(root, `.cache/check/${tier}.json`);
  rmSync(file, { force: true });
  const command = ['node', 'node_modules/jest/bin/jest.js', '--ci', '--json', `--outputFile=${file}`];
  const { code, timedOut, output } = await runCommand(command, {
    cwd: root,
    env: { ...env, TEST_TIER: tier },
    timeoutMs: timeLeft(),
    print: true,
  });
  const report = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  const { passed, failed, skipped } = report ? countTests(report) : { passed: 0, failed: 0, skipped: 0 };
  const failures = report ? failuresOf(report, root) : [];
  if (skipped > 0) console.log(`✗ ${skipped} test(s) skipped, counted as failed`);
  const problem = problemBesides({ code, timedOut, written: report !== undefined, passed, failed });
  if (problem === undefined) return { passed, failed, failures };
  console.log(`✗ ${tier}: ${problem}`);
  failures.push({ what: problem, why: report ? '' : withoutReport(output) });
  return { passed, failed: failed + 1, failures };
}

/** What jest had printed: the names of tests that had failed by then, and its last lines. */
function withoutReport(output) {
  return [...new Set(output.match(/^ {2}● .+/gm)), endOf(output)].join('\n');
}

/** What is wrong with the run itself, apart from failed tests. */
function problemBesides({ code, timedOut, written, passed, failed }) {
  if (timedOut) return 'out of time';
  if (!written) return `jest wrote no report (exit code ${code})`;
  if (passed + failed === 0) return 'no test was found';
  if (code !== 0 && failed === 0) return `jest ended with exit code ${code}`;
  return undefined;
}
