import { ApiKeys } from '#libs/access';
import { AuditLog } from '#libs/audit';
import type { Settings } from '#libs/config';
import { appError, STAGES, type StageName } from '#libs/contracts';
import { FileObjectStorage, type ObjectStorage } from '#libs/object-storage';
import type { Logger } from '#libs/observability';
import { startTracing, TRACES_FLUSH_MS } from '#libs/process';
import type { RunFlow } from '#libs/queue';
import { CellKeys, closeRedis, producerConnectionOptions, type RedisClient } from '#libs/redis';
import type { CellTuning, GateOperations } from '#libs/vendor-gate';
import {
  CompanyRepository,
  IdempotencyKeys,
  logTransition,
  RunRepository,
  WorkerRegistry,
} from '#libs/run-state';
import { openRedis } from './open-redis';

/** A cell seen from the command line: what is needed to start runs in it and to watch them. */
export interface ConnectedCell {
  redis: RedisClient;
  keys: CellKeys;
  runs: RunRepository;
  companies: CompanyRepository;
  workers: WorkerRegistry;
  idempotency: IdempotencyKeys;
  flow: RunFlow;
  gate: GateOperations;
  tuning: CellTuning;
  storage: ObjectStorage;
  apiKeys: ApiKeys;
  audit: AuditLog;
  /** What time it is by Redis's clock, which all hosts share; ms since 1970. */
  nowMs(): Promise<number>;
  close(): Promise<void>;
}

/** Connects to the cell's Redis. Throws as `openRedis`. */
export async function connectCell(
  redisUrl: string,
  settings: Settings,
  logger: Logger,
): Promise<ConnectedCell> {
  const keys = new CellKeys(settings.runtime.cell);
  const connection = producerConnectionOptions();
  const redis = await openRedis(redisUrl, logger);
  // A command that has ended is not kept by a receiver that does not answer.
  const exportMs = TRACES_FLUSH_MS;
  const stopTracing = await startTracing(settings, { app: 'cli', logger, exportMs });
  // BullMQ takes half a second to load: a wrong flag and a dead Redis are answered without it.
  const [{ RunFlow }, { CellTuning, RedisGateOperations }] = await Promise.all([
    import('#libs/queue'),
    import('#libs/vendor-gate'),
  ]);
  const flow = new RunFlow({ redisUrl, keys, connection });
  await flow.connect();
  return {
    redis,
    keys,
    runs: new RunRepository(redis, keys, logTransition(logger), undefined, 'elsewhere'),
    companies: new CompanyRepository(redis, keys),
    workers: new WorkerRegistry(redis, keys),
    idempotency: new IdempotencyKeys(redis, keys),
    flow,
    gate: new RedisGateOperations(redis, keys),
    tuning: new CellTuning(redis, keys),
    storage: new FileObjectStorage(settings.storageDir),
    apiKeys: new ApiKeys(redis, keys),
    audit: new AuditLog(redis, keys),
    nowMs: async () => {
      const [seconds, micros] = await redis.time();
      return Number(seconds) * 1_000 + Math.floor(Number(micros) / 1_000);
    },
    close: async () => {
      await flow.close();
      await closeRedis(redis);
      await stopTracing();
    },
  };
}

const WORKER_PATIENCE_MS = 10_000;
const WORKER_POLL_MS = 250;

/** Throws `worker_absent` naming the stages nobody works on, if that is still so after ten seconds. Returns early on `signal`. */
export async function requireWorkers(workers: WorkerRegistry, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + WORKER_PATIENCE_MS;
  while (!signal.aborted) {
    const absent = await absentStages(workers);
    if (absent.length === 0) return;
    if (performance.now() > deadline) {
      const commands = absent.map((stage) => `node dist/apps/${stage}/src/main.js`).join(', ');
      throw appError(
        'worker_absent',
        `no live worker for: ${absent.join(', ')}. Start them with the same REDIS_URL (${commands}), ` +
          'or unset REDIS_URL to run everything here',
      );
    }
    await new Promise((resolve) => setTimeout(resolve, WORKER_POLL_MS));
  }
}

async function absentStages(workers: WorkerRegistry): Promise<StageName[]> {
  const stages = Object.keys(STAGES) as StageName[];
  const counts = await Promise.all(stages.map((stage) => workers.count(stage)));
  return stages.filter((_stage, i) => counts[i] === 0);
}
