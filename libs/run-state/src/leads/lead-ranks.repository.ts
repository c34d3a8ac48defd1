import { type CellKeys, TTL_SECONDS, type RedisClient } from '#libs/redis';
import type { RunRef } from '../run-ref';
import { runStateScripts } from '../run-state-scripts';

/** Leads in one script: Redis serves nobody else meanwhile. */
const CHUNK = 500;
/** Looked at in one command. */
const SCAN_COUNT = 1_000;

export interface LeadRank {
  companyId: string;
  /** 1 is the best. */
  rank: number;
}

export interface RankedLead extends LeadRank {
  /** False for a lead of which nothing is known: it stays new until a run finds something. */
  hasContent: boolean;
}

interface Recorded {
  handedOver: boolean;
  /** Of an offline run, whose leads are nothing that its tenant has. */
  simulated: boolean;
}

/** Where the leads of ended runs rank, and which were new to their tenant: what pages of leads are read by. */
export class LeadRanks {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** `handedOver`: they are in an export, so that they are not new to later runs. Saying it again changes nothing. */
  async record(run: RunRef, leads: Iterable<RankedLead>, how: Recorded): Promise<void> {
    let chunk: RankedLead[] = [];
    for (const lead of leads) {
      chunk.push(lead);
      if (chunk.length < CHUNK) continue;
      await this.recordChunk(run, chunk, how);
      chunk = [];
    }
    if (chunk.length > 0) await this.recordChunk(run, chunk, how);
  }

  /** True once the run's leads have been ranked, if it has any. */
  async areKnown(run: RunRef): Promise<boolean> {
    return (await this.redis.exists(this.keys.leadRanks(run.tenantId, run.runId))) === 1;
  }

  /** The next `limit` leads behind a rank, best first, up to and with `upTo`. */
  async page(
    run: RunRef,
    { after, upTo, limit, newOnly }: { after: number; upTo: number; limit: number; newOnly: boolean },
  ): Promise<LeadRank[]> {
    const key = newOnly
      ? this.keys.newLeadRanks(run.tenantId, run.runId)
      : this.keys.leadRanks(run.tenantId, run.runId);
    const found = await this.redis.zrangebyscore(key, `(${after}`, upTo, 'WITHSCORES', 'LIMIT', 0, limit);
    const page: LeadRank[] = [];
    for (let i = 0; i + 1 < found.length; i += 2) {
      page.push({ companyId: found[i] as string, rank: Number(found[i + 1]) });
    }
    return page;
  }

  /**
   * Of each company whether it is new to the tenant: no other run has handed it over, nor had one before this run did. Of
   * leads that are recorded it is what `record` saw.
   */
  async areNew(
    { tenantId, runId }: RunRef,
    companyIds: readonly string[],
    { simulated }: { simulated: boolean },
  ): Promise<boolean[]> {
    if (companyIds.length === 0) return [];
    const [handedOver, newHere] = await Promise.all([
      this.redis.zmscore(this.keys.handedOver(tenantId, simulated), ...companyIds),
      this.redis.zmscore(this.keys.newLeadRanks(tenantId, runId), ...companyIds),
    ]);
    return companyIds.map((_id, i) => handedOver[i] === null || newHere[i] !== null);
  }

  /** All that the tenant has been handed, by earlier runs; as many in memory as it was handed within 180 days. */
  async handedOver(tenantId: string, { simulated }: { simulated: boolean }): Promise<ReadonlySet<string>> {
    const key = this.keys.handedOver(tenantId, simulated);
    const known = new Set<string>();
    let cursor = '0';
    do {
      const [next, page] = await this.redis.zscan(key, cursor, 'COUNT', SCAN_COUNT);
      // Members and scores in turn.
      for (let i = 0; i < page.length; i += 2) known.add(page[i] as string);
      cursor = next;
    } while (cursor !== '0');
    return known;
  }

  private async recordChunk(
    run: RunRef,
    chunk: readonly RankedLead[],
    { handedOver, simulated }: Recorded,
  ): Promise<void> {
    await runStateScripts.rankLeads.run(
      this.redis,
      [
        this.keys.handedOver(run.tenantId, simulated),
        this.keys.leadRanks(run.tenantId, run.runId),
        this.keys.newLeadRanks(run.tenantId, run.runId),
      ],
      [
        TTL_SECONDS.run,
        TTL_SECONDS.lead,
        handedOver ? 1 : 0,
        ...chunk.flatMap(({ companyId, rank, hasContent }) => [companyId, rank, hasContent ? 1 : 0]),
      ],
    );
  }
}
