import { appError, SUPPRESSIONS_MAX, type SuppressionKind } from '#libs/contracts';
import { suppressedSubject } from '#libs/domain';
import type { CellKeys, RedisClient } from '#libs/redis';
import { suppressionKey } from '#libs/vendor-gate';

/** Somebody who must not be looked up, as a person names them. */
export interface SuppressionEntry {
  kind: SuppressionKind;
  value: string;
}

/** The key of an entry: all that is kept of it. Throws `invalid_request`, which does not repeat the value. */
export function suppressionId(tenantId: string, { kind, value }: SuppressionEntry, place: string): string {
  const read = suppressedSubject(kind, value);
  if ('problem' in read) throw appError('invalid_request', `${place}: ${read.problem}`);
  return suppressionKey(tenantId, kind, read.subject);
}

/**
 * Whom a tenant must not look up nor write to. Only keyed hashes are kept, so that the list can outlive the erasure of what it
 * stands for; it cannot be read, only asked. The gate asks it before every call, the export before anything leaves.
 */
export class SuppressionLists {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  async count(tenantId: string): Promise<number> {
    return this.redis.scard(this.keys.suppressed(tenantId));
  }

  /** For each id, in their order, whether it is new. Throws `invalid_request` when the list is full. */
  async add(tenantId: string, ids: readonly string[]): Promise<boolean[]> {
    const known = await this.has(tenantId, ids);
    if ((await this.count(tenantId)) + ids.length > SUPPRESSIONS_MAX) {
      throw appError('invalid_request', `a suppression list has ${SUPPRESSIONS_MAX} entries at most`);
    }
    if (ids.length > 0) await this.redis.sadd(this.keys.suppressed(tenantId), [...ids]);
    return known.map((isKnown, i) => !isKnown && ids.indexOf(ids[i] ?? '') === i);
  }

  /** How many of them were on the list. */
  async remove(tenantId: string, ids: readonly string[]): Promise<number> {
    return ids.length === 0 ? 0 : this.redis.srem(this.keys.suppressed(tenantId), [...ids]);
  }

  /** For each id, in their order, whether it is on the list. */
  async has(tenantId: string, ids: readonly string[]): Promise<boolean[]> {
    if (ids.length === 0) return [];
    const found = await this.redis.smismember(this.keys.suppressed(tenantId), ...ids);
    return found.map((answer) => answer === 1);
  }
}
