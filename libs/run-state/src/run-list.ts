import type { RunSource, RunState } from '#libs/contracts';
import { toError } from '#libs/kernel';
import { type CellKeys, type RedisClient } from '#libs/redis';
import { repliesOf } from './replies-of';
import { runSummaryFromHash, RUN_SUMMARY_FIELDS, type RunSummary } from './run-hash';
import { hashOf } from './run-snapshots';

/** Where a page ended. */
export interface RunPosition {
  createdMs: number;
  runId: string;
}

export interface RunFilter {
  threadId?: string | undefined;
  source?: RunSource | undefined;
  state?: RunState | undefined;
}

export interface RunPage {
  runs: RunSummary[];
  /** Where the next page begins; null on the last one. */
  next: RunPosition | null;
  /** Runs left out since their record cannot be read. */
  unreadable: { runId: string; error: Error }[];
}

/** Runs looked at for one page: a filter that nearly nothing passes ends the page early, and `next` goes on from there. */
const LOOKED_AT_MAX = 1_000;
/** Runs read in one round trip where a filter may drop most of them. */
const FILTERED_CHUNK = 200;

/**
 * A tenant's runs, newest first, in pages. A page begins after a position, not after a number of runs, so that runs created
 * meanwhile shift nothing.
 */
export class RunList {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** At most `limit` runs that pass the filter; fewer, even none, do not mean that it is the last page: `next` does. */
  async page(
    tenantId: string,
    filter: RunFilter,
    { limit, after }: { limit: number; after: RunPosition | null },
  ): Promise<RunPage> {
    const index =
      filter.threadId === undefined
        ? this.keys.tenantRuns(tenantId)
        : this.keys.thread(tenantId, filter.threadId);
    const filtered = filter.source !== undefined || filter.state !== undefined;
    const page: RunPage = { runs: [], next: after, unreadable: [] };
    for (let left = LOOKED_AT_MAX; left > 0;) {
      const asked = Math.min(left, filtered ? FILTERED_CHUNK : limit + 1);
      const { entries, last } = await this.entriesAfter(index, page.next, asked);
      const summaries = await this.summaries(tenantId, entries, page);
      for (const [i, entry] of entries.entries()) {
        if (page.runs.length === limit) return page;
        page.next = entry;
        const run = summaries[i];
        if (run && passes(run, filter)) page.runs.push(run);
      }
      if (last) return { ...page, next: null };
      left -= entries.length;
    }
    return page;
  }

  /** Entries of an index from a position on; `last`: there are no more behind them. */
  private async entriesAfter(
    index: string,
    after: RunPosition | null,
    count: number,
  ): Promise<{ entries: RunPosition[]; last: boolean }> {
    const from = after?.createdMs ?? '+inf';
    // Those of the position's own millisecond that were on the page before come first.
    for (let skip = 0; ; skip += count) {
      const reply = await this.redis.zrange(
        index,
        from,
        '-inf',
        'BYSCORE',
        'REV',
        'LIMIT',
        skip,
        count,
        'WITHSCORES',
      );
      const found = positionsOf(reply);
      const entries = found.filter((entry) => after === null || isBehind(entry, after));
      const last = found.length < count;
      if (entries.length > 0 || last) return { entries, last };
    }
  }

  private async summaries(
    tenantId: string,
    entries: readonly RunPosition[],
    { unreadable }: RunPage,
  ): Promise<(RunSummary | undefined)[]> {
    const asked = this.redis.pipeline();
    for (const { runId } of entries) asked.hmget(this.keys.run(tenantId, runId), ...RUN_SUMMARY_FIELDS);
    return repliesOf(await asked.exec()).map((values, i) => {
      const hash = hashOf(RUN_SUMMARY_FIELDS, values as (string | null)[]);
      // A run past its retention stays in its index until the next one is created.
      if (Object.keys(hash).length === 0) return undefined;
      try {
        return runSummaryFromHash(hash);
      } catch (error) {
        unreadable.push({ runId: String(entries[i]?.runId), error: toError(error) });
        return undefined;
      }
    });
  }
}

function positionsOf(reply: readonly string[]): RunPosition[] {
  return reply.flatMap((runId, i) => (i % 2 === 0 ? [{ runId, createdMs: Number(reply[i + 1]) }] : []));
}

/** Newest first, and within a millisecond by id, the greatest first: as Redis orders a sorted set backwards. */
function isBehind(entry: RunPosition, position: RunPosition): boolean {
  if (entry.createdMs !== position.createdMs) return entry.createdMs < position.createdMs;
  return entry.runId < position.runId;
}

function passes(run: RunSummary, { source, state }: RunFilter): boolean {
  return (source === undefined || run.source === source) && (state === undefined || run.state === state);
}
