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
    const failures = failed > 0 ? [{ what: 'luacheck', why: 'luacheck is needed in CI: no apt here' }] : [];
    expect(stdout).toContain(JSON.stringify({ passed: 0, failed, failures }));
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
      const tier = { name: 'unit', passed: ${counts.passed}, failed: ${counts.failed}, failures: [],
        tookMs: 3_000, budgetMs: 1_000 };
      process.exitCode = printSummary([tier]);`);
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(`${counts.passed} passed, ${counts.failed} failed`);
    expect(stdout).toContain('over budget');
    expect(status).toBe(counts.exitCode);
  });

  it('names every failed, skipped or broken test of a report, with its file and its message', () => {
    const answer = evaluate(`
      import { failuresOf } from './jest-report.mjs';
      const test = (fullName, status, failureMessages = []) => ({ fullName, status, failureMessages });
      const answer = failuresOf({ testResults: [
        { name: '/there/libs/a.spec.ts', status: 'failed', message: 'in short', assertionResults: [
          test('a holds', 'passed'), test('a breaks', 'failed', ['Error: one', 'Error: two']), test('a waits', 'todo')] },
        { name: '/there/libs/b.spec.ts', status: 'passed', message: '', assertionResults: [test('b is left out', 'pending')] },
        { name: '/there/libs/c.spec.ts', status: 'failed', message: 'Cannot find module', assertionResults: [] },
      ] }, '/there');`);
    expect(answer).toEqual([
      { what: 'libs/a.spec.ts › a breaks', why: 'Error: one\nError: two' },
      { what: 'libs/a.spec.ts › a waits', why: 'counted as failed: todo' },
      { what: 'libs/b.spec.ts › b is left out', why: 'counted as failed: pending' },
      { what: 'libs/c.spec.ts', why: 'Cannot find module' },
    ]);
  });

  it('names a check that failed, with the end of its output', () => {
    const { stdout } = runModule(`
      import { runChecks } from './run-checks.mjs';
      const command = ['sh', '-c', 'seq 1 100; exit 3'];
      const checks = [{ name: 'counting', command }, { name: 'fine', command: ['true'] }];
      const { failures } = await runChecks(checks, { root: '.', env: process.env, timeLeft: () => 10_000 });
      console.log(JSON.stringify(failures));`);
    const [failure] = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as {
      what: string;
      why: string;
    }[];
    expect(failure?.what).toBe('counting');
    expect(failure?.why.split('\n')).toEqual(Array.from({ length: 10 }, (_, i) => String(91 + i)));
  });

  it('says at its end, right above the table, what failed, in a few lines each', () => {
    const { stdout } = runModule(`
      import { printSummary } from './report.mjs';
      const why = ['\\u001b[31mError: it is long\\u001b[39m', '', 'x'.repeat(5_000),
        '    at run (/there/node_modules/jest/run.js:1:1)', '    at own (/there/libs/a.spec.ts:1:1)',
        ...Array.from({ length: 100 }, (_, i) => 'line ' + i)].join('\\n');
      const failures = [{ what: 'libs/a.spec.ts › a breaks', why }];
      const tier = (name, failures) => ({ name, passed: 1, failed: failures.length, failures, tookMs: 1, budgetMs: 1 });
      printSummary([tier('unit', failures), tier('e2e', [{ what: 'out of time', why: '' }])]);`);
    const lines = stdout.split('\n');
    const said = lines.slice(
      lines.indexOf('what failed:'),
      lines.findIndex((line) => line.startsWith('tier ')),
    );
    expect(said.filter(Boolean)).toEqual([
      'what failed:',
      '✗ unit: libs/a.spec.ts › a breaks',
      '    Error: it is long',
      `    ${'x'.repeat(200)}…`,
      '        at own (/there/libs/a.spec.ts:1:1)',
      ...Array.from({ length: 7 }, (_, i) => `    line ${i}`),
      '    …',
      '✗ e2e: out of time',
    ]);
  });

  it('lists some of a flood of failures and counts the others', () => {
    const { stdout } = runModule(`
      import { printSummary } from './report.mjs';
      const failures = Array.from({ length: 1_000 }, (_, i) => ({ what: 'test ' + i, why: 'Error' }));
      printSummary([{ name: 'unit', passed: 0, failed: 1_000, failures, tookMs: 1, budgetMs: 1 }]);`);
    expect(stdout.match(/^✗ unit: test/gm)).toHaveLength(60);
    expect(stdout).toContain('… and 940 more');
  });

  it('has the tiers and budgets CONTRIBUTING.md says', () => {
    const answer = evaluate(`
      import { TIERS } from './tiers.mjs';
      const answer = TIERS.map(({ name, budgetMs }) => [name, budgetMs / 1_000 + ' s']);`);
    const rows = readRepositoryFile('CONTRIBUTING.md').matchAll(/^\| (\w+(?: \w+)?) +\|.*\| (\d+ s) +\|$/gm);
    expect(answer).toEqual([...rows].map(([, name, budget]) => [name, budget]));
  });

  it('has budgets that fit together into the time for everything, which CONTRIBUTING.md says', () => {
    const answer = evaluate(`
      import { OVERALL_MS, TIERS } from './tiers.mjs';
      const always = TIERS.filter(({ fullOnly }) => !fullOnly);
      const answer = { sumMs: always.reduce((sum, { budgetMs }) => sum + budgetMs, 0), overallMs: OVERALL_MS };`);
    const { sumMs, overallMs } = answer as { sumMs: number; overallMs: number };
    expect(sumMs).toBeLessThanOrEqual(overallMs);
    expect(readRepositoryFile('CONTRIBUTING.md')).toContain(`takes ${overallMs / 60_000} minutes at most`);
  });
});
