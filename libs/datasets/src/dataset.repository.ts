import { datasetSchema, type Dataset, type DatasetFormat } from '#libs/contracts';
import { newDatasetId } from '#libs/kernel';
import { objectKeys, type ObjectStorage } from '#libs/object-storage';
import { type CellKeys, TTL_SECONDS, type RedisClient } from '#libs/redis';
import { writeMeasured } from './measured-write';

export { tooLarge } from './measured-write';

export interface DatasetUpload {
  name: string;
  format: DatasetFormat;
  content: AsyncIterable<Uint8Array>;
}

/** Files past their retention that are removed at a time. */
const REMOVED_AT_ONCE = 100;

/** Datasets of tenants: the content in object storage, what is known of it in Redis. A foreign id is one that never was. */
export class DatasetRepository {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly storage: ObjectStorage,
  ) {}

  /** Throws `dataset_too_large`, `input_empty` and what the content and the storage throw; then nothing is left behind. */
  async add(tenantId: string, upload: DatasetUpload, bytesMax: number): Promise<Dataset> {
    const createdAtMs = Date.now();
    const datasetId = newDatasetId(createdAtMs);
    const key = objectKeys.upload(tenantId, datasetId);
    const measured = await writeMeasured(this.storage, key, upload.content, bytesMax);
    const record: Dataset = {
      dataset_id: datasetId,
      object_key: key,
      name: upload.name,
      format: upload.format,
      ...measured,
      created_at: new Date(createdAtMs).toISOString(),
    };
    try {
      await this.redis
        .multi()
        .hset(this.keys.dataset(tenantId, datasetId), record)
        .expire(this.keys.dataset(tenantId, datasetId), TTL_SECONDS.file)
        .zadd(this.keys.datasets(tenantId), 0, datasetId)
        .zadd(
          this.keys.datasetExpiries(),
          createdAtMs + TTL_SECONDS.file * 1_000,
          expiryMember(tenantId, datasetId),
        )
        .exec();
    } catch (error) {
      await this.storage.remove(key);
      throw error;
    }
    return record;
  }

  async find(tenantId: string, datasetId: string): Promise<Dataset | undefined> {
    const hash = await this.redis.hgetall(this.keys.dataset(tenantId, datasetId));
    return Object.keys(hash).length === 0 ? undefined : datasetSchema.parse(hash);
  }

  /** The newest `limit` of those older than the dataset `before`; `last`: where to go on, undefined at the end. */
  async list(
    tenantId: string,
    { limit, before }: { limit: number; before: string | undefined },
  ): Promise<{ datasets: Dataset[]; last: string | undefined }> {
    const from = before === undefined ? '+' : `(${before}`;
    const key = this.keys.datasets(tenantId);
    const ids = await this.redis.zrevrangebylex(key, from, '-', 'LIMIT', 0, limit + 1);
    const page = ids.slice(0, limit);
    const found = await Promise.all(page.map((id) => this.find(tenantId, id)));
    return {
      // An expired one is still listed until its file has been removed.
      datasets: found.filter((dataset) => dataset !== undefined),
      last: ids.length > limit ? page.at(-1) : undefined,
    };
  }

  /** Record and content, the record first: from then on no run can begin with it. False: there is no such dataset. */
  async remove(tenantId: string, datasetId: string): Promise<boolean> {
    const removed = await this.redis.del(this.keys.dataset(tenantId, datasetId));
    if (removed === 0) return false;
    await this.removeContent(tenantId, datasetId);
    return true;
  }

  /**
   * Redis forgets a record by itself, and nobody tells the storage: removes files that are past their retention, of all tenants,
   * so many at a time. Answers how many; 0: there are none left. Doing it again, or twice at once, changes nothing.
   */
  async removeExpired(): Promise<number> {
    const [seconds] = await this.redis.time();
    const expired = await this.redis.zrangebyscore(
      this.keys.datasetExpiries(),
      '-inf',
      Number(seconds) * 1_000,
      'LIMIT',
      0,
      REMOVED_AT_ONCE,
    );
    for (const member of expired) {
      const [tenantId = '', datasetId = ''] = member.split('/');
      await this.removeContent(tenantId, datasetId);
    }
    return expired.length;
  }

  private async removeContent(tenantId: string, datasetId: string): Promise<void> {
    await this.storage.remove(objectKeys.upload(tenantId, datasetId));
    await this.redis
      .multi()
      .zrem(this.keys.datasets(tenantId), datasetId)
      .zrem(this.keys.datasetExpiries(), expiryMember(tenantId, datasetId))
      .exec();
  }
}

function expiryMember(tenantId: string, datasetId: string): string {
  return `${tenantId}/${datasetId}`;
}
