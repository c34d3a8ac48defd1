import { tenantTerms, type Settings } from '#libs/config';
import { runPlanSchema } from '#libs/contracts';
import { leaderSample, type LeaderSample } from '#libs/observability';
import type { CellKeys, RedisClient } from '#libs/redis';
import type { RunMarks, RunRef } from '#libs/run-state';
import { budgetsUsed, platformCapId } from '#libs/vendor-gate';

const DAY_MS = 86_400_000;
const planBudget = runPlanSchema.pick({ budgets: true });

/**
 * How full the fullest budget of each kind is: of runs that have not ended, of tenants that have or had such a run today
 * (whoever led then), of vendors with a budget for the day.
 */
export class BudgetFigures {
  /** What active runs may spend; read once, since it is pinned. */
  private runLimits = new Map<string, number | null>();
  /** Tenants that this process has noted today. */
  private noted = new Set<string>();
  private day = 0;

  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly settings: Pick<Settings, 'tenants' | 'vendorOverrides' | 'runtime'>,
    private readonly marks: Pick<RunMarks, 'atWork' | 'noteAtWork'>,
  ) {}

  async read(active: readonly RunRef[], nowMs: number): Promise<LeaderSample[]> {
    await this.remember(active, nowMs);
    await this.learnLimits(active);
    const tenantsToday = new Set(await this.marks.atWork(this.day * DAY_MS)).union(tenantsOf(active));
    const runs = active.flatMap((run) => limited(run, this.runLimits.get(run.runId)));
    const tenants = [...tenantsToday].flatMap((tenantId) =>
      limited(tenantId, tenantTerms(this.settings.tenants, tenantId).budgets.day_micro),
    );
    const { offline } = this.settings.runtime;
    const vendors = Object.entries(this.settings.vendorOverrides).flatMap(([vendor, plan]) =>
      limited(platformCapId(vendor, offline), plan.day_budget_micro),
    );
    const owners = { runs: whose(runs), tenants: whose(tenants), vendors: whose(vendors) };
    const used = await budgetsUsed(this.redis, this.keys, owners, nowMs);
    return [
      leaderSample('leadgen_budget_used_ratio', { scope: 'run' }, fullest(runs, used.runs)),
      leaderSample('leadgen_budget_used_ratio', { scope: 'tenant_day' }, fullest(tenants, used.tenants)),
      leaderSample('leadgen_budget_used_ratio', { scope: 'vendor_day' }, fullest(vendors, used.vendors)),
    ];
  }

  private async remember(active: readonly RunRef[], nowMs: number): Promise<void> {
    const day = Math.floor(nowMs / DAY_MS);
    if (day !== this.day) this.noted = new Set();
    this.day = day;
    const fresh = tenantsOf(active).difference(this.noted);
    // A Redis that is full takes no notes, and is just then to be told of: they are made at a later look.
    const isNoted = await this.marks.noteAtWork([...fresh]).then(
      () => true,
      () => false,
    );
    if (isNoted) this.noted = this.noted.union(fresh);
    const ids = new Set(active.map(({ runId }) => runId));
    this.runLimits = new Map([...this.runLimits].filter(([runId]) => ids.has(runId)));
  }

  /** A run has none before it is planned: it is asked again. */
  private async learnLimits(active: readonly RunRef[]): Promise<void> {
    const unknown = active.filter(({ runId }) => !this.runLimits.has(runId));
    const plans = await Promise.all(
      unknown.map(({ tenantId, runId }) => this.redis.hget(this.keys.run(tenantId, runId), 'plan')),
    );
    for (const [i, { runId }] of unknown.entries()) {
      const plan = plans[i];
      if (plan) this.runLimits.set(runId, planBudget.parse(JSON.parse(plan)).budgets.run_micro);
    }
  }
}

interface Limited<Owner> {
  owner: Owner;
  limit: number;
}

function tenantsOf(runs: readonly RunRef[]): Set<string> {
  return new Set(runs.map(({ tenantId }) => tenantId));
}

/** A budget of 0 allows nothing, and nothing is used of it. */
function limited<Owner>(owner: Owner, limit: number | null | undefined): Limited<Owner>[] {
  return limit === null || limit === undefined || limit <= 0 ? [] : [{ owner, limit }];
}

function whose<Owner>(budgets: readonly Limited<Owner>[]): Owner[] {
  return budgets.map(({ owner }) => owner);
}

function fullest(budgets: readonly { limit: number }[], used: readonly number[]): number {
  return Math.max(0, ...budgets.map(({ limit }, i) => (used[i] ?? 0) / limit));
}
