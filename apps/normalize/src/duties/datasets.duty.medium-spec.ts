import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Dataset } from '#libs/contracts';
import { DatasetRepository } from '#libs/datasets';
import { FileObjectStorage } from '#libs/object-storage';
import { createLogger } from '#libs/observability';
import { useTestRedis, waitUntil } from '#libs/testing';
import { DatasetsDuty } from './datasets.duty';

const PATIENCE_MS = 20_000;

describe('files of datasets that are past their retention', () => {
  const cell = useTestRedis();
  let root: string;
  let storage: FileObjectStorage;
  let datasets: DatasetRepository;

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'leadgen-datasets-'));
    storage = new FileObjectStorage(root);
    datasets = new DatasetRepository(cell.redis, cell.keys, storage);
  });

  afterEach(async () => {
    jest.useRealTimers();
    await rm(root, { recursive: true });
  });

  const upload = (tenantId: string): Promise<Dataset> =>
    datasets.add(
      tenantId,
      { name: 'companies.csv', format: 'csv', content: Readable.from([Buffer.from('name\nAcme\n')]) },
      1_000,
    );
  /** As if its month were over: Redis has forgotten the record. */
  const expire = async (tenantId: string, { dataset_id: id }: Dataset): Promise<void> => {
    await cell.redis.del(cell.keys.dataset(tenantId, id));
    await cell.redis.zadd(cell.keys.datasetExpiries(), 'XX', Date.now() - 1_000, `${tenantId}/${id}`);
  };
  const files = async (): Promise<number> =>
    (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).length;

  it('go without their tenant coming again, those of all tenants, and no others', async () => {
    const expired = [await upload('acme'), await upload('acme'), await upload('globex')];
    const kept = await upload('acme');
    for (const [i, dataset] of expired.entries()) await expire(i === 2 ? 'globex' : 'acme', dataset);
    const removed = await Promise.all([datasets.removeExpired(), datasets.removeExpired()]);
    expect(Math.max(...removed)).toBe(3);
    expect(await datasets.removeExpired()).toBe(0);
    expect(await files()).toBe(1);
    expect(await storage.exists(kept.object_key)).toBe(true);
    expect((await datasets.list('acme', { limit: 10, before: undefined })).datasets).toEqual([kept]);
    expect(await cell.redis.zcard(cell.keys.datasets('acme'))).toBe(1);
    expect(await cell.redis.zcard(cell.keys.datasets('globex'))).toBe(0);
  });

  it('are not looked for any more once a tenant has removed the dataset', async () => {
    const { dataset_id: id } = await upload('acme');
    expect(await datasets.remove('acme', id)).toBe(true);
    expect(await cell.redis.zcard(cell.keys.datasetExpiries())).toBe(0);
  });

  it('are removed by one process of the cell, again and again', async () => {
    for (let n = 0; n < 120; n += 1) await expire('acme', await upload('acme'));
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'setTimeout', 'performance', 'Date'] });
    const logger = createLogger({ app: 'normalize', level: 'silent' });
    const duties = [1, 2].map(() => new DatasetsDuty(cell.redis, logger, storage, cell.keys));
    for (const duty of duties) duty.start();
    jest.advanceTimersByTime(60_000);
    jest.useRealTimers();
    await waitUntil(async () => (await files()) === 0, {
      timeoutMs: PATIENCE_MS,
      what: 'all files are gone',
    });
    expect(await cell.redis.zcard(cell.keys.datasetExpiries())).toBe(0);
    await Promise.all(duties.map((duty) => duty.stop()));
  });
});
