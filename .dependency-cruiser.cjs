/**
 * Who may import whom (docs/architecture.md, "Tree"). Paths are relative to the repository's root.
 *
 * Layers of libs, each may import the layers before it:
 *   kernel ← contracts ← domain ← llm      pure: no Nest, no Redis, no I/O
 *   config, observability, redis           foundations: kernel and contracts only (and each other, without cycles)
 *   every other lib, also one added later  services: everything above
 * Apps import libs, never another app. The testing lib is for tests and benchmarks.
 * test/architecture seeds a breach of every rule here and expects exactly that rule to be reported.
 */
const PURE = '^libs/(kernel|contracts|domain|llm)/src/';
const FOUNDATIONS = 'config|observability|redis';
const SPEC = '\\.(spec|medium-spec)\\.ts$';
/** What ends up in a running process: everything under src/ but the tests next to it and the fixtures for them. */
const PRODUCTION = {
  path: '^(apps|libs)/[^/]+/src/',
  pathNot: ['^libs/testing/', '/testing/', SPEC, 'conformance\\.ts$'],
};

/** Node modules that neither reach outside the process nor give another answer tomorrow. */
const PURE_NODE_MODULES = '^(assert|buffer|crypto|string_decoder|url|util)$';
/** npm packages with I/O of their own. */
const IMPURE_PACKAGES =
  '(^|/)node_modules/(@nestjs/|bullmq/|ioredis/|undici/|express/|pino|prom-client/|proper-lockfile/|openai/|commander/)';

/** What a folder of vendors or sinks shares with its neighbours; every other folder there is one vendor or sink. */
const SHARED_FOLDERS = 'answers|http|text|port|ports|registry|conformance|testing';

const forbidden = [
  {
    name: 'no-cycles',
    comment: 'Two modules that need each other are one module, or hide a third.',
    from: {},
    to: { circular: true },
  },
  {
    name: 'no-unresolvable',
    comment: 'An import must lead somewhere.',
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: 'kernel-imports-no-lib',
    comment: 'kernel is the bottom layer.',
    from: { path: '^libs/kernel/src/', pathNot: SPEC },
    to: { path: '^libs/(?!kernel/)' },
  },
  {
    name: 'contracts-import-kernel-only',
    comment: 'contracts are read by every process: they know the kernel and nothing else.',
    from: { path: '^libs/contracts/src/', pathNot: SPEC },
    to: { path: '^libs/(?!(kernel|contracts)/)' },
  },
  {
    name: 'domain-imports-kernel-and-contracts-only',
    comment: 'Rules decide; loading and saving is their caller’s work.',
    from: { path: '^libs/domain/src/', pathNot: SPEC },
    to: { path: '^libs/(?!(kernel|contracts|domain)/)' },
  },
  {
    name: 'llm-imports-pure-libs-only',
    comment:
      'Prompts, schemas and what of an answer is believed; who asks a model, and with what, is a vendor’s work.',
    from: { path: '^libs/llm/src/', pathNot: SPEC },
    to: { path: '^libs/(?!(kernel|contracts|domain|llm)/)' },
  },
  {
    name: 'foundations-import-no-service',
    comment: 'config, observability and redis serve the libs above them and must not know them.',
    from: { path: `^libs/(${FOUNDATIONS})/src/`, pathNot: SPEC },
    to: { path: `^libs/(?!(kernel|contracts|${FOUNDATIONS})/)` },
  },
  {
    name: 'pure-libs-use-no-node-io',
    comment: 'kernel, contracts, domain and llm: no fs, net, processes, timers. Same input, same answer.',
    from: { path: PURE, pathNot: SPEC },
    to: { dependencyTypes: ['core'], pathNot: PURE_NODE_MODULES },
  },
  {
    name: 'pure-libs-use-no-io-package',
    comment: 'kernel, contracts, domain and llm: no Nest, Redis, HTTP or logger.',
    from: { path: PURE, pathNot: SPEC },
    to: { path: IMPURE_PACKAGES },
  },
  {
    name: 'bullmq-only-in-queue',
    comment:
      'BullMQ’s traps are handled once, in libs/queue; everybody else talks to its port. ' +
      'The benchmark’s reference is BullMQ without us.',
    from: { pathNot: ['^libs/queue/', '^bench/pipeline/raw-(flow|worker)\\.ts$'] },
    to: { path: '(^|/)node_modules/(bullmq|@nestjs/bullmq)/' },
  },
  {
    name: 'ioredis-only-in-redis',
    comment: 'Connection options and their failure behaviour are decided once, in libs/redis.',
    from: { pathNot: '^libs/redis/' },
    to: { path: '(^|/)node_modules/ioredis/' },
  },
  {
    name: 'openai-only-in-its-vendor',
    comment: 'A call that passes the gate by is never counted, so only the vendor’s adapter has a client.',
    from: { pathNot: '^libs/vendors/src/openai/' },
    to: { path: '(^|/)node_modules/openai/' },
  },
  {
    name: 'opentelemetry-only-in-otlp',
    comment:
      'Spans are made through libs/observability, whose list of what they may say is closed; its SDK is loaded by who traces only.',
    from: { path: '^(apps|libs|bench)/', pathNot: ['^libs/otlp/', SPEC] },
    to: { path: '(^|/)node_modules/@opentelemetry/' },
  },
  {
    name: 'apps-import-no-other-app',
    comment: 'Apps are processes: they meet in queues and libs.',
    from: { path: '^apps/([^/]+)/' },
    to: { path: '^apps/', pathNot: '^apps/$1/' },
  },
  {
    name: 'libs-import-no-app',
    comment: 'A lib does not know who uses it.',
    from: { path: '^libs/' },
    to: { path: '^apps/' },
  },
  {
    name: 'libs-entered-through-index',
    comment: 'What src/index.ts does not export is the lib’s own business.',
    from: { path: '^(libs/[^/]+|apps|test|bench)/' },
    to: { path: '^libs/[^/]+/', pathNot: ['^libs/[^/]+/src/index\\.ts$', '^$1/'] },
  },
  {
    name: 'libs-entered-by-name',
    comment: 'Another lib is `#libs/<name>`, never a relative path.',
    from: { path: '^(libs/[^/]+|apps|test|bench)/' },
    to: {
      path: '^libs/[^/]+/src/index\\.ts$',
      pathNot: '^$1/',
      dependencyTypesNot: ['aliased-subpath-import'],
    },
  },
  {
    name: 'vendors-import-no-other-vendor',
    comment: 'Adding or removing a vendor touches its own folder.',
    from: { path: `^libs/vendors/src/(?!(?:${SHARED_FOLDERS})/)([^/]+)/` },
    to: { path: `^libs/vendors/src/(?!(?:${SHARED_FOLDERS})/)[^/]+/`, pathNot: '^libs/vendors/src/$1/' },
  },
  {
    name: 'simulated-vendors-import-no-other-vendor',
    comment: 'The simulator grows by a folder per vendor, too.',
    from: { path: '^apps/vendor-sim/src/vendors/([^/]+)/' },
    to: { path: '^apps/vendor-sim/src/vendors/[^/]+/', pathNot: '^apps/vendor-sim/src/vendors/$1/' },
  },
  {
    name: 'sinks-import-no-other-sink',
    comment: 'Adding or removing a sink touches its own folder.',
    from: { path: `^libs/sinks/src/(?!(?:${SHARED_FOLDERS})/)([^/]+)/` },
    to: { path: `^libs/sinks/src/(?!(?:${SHARED_FOLDERS})/)[^/]+/`, pathNot: '^libs/sinks/src/$1/' },
  },
  {
    name: 'testing-lib-only-in-tests',
    comment: 'Fixtures and fault kits must not reach a production process.',
    from: PRODUCTION,
    to: { path: '^libs/testing/' },
  },
  {
    name: 'production-imports-no-test',
    comment: 'Nothing that ships depends on a spec or on test/.',
    from: PRODUCTION,
    to: { path: [SPEC, '^test/', '^(apps|libs)/[^/]+/test/'] },
  },
  {
    name: 'production-imports-no-dev-dependency',
    comment: 'A package that production code imports belongs in "dependencies".',
    from: PRODUCTION,
    to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
  },
];

module.exports = {
  forbidden: forbidden.map((rule) => ({ severity: 'error', ...rule })),
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(dist|\\.cache|\\.leadgen)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      // "source" makes `#libs/*` of package.json lead to the TypeScript, as tsconfig's customConditions do.
      conditionNames: ['source', 'import', 'require', 'node', 'default', 'types'],
      exportsFields: ['exports'],
      extensions: ['.ts', '.js', '.json', '.d.ts', '.mjs', '.cjs'],
    },
  },
};
