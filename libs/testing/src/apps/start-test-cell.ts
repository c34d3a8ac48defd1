import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ApiKeys } from '#libs/access';
import { CellKeys, closeRedis, createRedis, workerConnectionOptions } from '#libs/redis';
import { startTestRedis, type TestRedis } from '../redis';
import { spawnApp, type SpawnedApp } from './spawn-app';

export type StageApp = 'normalize' | 'enrich' | 'export';

export interface TestCellOptions {
  /** How many processes of each stage; default one. */
  workers?: Partial<Record<StageApp, number>>;
  /** Start the API, too. */
  api?: boolean;
  /** Plans with vendors, as in the file of `LEADGEN_VENDORS_FILE`. */
  vendors?: Readonly<Record<string, unknown>>;
  /** Terms of tenants, as in the file of `LEADGEN_TENANTS_FILE`. */
  tenants?: Readonly<Record<string, unknown>>;
  /** Further settings of every process. */
  env?: Readonly<Record<string, string>>;
  appendOnly?: boolean;
}

/** A test asks faster than a client should; one about the limits sets its own. */
const LIFTED_LIMITS = {
  LEADGEN_API_RATE_PER_MINUTE: '1000000',
  LEADGEN_API_RUNS_PER_MINUTE: '1000000',
  LEADGEN_API_ACTIVE_RUNS_PER_TENANT: '100000',
};

/** A whole offline cell of real processes: Redis, simulator, workers, maybe the API; a folder of its own. */
export interface TestCell {
  readonly redis: TestRedis;
  readonly simulator: SpawnedApp;
  readonly api: SpawnedApp | undefined;
  readonly dataDir: string;
  /** What a process or the CLI needs to take part. */
  readonly env: Readonly<Record<string, string>>;
  /** Everything running, by app name. */
  readonly apps: readonly SpawnedApp[];
  /** Starts one more process, e.g. with a failpoint. */
  start(app: string, env?: Readonly<Record<string, string>>): Promise<SpawnedApp>;
  /** A key of this tenant with every scope, as a header; made when it is first asked for. */
  authorization(tenant: string): Promise<{ authorization: string }>;
  /** Asks the simulator's control API; answers its JSON. */
  control(method: 'GET' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

export async function startTestCell(options: TestCellOptions = {}): Promise<TestCell> {
  const dataDir = await mkdtemp(join(tmpdir(), 'leadgen-cell-'));
  const redis = await startTestRedis({ appendOnly: options.appendOnly ?? false });
  const apps: SpawnedApp[] = [];
  try {
    const simulator = await spawnApp('vendor-sim', { LEADGEN_LOG_LEVEL: 'warn' });
    apps.push(simulator);
    const env = {
      REDIS_URL: redis.url,
      LEADGEN_DATA_DIR: dataDir,
      ORCHESTRATOR_OFFLINE: '1',
      LEADGEN_SUPPRESSION_KEY: randomBytes(32).toString('base64'),
      ...(simulator.ready.env as Record<string, string>),
      ...LIFTED_LIMITS,
      ...(await planFiles(dataDir, options)),
      ...options.env,
    };
    const start = async (app: string, extra: Readonly<Record<string, string>> = {}): Promise<SpawnedApp> => {
      const spawned = await spawnApp(app, { ...env, ...extra });
      apps.push(spawned);
      return spawned;
    };
    const stages = (['normalize', 'enrich', 'export'] as const).flatMap((stage) =>
      Array.from({ length: options.workers?.[stage] ?? 1 }, () => stage),
    );
    await Promise.all(stages.map((stage) => start(stage)));
    const api = options.api === true ? await start('api', { LEADGEN_API_PORT: '0' }) : undefined;
    return {
      redis,
      simulator,
      api,
      dataDir,
      env,
      apps,
      start,
      authorization: keyRing(redis.url),
      control: (method, path, body) => askControl(simulator, method, path, body),
      stop: () => stopAll(apps, redis, dataDir),
    };
  } catch (error) {
    await stopAll(apps, redis, dataDir);
    throw error;
  }
}

/** One key per tenant. */
function keyRing(redisUrl: string): TestCell['authorization'] {
  const ring = new Map<string, Promise<{ authorization: string }>>();
  const issue = async (tenantId: string): Promise<{ authorization: string }> => {
    const redis = createRedis(redisUrl, workerConnectionOptions());
    await redis.connect();
    try {
      const { text } = await new ApiKeys(redis, new CellKeys('main')).issue({
        tenantId,
        environment: 'test',
      });
      return { authorization: `Bearer ${text}` };
    } finally {
      await closeRedis(redis);
    }
  };
  return (tenant) => {
    const known = ring.get(tenant) ?? issue(tenant);
    ring.set(tenant, known);
    return known;
  };
}

/** Writes the plans into files of the cell; answers the settings that name them. */
async function planFiles(
  dataDir: string,
  { vendors, tenants }: TestCellOptions,
): Promise<Record<string, string>> {
  const env: Record<string, string> = {};
  for (const [variable, plans] of [
    ['LEADGEN_VENDORS_FILE', vendors],
    ['LEADGEN_TENANTS_FILE', tenants],
  ] as const) {
    if (!plans) continue;
    env[variable] = join(dataDir, `${variable.toLowerCase()}.json`);
    await writeFile(env[variable], JSON.stringify(plans));
  }
  return env;
}

async function stopAll(apps: readonly SpawnedApp[], redis: TestRedis, dataDir: string): Promise<void> {
  await Promise.all(apps.map((app) => app.stop()));
  await redis.stop();
  await rm(dataDir, { recursive: true, force: true });
}

async function askControl(
  simulator: SpawnedApp,
  method: string,
  path: string,
  body: unknown,
): Promise<unknown> {
  const response = await fetch(`${String(simulator.ready.url)}/control/${path}`, {
    method,
    ...(body !== undefined && {
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json' },
    }),
  });
  if (!response.ok) throw new Error(`control ${method} ${path}: ${response.status} ${await response.text()}`);
  const text = await response.text();
  return text === '' ? undefined : JSON.parse(text);
}
