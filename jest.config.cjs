const { readFileSync } = require('node:fs');
const { join } = require('node:path');

/**
 * One tier at a time, chosen by TEST_TIER: `unit` is pure, `medium` has a real Redis, files and processes,
 * `architecture` reads the sources, `e2e` and `chaos` start the whole product; `drill` loses a cell
 * and restores it, `upgrade` builds a former release and replaces it.
 */
const TIERS = {
  unit: { testMatch: ['<rootDir>/{apps,libs}/**/*.spec.ts'], timeoutMs: 20_000, workers: 2 },
  architecture: { testMatch: ['<rootDir>/test/architecture/**/*.spec.ts'], timeoutMs: 120_000, workers: 2 },
  medium: { testMatch: ['<rootDir>/{apps,libs}/**/*.medium-spec.ts'], timeoutMs: 120_000, workers: 2 },
  e2e: { testMatch: ['<rootDir>/test/e2e/**/*.spec.ts'], timeoutMs: 240_000, workers: 2 },
  images: { testMatch: ['<rootDir>/test/images/**/*.spec.ts'], timeoutMs: 240_000, workers: 1 },
  chaos: { testMatch: ['<rootDir>/test/chaos/**/*.spec.ts'], timeoutMs: 300_000, workers: 2 },
  drill: { testMatch: ['<rootDir>/test/drill/**/*.spec.ts'], timeoutMs: 300_000, workers: 1 },
  upgrade: { testMatch: ['<rootDir>/test/upgrade/**/*.spec.ts'], timeoutMs: 600_000, workers: 1 },
};

const name = process.env.TEST_TIER ?? 'unit';
const tier = TIERS[name];
if (!tier) throw new Error(`TEST_TIER=${name}: choose one of ${Object.keys(TIERS).join(', ')}`);

// Compiled as the build compiles: CommonJS, with Nest's decorators and their metadata.
const { jsc, module: output } = JSON.parse(readFileSync(join(__dirname, '.swcrc'), 'utf8'));

// Packages that are ES modules only (Nest among them) load through Node's require(esm), which Jest offers when its
// process has this flag: its worker processes take it from here, and a memory limit makes it always use workers.
process.execArgv.push('--experimental-vm-modules', '--disable-warning=ExperimentalWarning');

module.exports = {
  rootDir: __dirname,
  testMatch: tier.testMatch,
  testTimeout: tier.timeoutMs,
  setupFiles:
    name === 'unit' && process.env.LEADGEN_FULL === '1' ? ['<rootDir>/test/property-rounds.cjs'] : [],
  maxWorkers: tier.workers,
  workerIdleMemoryLimit: '1GB',
  // A worker with nothing left to wait for still has a heap of hundreds of megabytes to give back, which takes a busy machine
  // more than Jest's half a second: what is told as not ending is held by something.
  workerGracefulExitTimeout: 5_000,
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['@swc/jest', { swcrc: false, jsc, module: output }] },
  transformIgnorePatterns: ['/node_modules/'],
  moduleNameMapper: { '^#libs/([^/]+)$': '<rootDir>/libs/$1/src/index.ts' },
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.leadgen/', '<rootDir>/.cache/'],
};
