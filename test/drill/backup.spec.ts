import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import {
  CellKeys,
  createRedis,
  startEmbeddedRedis,
  workerConnectionOptions,
  type EmbeddedRedis,
  type RedisClient,
} from '#libs/redis';
import { RunRepository, type RunRef } from '#libs/run-state';
import {
  onlyVendors,
  plainCompaniesCsv,
  runFiles,
  runLeadgen,
  simulatorBooks,
  spawnApp,
  startTestCell,
  testRedisPath,
  waitUntil,
  type SpawnedApp,
  type StageApp,
  type TestCell,
} from '#libs/testing';

const execute = promisify(execFile);
const STAGES: readonly StageApp[] = ['normalize', 'enrich', 'export'];
const COMPANIES = 40;
const PATIENCE_MS = 120_000;
const keys = new CellKeys('main');
/** Sells each answer for money: what was sent and of which nobody knows the outcome is not asked again. */
const VENDOR = 'hunter';

let folder: string;
let path: string;
let cell: TestCell;
let restored: EmbeddedRedis | undefined;
let workers: SpawnedApp[] = [];

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'leadgen-drill-'));
  path = await testRedisPath();
  cell = await startTestCell({
    appendOnly: true,
    tenants: {
      default: { waterfalls: onlyVendors({ crawl_website: ['web'], find_contacts: [VENDOR] }) },
    },
    vendors: {
      [VENDOR]: { only_these_windows: true, windows: [{ name: 'second', limit: 3, length_ms: 1_000 }] },
    },
    env: { LEADGEN_LOG_LEVEL: 'warn', LEADGEN_STORAGE_DIR: join(folder, 'objects') },
  });
});
afterAll(async () => {
  await Promise.all(workers.map((worker) => worker.stop()));
  await restored?.stop();
  await cell.stop();
  await rm(folder, { recursive: true, force: true });
});

type Env = Readonly<Record<string, string>>;

/** A script of ours; the last line of what it prints. */
async function script(name: string, words: readonly string[], env: Env): Promise<Record<string, unknown>> {
  const file = join(__dirname, '../../scripts', name);
  const { stdout } = await execute(file, words, { env: { ...env, PATH: path } });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as Record<string, unknown>;
}

const bought = async (): Promise<string[]> =>
  (await simulatorBooks.entries(cell, VENDOR)).map(({ input }) => input);

async function connected(url: string): Promise<RedisClient> {
  const redis = createRedis(url, workerConnectionOptions());
  await redis.connect();
  return redis;
}

async function startRun(): Promise<RunRef> {
  const file = join(folder, 'companies.csv');
  await writeFile(file, plainCompaniesCsv(COMPANIES));
  const words = ['run', '--tenant-id', 'acme', '--companies', file, '--icp-payload', '{}', '--no-wait'];
  const { exitCode, last } = await runLeadgen(words, cell.env);
  expect(exitCode).toBe(0);
  return { tenantId: 'acme', runId: String(last().run_id) };
}

async function untilBought(count: number): Promise<void> {
  await waitUntil(async () => (await bought()).length >= count, {
    timeoutMs: PATIENCE_MS,
    what: `${count} answers are bought`,
  });
}

/** Every process but the vendors' own, and all data. The settings are no data: whoever deploys has them. */
async function lose(): Promise<void> {
  const ours = cell.apps.filter(({ name }) => name !== 'vendor-sim');
  for (const app of ours) app.signal('SIGKILL');
  await Promise.all(ours.map(({ exited }) => exited));
  await cell.redis.kill9();
  await rm(join(folder, 'objects'), { recursive: true });
}

it('a cell that is lost in the middle of a run is restored from its backup: the run completes, and nothing that was bought before the backup is bought again', async () => {
  const run = await startRun();
  await untilBought(8);
  const before = await bought();
  const backup = await script('backup', ['--to', join(folder, 'backups')], cell.env);
  const atBackup = (await bought()).length;
  await untilBought(Math.min(COMPANIES - 5, atBackup + 6));
  await lose();

  const began = performance.now();
  const dataDir = join(folder, 'new');
  const env = { ...cell.env, LEADGEN_DATA_DIR: dataDir, LEADGEN_STORAGE_DIR: join(dataDir, 'objects') };
  const words = [
    '--from',
    String(backup.backup),
    '--redis-dir',
    join(dataDir, 'redis'),
    '--objects',
    env.LEADGEN_STORAGE_DIR,
  ];
  const result = await script('restore', words, env);
  expect(result).toMatchObject({ exit_code: 0, secrets_to_set: [] });
  restored = await startEmbeddedRedis({ dataDir, appendOnly: true, env: { PATH: path } });
  const newEnv = { ...env, REDIS_URL: restored.url };
  workers = await Promise.all(STAGES.map((stage) => spawnApp(stage, newEnv)));
  const redis = await connected(restored.url);
  const runs = new RunRepository(redis, keys);
  await waitUntil(async () => ['completed', 'partial'].includes((await runs.state(run)) ?? ''), {
    timeoutMs: PATIENCE_MS,
    what: 'the run has ended in the restored cell',
  });
  const restoredInMs = Math.round(performance.now() - began);
  redis.disconnect();

  const all = await bought();
  const twice = all.filter((input, i) => all.indexOf(input) < i);
  const { took_ms: backupMs, redis_bytes: redisBytes } = backup;
  process.stdout.write(
    `${JSON.stringify({ drill: 'backup', backup_ms: backupMs, redis_bytes: redisBytes, restore_ms: result.took_ms, run_ended_ms: restoredInMs, bought_before: before.length, bought_again_since: twice.length })}\n`,
  );
  // What came after the backup is not known to the restored cell, and is bought once more at most.
  expect(twice.filter((input) => before.includes(input))).toEqual([]);
  expect(new Set(twice).size).toBe(twice.length);
  expect(new Set(all).size).toBeLessThanOrEqual(COMPANIES);

  const status = await runLeadgen(['status', '--tenant-id', 'acme', '--run-id', run.runId], newEnv);
  expect(status.last()).toMatchObject({ leads: COMPANIES });
  expect(await runFiles.csv(String(status.last().run_dir))).toHaveLength(COMPANIES);

  // What is there is never written over.
  await expect(script('restore', words, env)).rejects.toThrow(/is not empty: nothing is written over/);
});
