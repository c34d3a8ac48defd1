import { appError, SUPPRESSIONS_MAX, type SuppressionKind } from '#libs/contracts';
import { suppressedSubject } from '#libs/domain';
import type { CellKeys, RedisClient } from '#libs/redis';
import type { SuppressionNames, SuppressionSubject } from '#libs/vendor-gate';

/** Somebody who must not be looked up, as a person names them. */
export interface SuppressionEntry {
  kind: SuppressionKind;
  value: string;
}

/** Members renamed in one step. */
const REKEYED_AT_ONCE = 1_000;

/** An entry as lists compare it. Throws `invalid_request`, which does not repeat the value. */
export function suppressionSubject({ kind, value }: SuppressionEntry, place: string): SuppressionSubject {
  const read = suppressedSubject(kind, value);
  if ('problem' in read) throw appError('invalid_request', `${place}: ${read.problem}`);
  return { kind, value: read.subject };
}

/**
 * Whom a tenant must not look up nor write to. Only keyed hashes are kept, so that the list can outlive the erasure of what it
 * stands for; it cannot be read, only asked. The gate asks it before every call, the export before anything leaves.
 */
export class SuppressionLists {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly names: SuppressionNames,
  ) {}

  async count(tenantId: string): Promise<number> {
    return this.redis.scard(this.keys.suppressed(tenantId));
  }

  /** For each of them, in their order, its id and whether it is new. Throws `invalid_request` when the list is full. */
  async add(
    tenantId: string,
    subjects: readonly SuppressionSubject[],
  ): Promise<{ id: string; added: boolean }[]> {
    const found = await this.find(tenantId, subjects);
    const fresh = new Set(found.filter(({ isListed }) => !isListed).map(({ id }) => id));
    if ((await this.count(tenantId)) + subjects.length > SUPPRESSIONS_MAX) {
      throw appError('invalid_request', `a suppression list has ${SUPPRESSIONS_MAX} entries at most`);
    }
    if (fresh.size > 0) await this.redis.sadd(this.keys.suppressed(tenantId), [...fresh]);
    // Of the same one twice only the first is new.
    return found.map(({ id }) => ({ id, added: fresh.delete(id) }));
  }

  /** How many of them were on the list. */
  async remove(tenantId: string, subjects: readonly SuppressionSubject[]): Promise<number> {
    const names = subjects.flatMap((subject) => this.names.namesOf(tenantId, subject));
    return names.length === 0 ? 0 : this.redis.srem(this.keys.suppressed(tenantId), names);
  }

  /** Whether there was one of this id; it may be one of before there was a key. */
  async removeId(tenantId: string, id: string): Promise<boolean> {
    return (await this.redis.srem(this.keys.suppressed(tenantId), [id, this.names.keyed(id)])) > 0;
  }

  /** For each of them, in their order, whether it is on the list, and under which id. */
  async find(
    tenantId: string,
    subjects: readonly SuppressionSubject[],
  ): Promise<{ id: string; isListed: boolean }[]> {
    const names = subjects.map((subject) => this.names.namesOf(tenantId, subject));
    const asked = names.flat();
    if (asked.length === 0) return [];
    const answers = await this.redis.smismember(this.keys.suppressed(tenantId), ...asked);
    const listed = new Set(asked.filter((_name, i) => answers[i] === 1));
    return names.map((known) => {
      const id = known.find((name) => listed.has(name));
      return { id: id ?? known[0] ?? '', isListed: id !== undefined };
    });
  }

  /**
   * Renames entries that were written before there was a key; answers how many. Nothing is off the list in between, and a
   * process of an earlier release does not find them any more.
   */
  async rekey(tenantId: string): Promise<number> {
    const list = this.keys.suppressed(tenantId);
    let renamed = 0;
    let cursor = '0';
    do {
      const [next, members] = await this.redis.sscan(list, cursor, 'COUNT', REKEYED_AT_ONCE);
      const old = members.filter((name) => this.names.keyed(name) !== name);
      if (old.length > 0) {
        const moved = await this.redis
          .multi()
          .sadd(
            list,
            old.map((name) => this.names.keyed(name)),
          )
          .srem(list, old)
          .exec();
        renamed += Number(moved?.[1]?.[1] ?? 0);
      }
      cursor = next;
    } while (cursor !== '0');
    return renamed;
  }
}
