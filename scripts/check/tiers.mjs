import { generatedChecks, staticChecks } from './checks.mjs';
import { runChecks } from './run-checks.mjs';
import { runJest } from './run-jest.mjs';

const SECOND = 1_000;
/** The whole check ends within it, long rounds aside. */
export const OVERALL_MS = 25 * 60 * SECOND;

const jestTier = (name, budgetMs, { needsBuild = false, fullOnly = false } = {}) => ({
  name,
  budgetMs,
  needsBuild,
  fullOnly,
  run: (context) => runJest(name, context),
});

/** One figure that must hold is one check. */
const benchTier = (name, budgetMs, benchmarks, { fullOnly = false } = {}) => ({
  name,
  budgetMs,
  needsBuild: true,
  fullOnly,
  run: (context) =>
    runChecks(
      benchmarks.map((benchmark) => ({
        name: benchmark,
        command: ['node', 'dist/bench/run-bench.js', benchmark],
        alone: true,
      })),
      context,
    ),
});

/**
 * Fast first. A tier may take its budget; up to twice that it warns, beyond it is ended and has failed.
 * `run` answers `{ passed, failed, failures }`, the last being `{ what, why }` of each of the failed.
 */
export const TIERS = [
  {
    name: 'static',
    budgetMs: 120 * SECOND,
    run: async (context) => runChecks(await staticChecks(context), context),
  },
  jestTier('architecture', 40 * SECOND),
  jestTier('unit', 65 * SECOND),
  {
    name: 'build',
    budgetMs: 20 * SECOND,
    run: (context) => runChecks([{ name: 'build', command: ['node', 'scripts/with-build.mjs'] }], context),
  },
  {
    name: 'generated',
    budgetMs: 25 * SECOND,
    needsBuild: true,
    run: (context) => runChecks(generatedChecks(context), context),
  },
  jestTier('medium', 500 * SECOND, { needsBuild: true }),
  jestTier('e2e', 415 * SECOND, { needsBuild: true }),
  jestTier('chaos', 285 * SECOND, { needsBuild: true }),
  jestTier('drill', 120 * SECOND, { needsBuild: true, fullOnly: true }),
  jestTier('images', 900 * SECOND, { needsBuild: true, fullOnly: true }),
  jestTier('upgrade', 300 * SECOND, { needsBuild: true, fullOnly: true }),
  benchTier('bench', 15 * SECOND, ['normalize-20k']),
  benchTier(
    'long bench',
    900 * SECOND,
    [
      'normalize-1m',
      'gate',
      'pipeline',
      'pipeline-3',
      'many-runs',
      'api',
      'sse',
      'caps-minutes',
      'caps-seconds',
    ],
    { fullOnly: true },
  ),
];
