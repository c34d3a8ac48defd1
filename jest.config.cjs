/** Three tiers: `unit` is pure, `medium` uses a real Redis, `e2e`/`chaos`/`architecture` live under test/. */
const tier = process.env.TEST_TIER ?? 'unit';
const testMatch = {
  unit: ['<rootDir>/{apps,libs}/**/*.spec.ts'],
  medium: ['<rootDir>/{apps,libs}/**/*.medium-spec.ts'],
  architecture: ['<rootDir>/test/architecture/**/*.spec.ts'],
  e2e: ['<rootDir>/test/e2e/**/*.spec.ts'],
  chaos: ['<rootDir>/test/chaos/**/*.spec.ts'],
}[tier];

module.exports = {
  rootDir: __dirname,
  testMatch,
  testEnvironment: 'node',
  testTimeout: tier === 'unit' ? 20_000 : 120_000,
  maxWorkers: 2,
  transform: {
    '^.+\\.ts$': [
      '@swc/jest',
      { swcrc: false,
        jsc: {
          target: 'es2024',
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
        },
        module: { type: 'commonjs' },
      },
    ],
  },
  transformIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.leadgen/', '<rootDir>/.cache/'],
  moduleNameMapper: { '^#libs/([^/]+)$': '<rootDir>/libs/$1/src/index.ts' },
};
