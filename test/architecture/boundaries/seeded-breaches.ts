import type { Files } from './fixture-tree';

const importing = (...names: string[]): string =>
  [
    ...names.map((name, i) => `import * as m${i} from '${name}';`),
    `export const used = [${names.map((_, i) => `m${i}`).join(', ')}];`,
  ].join('\n');

/** A small tree that keeps every rule, with a lib (`crm`) and an app the rules do not name. */
export const CLEAN_TREE: Files = {
  'libs/kernel/src/index.ts': importing('node:crypto'),
  'libs/contracts/src/index.ts': importing('#libs/kernel'),
  'libs/domain/src/index.ts': importing('#libs/kernel', '#libs/contracts', './score'),
  'libs/domain/src/score.ts': importing('node:util'),
  'libs/domain/src/score.spec.ts': importing('./score', 'node:fs', '#libs/testing'),
  'libs/config/src/index.ts': importing('#libs/kernel', 'node:fs'),
  'libs/redis/src/index.ts': importing('#libs/contracts', 'ioredis'),
  'libs/queue/src/index.ts': importing('#libs/redis', 'bullmq', '@nestjs/bullmq', '@nestjs/common'),
  'libs/testing/src/index.ts': importing('#libs/redis', 'jest'),
  'libs/vendors/src/index.ts': importing('./acme/acme.adapter', './other/other.adapter'),
  'libs/vendors/src/http/client.ts': importing('undici'),
  'libs/vendors/src/acme/acme.adapter.ts': importing('../http/client', './acme.schema'),
  'libs/vendors/src/acme/acme.schema.ts': 'export const schema = {};',
  'libs/vendors/src/other/other.adapter.ts': importing('../http/client'),
  'libs/vendors/src/openai/openai.adapter.ts': importing('openai', '#libs/llm'),
  'libs/llm/src/index.ts': importing('#libs/contracts', '#libs/domain'),
  'libs/sinks/src/index.ts': importing('./csv/csv.sink', './jsonl/jsonl.sink'),
  'libs/sinks/src/csv/csv.sink.ts': importing('#libs/domain', '../sink.port'),
  'libs/sinks/src/jsonl/jsonl.sink.ts': importing('#libs/domain', '../sink.port'),
  'libs/sinks/src/sink.port.ts': 'export interface Sink { name: string }',
  'libs/otlp/src/index.ts': importing('@opentelemetry/api', '#libs/kernel'),
  'libs/crm/src/index.ts': importing('#libs/vendors', '#libs/domain', '#libs/redis'),
  'apps/api/src/main.ts': importing('#libs/queue', '#libs/crm', './routes'),
  'apps/api/src/routes.ts': 'export const routes = [];',
  'apps/vendor-sim/src/main.ts': importing('./vendors/acme/routes', './vendors/other/routes'),
  'apps/vendor-sim/src/vendors/acme/routes.ts': importing('#libs/kernel'),
  'apps/vendor-sim/src/vendors/other/routes.ts': importing('#libs/kernel'),
  'test/e2e/run.spec.ts': importing('#libs/testing', '#libs/redis'),
};

export interface Breach {
  rule: string;
  /** The breaching file and what it imports; each must be reported under `rule` and nothing else. */
  file: string;
  imports: string;
  /** Files the breach needs besides. */
  also?: Files;
}

/** At least one breach of every rule of `.dependency-cruiser.cjs`. */
export const BREACHES: readonly Breach[] = [
  {
    rule: 'no-cycles',
    file: 'libs/crm/src/chicken.ts',
    imports: './egg',
    also: { 'libs/crm/src/egg.ts': importing('./chicken') },
  },
  { rule: 'no-unresolvable', file: 'apps/api/src/lost.ts', imports: '#libs/nowhere' },
  { rule: 'kernel-imports-no-lib', file: 'libs/kernel/src/upward.ts', imports: '#libs/contracts' },
  { rule: 'contracts-import-kernel-only', file: 'libs/contracts/src/upward.ts', imports: '#libs/config' },
  {
    rule: 'domain-imports-kernel-and-contracts-only',
    file: 'libs/domain/src/upward.ts',
    imports: '#libs/redis',
  },
  { rule: 'domain-imports-kernel-and-contracts-only', file: 'libs/domain/src/crm.ts', imports: '#libs/crm' },
  { rule: 'llm-imports-pure-libs-only', file: 'libs/llm/src/ask.ts', imports: '#libs/vendors' },
  { rule: 'foundations-import-no-service', file: 'libs/config/src/upward.ts', imports: '#libs/queue' },
  { rule: 'foundations-import-no-service', file: 'libs/redis/src/rules.ts', imports: '#libs/domain' },
  { rule: 'foundations-import-no-service', file: 'libs/observability/src/crm.ts', imports: '#libs/crm' },
  { rule: 'pure-libs-use-no-node-io', file: 'libs/kernel/src/read.ts', imports: 'node:fs' },
  { rule: 'pure-libs-use-no-node-io', file: 'libs/contracts/src/dial.ts', imports: 'net' },
  { rule: 'pure-libs-use-no-node-io', file: 'libs/domain/src/read.ts', imports: 'node:fs/promises' },
  { rule: 'pure-libs-use-no-node-io', file: 'libs/domain/src/wait.ts', imports: 'node:timers/promises' },
  { rule: 'pure-libs-use-no-io-package', file: 'libs/domain/src/nest.ts', imports: '@nestjs/common' },
  { rule: 'pure-libs-use-no-io-package', file: 'libs/contracts/src/http.ts', imports: 'undici' },
  { rule: 'pure-libs-use-no-io-package', file: 'libs/llm/src/http.ts', imports: 'undici' },
  { rule: 'pure-libs-use-no-node-io', file: 'libs/llm/src/read.ts', imports: 'node:fs' },
  { rule: 'openai-only-in-its-vendor', file: 'apps/api/src/raw-model.ts', imports: 'openai' },
  { rule: 'openai-only-in-its-vendor', file: 'libs/vendors/src/acme/raw-model.ts', imports: 'openai' },
  { rule: 'opentelemetry-only-in-otlp', file: 'apps/api/src/span.ts', imports: '@opentelemetry/api' },
  { rule: 'opentelemetry-only-in-otlp', file: 'libs/queue/src/span.ts', imports: '@opentelemetry/api' },
  { rule: 'bullmq-only-in-queue', file: 'apps/api/src/raw-queue.ts', imports: 'bullmq' },
  { rule: 'bullmq-only-in-queue', file: 'libs/crm/src/raw-queue.ts', imports: '@nestjs/bullmq' },
  { rule: 'bullmq-only-in-queue', file: 'test/e2e/raw-queue.spec.ts', imports: 'bullmq' },
  { rule: 'ioredis-only-in-redis', file: 'libs/queue/src/raw-redis.ts', imports: 'ioredis' },
  { rule: 'ioredis-only-in-redis', file: 'apps/api/src/raw-redis.spec.ts', imports: 'ioredis' },
  {
    rule: 'apps-import-no-other-app',
    file: 'apps/vendor-sim/src/borrow.ts',
    imports: '../../api/src/routes',
  },
  { rule: 'libs-import-no-app', file: 'libs/crm/src/borrow.ts', imports: '../../../apps/api/src/routes' },
  {
    rule: 'libs-entered-through-index',
    file: 'apps/api/src/inside.ts',
    imports: '../../../libs/crm/src/egg',
  },
  {
    rule: 'libs-entered-through-index',
    file: 'libs/crm/src/inside.ts',
    imports: '../../sinks/src/sink.port',
  },
  { rule: 'libs-entered-by-name', file: 'apps/api/src/by-path.ts', imports: '../../../libs/crm/src/index' },
  { rule: 'libs-entered-by-name', file: 'libs/crm/src/by-path.ts', imports: '../../sinks/src' },
  {
    rule: 'vendors-import-no-other-vendor',
    file: 'libs/vendors/src/acme/borrow.ts',
    imports: '../other/other.adapter',
  },
  {
    rule: 'simulated-vendors-import-no-other-vendor',
    file: 'apps/vendor-sim/src/vendors/acme/borrow.ts',
    imports: '../other/routes',
  },
  {
    rule: 'sinks-import-no-other-sink',
    file: 'libs/sinks/src/csv/borrow.ts',
    imports: '../jsonl/jsonl.sink',
  },
  { rule: 'testing-lib-only-in-tests', file: 'libs/crm/src/fixture.ts', imports: '#libs/testing' },
  { rule: 'testing-lib-only-in-tests', file: 'apps/api/src/fixture.ts', imports: '#libs/testing' },
  { rule: 'production-imports-no-test', file: 'libs/domain/src/borrow.ts', imports: './score.spec' },
  {
    rule: 'production-imports-no-test',
    file: 'apps/api/src/borrow.ts',
    imports: '../../../test/builders',
    also: { 'test/builders.ts': 'export const builders = {};' },
  },
  { rule: 'production-imports-no-dev-dependency', file: 'libs/crm/src/dev.ts', imports: 'jest' },
];

/** The clean tree with every breach in it. */
export const BREACHED_TREE: Files = Object.assign(
  { ...CLEAN_TREE },
  ...BREACHES.map(({ file, imports, also }) => ({ [file]: importing(imports), ...also })),
) as Files;
