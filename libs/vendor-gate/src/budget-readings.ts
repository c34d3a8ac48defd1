import type { MicroUsd } from '#libs/kernel';
import type { CellKeys, RedisClient } from '#libs/redis';

const DAY_MS = 86_400_000;

/** Spent and reserved of each budget, in the order asked for; 0 of one that nothing was spent of. */
export interface BudgetsUsed {
  runs: MicroUsd[];
  tenants: MicroUsd[];
  vendors: MicroUsd[];
}

/** Whose budgets: runs by tenant and id, tenants of the day, and vendors of the day by the platform's cap. */
export interface BudgetOwners {
  runs: readonly { tenantId: string; runId: string }[];
  tenants: readonly string[];
  vendors: readonly string[];
}

/** What is used of any number of budgets, in one round trip. `nowMs` by Redis's clock says which day. */
export async function budgetsUsed(
  redis: RedisClient,
  keys: CellKeys,
  { runs, tenants, vendors }: BudgetOwners,
  nowMs: number,
): Promise<BudgetsUsed> {
  const day = `${Math.floor(nowMs / DAY_MS)}:`;
  const asked = [
    ...runs.map((run) => [keys.run(run.tenantId, run.runId), 'b:'] as const),
    ...tenants.map((tenantId) => [keys.tenantBudget(tenantId), day] as const),
    ...vendors.map((capId) => [keys.vendorBudget(capId), day] as const),
  ];
  if (asked.length === 0) return { runs: [], tenants: [], vendors: [] };
  const pipeline = redis.pipeline();
  for (const [key, prefix] of asked) pipeline.hmget(key, `${prefix}spent`, `${prefix}reserved`);
  const used = ((await pipeline.exec()) ?? []).map(([error, reply]) => {
    if (error) throw error;
    const [spent, reserved] = reply as (string | null)[];
    return Number(spent ?? 0) + Number(reserved ?? 0);
  });
  return {
    runs: used.slice(0, runs.length),
    tenants: used.slice(runs.length, runs.length + tenants.length),
    vendors: used.slice(runs.length + tenants.length),
  };
}
