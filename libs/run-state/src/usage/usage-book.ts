import { type CellKeys, TTL_SECONDS, type RedisClient } from '#libs/redis';
import type { RunRef } from '../run-ref';
import { runStateScripts } from '../run-state-scripts';

/** What one vendor did for a tenant on one UTC day. */
export interface DayUsage {
  /** `YYYY-MM-DD`. */
  day: string;
  vendor: string;
  /** True: the vendor was the simulator, and nothing of it was paid. */
  simulated: boolean;
  calls: number;
  /** Answered from the ledger, without a call. */
  cached: number;
  costMicro: number;
  /** What the ledger's answers had cost when they were bought. */
  savedMicro: number;
}

const FIELD = /^(\d{4}-\d\d-\d\d):([^:]+):(calls|cached|cost|saved)(:simulated)?$/;
const MEMBER = { calls: 'calls', cached: 'cached', cost: 'costMicro', saved: 'savedMicro' } as const;

/**
 * Usage per tenant, UTC day and vendor, added up from the counters of runs. The calls themselves pay nothing for it: a run is
 * booked when it ends and whenever somebody looks, and what came since the last booking counts for the day of this one.
 */
export class UsageBook {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
  ) {}

  /** Books what is not booked yet; a run that is gone has nothing. Repeating it changes nothing. */
  async book(run: RunRef, nowMs = Date.now()): Promise<void> {
    const day = dayOf(nowMs);
    await runStateScripts.bookUsage.run(
      this.redis,
      [this.keys.run(run.tenantId, run.runId), this.keys.usage(run.tenantId, monthOf(day))],
      [day, TTL_SECONDS.usage],
    );
  }

  /** From the first to the last day, both counted in; by day, then vendor, what was simulated behind what was not. */
  async between(tenantId: string, firstDay: string, lastDay: string): Promise<DayUsage[]> {
    const months = monthsBetween(firstDay, lastDay);
    const hashes = await Promise.all(
      months.map((month) => this.redis.hgetall(this.keys.usage(tenantId, month))),
    );
    const byDayAndVendor = new Map<string, DayUsage>();
    for (const [field, value] of hashes.flatMap((hash) => Object.entries(hash))) {
      const [, day, vendor, counter, how] = FIELD.exec(field) ?? [];
      if (day === undefined || vendor === undefined || day < firstDay || day > lastDay) continue;
      const simulated = how !== undefined;
      const none = { day, vendor, simulated, calls: 0, cached: 0, costMicro: 0, savedMicro: 0 };
      const row = `${day} ${vendor} ${how ?? ''}`;
      byDayAndVendor.set(row, {
        ...(byDayAndVendor.get(row) ?? none),
        [MEMBER[counter as keyof typeof MEMBER]]: Number(value),
      });
    }
    return [...byDayAndVendor].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, usage]) => usage);
  }
}

/** The UTC day of a moment, `YYYY-MM-DD`. */
export function dayOf(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

function monthOf(day: string): string {
  return day.slice(0, 7);
}

function monthsBetween(firstDay: string, lastDay: string): string[] {
  const months: string[] = [];
  const month = new Date(`${monthOf(firstDay)}-01T00:00:00Z`);
  while (monthOf(dayOf(month.getTime())) <= monthOf(lastDay)) {
    months.push(monthOf(dayOf(month.getTime())));
    month.setUTCMonth(month.getUTCMonth() + 1);
  }
  return months;
}
