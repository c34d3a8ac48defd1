import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import {
  CellKeys,
  closeRedis,
  createBusyProducer,
  workerConnectionOptions,
  type RedisClient,
} from '#libs/redis';
import { waitUntil } from '#libs/testing';
import { startTestWorker, type TestWorker } from '../test/start-test-worker';
import { WatchedPrimary } from '../test/watched-primary';
import { RunFlow } from './run-flow';
import { DONE } from './stage-handler';

const FAILOVER_MS = 40_000;
/** How long ioredis of itself keeps a process for a connection to a Sentinel that is closed for the second time. */
const IOREDIS_KEEPS_MS = 2_000;
/** Prints how long the process is still there after its goodbye, ms. */
const GOODBYE = `
  const { closeRedis, createRedis, workerConnectionOptions } = require('#libs/redis');
  const redis = createRedis(process.argv[1], workerConnectionOptions());
  redis.on('error', () => undefined);
  redis.ping().then(() => closeRedis(redis)).then(() => {
    const closedAt = performance.now();
    process.on('exit', () => process.stdout.write(String(performance.now() - closedAt)));
  });
`;

describe('a cell that asks Sentinels for its Redis', () => {
  const keys = new CellKeys('watched');
  const run = (n: number): { tenantId: string; runId: string } => ({
    tenantId: 'acme',
    runId: `run_01M83T0C0N157MS0FWEXFGGEY${n}`,
  });
  let primary: WatchedPrimary;
  let flow: RunFlow;
  let producer: RedisClient;
  let worker: TestWorker;

  beforeAll(async () => {
    primary = await WatchedPrimary.start();
    flow = new RunFlow({ redisUrl: primary.url, keys, connection: workerConnectionOptions() });
    producer = createBusyProducer(primary.url);
    producer.on('error', () => undefined);
    await producer.connect();
    worker = await startTestWorker('normalize', { redisUrl: primary.url, keys }, () => Promise.resolve(DONE));
  }, FAILOVER_MS);

  afterAll(async () => {
    await worker.stop();
    await flow.close();
    await closeRedis(producer);
    await primary.stop();
  });

  const worked = (times: number): Promise<void> =>
    waitUntil(() => worker.reports.length === times, {
      timeoutMs: FAILOVER_MS,
      what: `${times} job(s) are done`,
    });

  it('finds another primary after the first was killed: producers write, workers work, and nobody is started anew', async () => {
    await flow.addRun(run(1));
    await worked(1);
    await primary.killPrimary();
    await waitUntil(
      () =>
        producer
          .set('asked', 'again')
          .then(() => true)
          .catch(() => false),
      { timeoutMs: FAILOVER_MS, what: 'a producer writes to the new primary' },
    );
    expect(await producer.info('replication')).toMatch(/^role:master/m);
    await flow.addRun(run(2));
    await worked(2);
    expect(worker.reports.map(({ outcome }) => outcome)).toEqual(['done', 'done']);
  });

  it('keeps no process that has closed its connection', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', GOODBYE, primary.url]);
    expect(Number(stdout)).toBeLessThan(IOREDIS_KEEPS_MS);
  });
});
