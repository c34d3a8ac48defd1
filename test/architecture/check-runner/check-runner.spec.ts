import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readRepositoryFile, REPOSITORY } from '../repository';

/** Runs lines of an ES module next to the check runner's own modules and answers what it printed. */
function runModule(code: string): { stdout: string; status: number | null } {
  return spawnSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: join(REPOSITORY, 'scripts/check'),
    encoding: 'utf8',
    timeout: 60_000,
  });
}

function evaluate(code: string): unknown {
  const { stdout } = runModule(`${code}\nconsole.log(JSON.stringify(answer));`);
  return JSON.parse(stdout);
}

const IMPORTS = `
  import { runCommand } from './run-command.mjs';
  import { endLeftovers } from './leftover-processes.mjs';
  import { countTests } from './jest-report.mjs';
`;

describe('the check runner', () => {
  it('ends a command that is out of time, with everything it started', () => {
    const answer = evaluate(`${IMPORTS}
      const command = ['sh', '-c', 'sleep 600 & sleep 600'];
      const env = { PATH: process.env.PATH, LEADGEN_CHECK_ID: 'out-of-time' };
      const { timedOut, tookMs } = await runCommand(command, { env, timeoutMs: 200 });
      const answer = { timedOut, quick: tookMs < 8_000, left: await endLeftovers('out-of-time', 0) };`);
    expect(answer).toEqual({ timedOut: true, quick: true, left: [] });
  });

  it('finds and ends a process a tier left behind', () => {
    const answer = evaluate(`${IMPORTS}
      const command = ['sh', '-c', 'setsid sleep 600 >/dev/null 2>&1 &'];
      const env = { PATH: process.env.PATH, LEADGEN_CHECK_ID: 'left-behind' };
      const { code } = await runCommand(command, { env, timeoutMs: 10_000 });
      const first = await endLeftovers('left-behind', 0);
      const answer = { code, first, second: await endLeftovers('left-behind', 2_000) };`);
    expect(answer).toEqual({ code: 0, first: [expect.stringContaining('sleep 600')], second: [] });
  });

  it('answers a program that is not there as a failure', () => {
    const answer = evaluate(`${IMPORTS}
      const { code, output } = await runCommand(['no-such-program'], { env: {}, timeoutMs: 1_000 });
      const answer = { code, output };`);
    expect(answer).toEqual({ code: 127, output: expect.stringContaining('ENOENT') });
  });

  it('counts a skipped test and a file that could not run as failures', () => {
    const answer = evaluate(`${IMPORTS}
      const answer = countTests({ numPassedTests: 7, numFailedTests: 1, numRuntimeErrorTestSuites: 1,
        numPendingTests: 2, numTodoTests: 1 });`);
    expect(answer).toEqual({ passed: 7, failed: 5, skipped: 3 });
  });

  it.each([
    { ci: '', failed: 0, says: '- luacheck left out: no apt here' },
    { ci: 'true', failed: 1, says: '✗ luacheck: luacheck is needed in CI: no apt here' },
  ])('counts $failed failure(s) for a linter that cannot be had when CI is "$ci"', ({ ci, failed, says }) => {
    const { stdout } = runModule(`
      import { staticChecks } from './checks.mjs';
      import { runChecks } from './run-checks.mjs';
      const env = { CI: '${ci}', PATH: process.env.PATH };
      const context = { root: '../..', env, timeLeft: () => 1_000 };
      const bring = async () => ({ env, missing: { luacheck: 'no apt here' } });
      const checks = (await staticChecks(context, bring)).filter(({ name }) => name === 'luacheck');
      console.log(JSON.stringify(await runChecks(checks, context)));`);
    expect(stdout).toContain(says);
    expect(stdout).toContain(JSON.stringify({ passed: 0, failed }));
  });

  it('says within its time that a linter cannot be fetched', () => {
    const answer = evaluate(`
      import { bringTools } from './bring-tools.mjs';
      import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
      import { tmpdir } from 'node:os';
      import { join } from 'node:path';
      const cacheDir = mkdtempSync(join(tmpdir(), 'bring-tools-'));
      writeFileSync(join(cacheDir, 'apt-get'), '#!/bin/sh\\nexec sleep 600\\n', { mode: 0o755 });
      const started = performance.now();
      const { missing } = await bringTools({ 'no-such-linter': ['no-such-package'] },
        { env: { PATH: cacheDir + ':' + process.env.PATH }, cacheDir, fetchMs: 500 });
      rmSync(join(cacheDir, 'apt-get'));
      const answer = { missing: Object.keys(missing), quick: performance.now() - started < 10_000,
        left: readdirSync(cacheDir) };
      rmSync(cacheDir, { recursive: true });`);
    expect(answer).toEqual({ missing: ['no-such-linter'], quick: true, left: [] });
  });

  it.each([
    { failed: 0, passed: 3, exitCode: 0 },
    { failed: 1, passed: 3, exitCode: 1 },
    { failed: 0, passed: 0, exitCode: 1 },
  ])('ends with the line "$passed passed, $failed failed" and exit code $exitCode', (counts) => {
    const { stdout, status } = runModule(`
      import { printSummary } from './report.mjs';
      const tier = { name: 'unit', passed: ${counts.passed}, failed: ${counts.failed}, tookMs: 3_000, budgetMs: 1_000 };
      process.exitCode = printSummary([tier]);`);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`${counts.passed} passed, ${counts.failed} failed`);
    expect(stdout).toContain('over budget');
    expect(status).toBe(counts.exitCode);
  });

  it('has the tiers and budgets CONTRIBUTING.md says', () => {
    const answer = evaluate(`
      import { TIERS } from './tiers.mjs';
      const always = TIERS.filter(({ fullOnly }) => !fullOnly);
      const answer = always.map(({ name, budgetMs }) => [name, budgetMs / 1_000 + ' s']);`);
    const rows = readRepositoryFile('CONTRIBUTING.md').matchAll(/^\| (\w+) +\|.*\| (\d+ s) +\|$/gm);
    expect(answer).toEqual([...rows].map(([, name, budget]) => [name, budget]));
  });
});
