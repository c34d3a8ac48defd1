import { appError, exclusionSchema, EXCLUSIONS_MAX, type Exclusion } from '#libs/contracts';
import type { CellKeys, RedisClient } from '#libs/redis';
import { changedMeanwhile, type ExpectedVersion, type StoredVersion } from './stored-version';
import { tenancyScripts } from './tenancy-scripts';

/** Entries read at once where the whole list is wanted. */
const PAGE = 1_000;

export interface ExclusionsChange extends StoredVersion {
  /** Entries in the list now. */
  count: number;
  removed: number;
}

/** Tenants' exclusion lists: whom they do not want enriched. A change is made whole or not at all. */
export class ExclusionLists {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  async standing(tenantId: string): Promise<StoredVersion & { count: number }> {
    const [[version, updatedAt], count] = await Promise.all([
      this.redis.hmget(this.versionKey(tenantId), 'version', 'updated_at'),
      this.redis.zcard(this.keys.exclusions(tenantId)),
    ]);
    return { version: Number(version ?? 0), updatedAt: updatedAt ?? null, count };
  }

  /** Up to `limit` entries by id, behind the entry `after`. */
  async page(tenantId: string, { limit, after }: { limit: number; after?: string }): Promise<Exclusion[]> {
    const from = after === undefined ? '-' : `(${after}!`;
    const key = this.keys.exclusions(tenantId);
    const members = await this.redis.zrangebylex(key, from, '+', 'LIMIT', 0, limit);
    return members.map((member) => exclusionSchema.parse(JSON.parse(member.slice(member.indexOf(' ') + 1))));
  }

  async *all(tenantId: string): AsyncGenerator<Exclusion> {
    let after: string | undefined;
    for (;;) {
      const page = await this.page(tenantId, { limit: PAGE, ...(after !== undefined && { after }) });
      yield* page;
      after = page.at(-1)?.id;
      if (page.length < PAGE) return;
    }
  }

  /** Throws `precondition_failed`, and `invalid_request` for more entries than a list may have. */
  replace(
    tenantId: string,
    entries: readonly Exclusion[],
    expected: ExpectedVersion,
  ): Promise<ExclusionsChange> {
    return this.change(tenantId, 'replace', expected, pairs(entries));
  }

  /** An entry of the same domain and name is replaced. Throws as `replace`. */
  add(tenantId: string, entries: readonly Exclusion[], expected: ExpectedVersion): Promise<ExclusionsChange> {
    return this.change(tenantId, 'add', expected, pairs(entries));
  }

  /** An id that is not there is no error; `removed` tells. */
  remove(tenantId: string, id: string): Promise<ExclusionsChange> {
    return this.change(tenantId, 'remove', 'any', [id]);
  }

  private async change(
    tenantId: string,
    what: 'replace' | 'add' | 'remove',
    expected: ExpectedVersion,
    list: readonly string[],
  ): Promise<ExclusionsChange> {
    const updatedAt = new Date().toISOString();
    const answer = await tenancyScripts.changeExclusions.run(
      this.redis,
      [this.versionKey(tenantId), this.keys.exclusions(tenantId)],
      [what, expected === 'any' ? '' : expected, EXCLUSIONS_MAX, updatedAt, ...list],
    );
    const [version = 0, count = 0, removed = 0] = answer as number[];
    if (version === -1) throw changedMeanwhile();
    if (version === -2) {
      throw appError('invalid_request', `an exclusion list has ${EXCLUSIONS_MAX} entries at most`);
    }
    return { version, updatedAt, count, removed };
  }

  private versionKey(tenantId: string): string {
    return this.keys.tenantDocument(tenantId, 'exclusions');
  }
}

/** Id and JSON of each entry; of several of one id the last. */
function pairs(entries: readonly Exclusion[]): string[] {
  const byId = new Map(entries.map((entry) => [entry.id, JSON.stringify(entry)]));
  return [...byId].flat();
}
