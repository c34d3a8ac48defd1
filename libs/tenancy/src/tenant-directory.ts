import type { CellKeys, RedisClient } from '#libs/redis';

/** Keys looked at per command: Redis serves others in between. */
const SCANNED_AT_ONCE = 1_000;

/** Which tenants a cell knows: nothing registers a tenant, so these are those of whom it keeps something. */
export class TenantDirectory {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** In the order of the alphabet. Goes through all keys of the cell: for a person who asks, not for a request. */
  async list(): Promise<string[]> {
    const found = new Set<string>();
    let cursor = '0';
    do {
      const [next, keys] = await this.redis.scan(
        cursor,
        'MATCH',
        this.keys.ofCell(),
        'COUNT',
        SCANNED_AT_ONCE,
      );
      cursor = next;
      for (const key of keys) {
        const tenantId = this.keys.tenantOf(key);
        if (tenantId !== null) found.add(tenantId);
      }
    } while (cursor !== '0');
    return [...found].sort();
  }
}
