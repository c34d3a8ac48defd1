import { generatedChecks, staticChecks } from './checks.mjs';
import { runChecks } from './run-checks.mjs';
import { runJest } from './run-jest.mjs';
import { runCommand } from './run-command.mjs';

const SECOND = 1_000;

const jestTier = (name, budgetMs, { needsBuild = false } = {}) => ({
  name,
  budgetMs,
  needsBuild,
  run: (context) => runJest(name, context),
});

/**
 * Fast first. A tier may take its budget; up to twice that it warns, beyond it is ended and has failed.
 * `run` answers `{ passed, failed }`.
 */
export const TIERS = [
  {
    name: 'static',
    budgetMs: 150 * SECOND,
    run: async (context) => runChecks(await staticChecks(context), context),
  },
  jestTier('architecture', 60 * SECOND),
  jestTier('unit', 120 * SECOND),
  {
    name: 'build',
    budgetMs: 60 * SECOND,
    run: (context) => runChecks([{ name: 'build', command: ['node', 'scripts/with-build.mjs'] }], context),
  },
  {
    name: 'generated',
    budgetMs: 30 * SECOND,
    needsBuild: true,
    run: (context) => runChecks(generatedChecks(context), context),
  },
  jestTier('medium', 240 * SECOND, { needsBuild: true }),
  jestTier('e2e', 300 * SECOND, { needsBuild: true }),
  jestTier('chaos', 300 * SECOND, { needsBuild: true }),
  {
    name: 'bench',
    budgetMs: 300 * SECOND,
    needsBuild: true,
    fullOnly: true,
    run: async ({ root, env, timeLeft }) => {
      const command = ['node', 'dist/bench/run-bench.js'];
      const { code } = await runCommand(command, { cwd: root, env, timeoutMs: timeLeft(), print: true });
      return code === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
    },
  },
];
