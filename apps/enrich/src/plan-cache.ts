import { runPlanSchema, type RunBudgets, type WalkPlan } from '#libs/contracts';
import { compileIcp, type CompiledIcp } from '#libs/domain';
import { type RunRepository, type RunRef } from '#libs/run-state';
import { UNTUNED, type CellTuning } from '#libs/vendor-gate';

const RUNS_MAX = 500;

/** What a run's walks need of its plan, made ready once. */
export interface ReadyPlan {
  walk: WalkPlan;
  icp: CompiledIcp;
  /** The tenant's share against others'. */
  weight: number;
  budgets: RunBudgets;
  /** Whether the run was planned for the simulator. */
  simulated: boolean;
}

/** Plans of the runs this process works on. A plan is pinned before the first company, so it may be kept. */
export class PlanCache {
  private readonly plans = new Map<string, ReadyPlan>();

  constructor(
    private readonly runs: RunRepository,
    private readonly tuning: Pick<CellTuning, 'weight'> = UNTUNED,
  ) {}

  /** The run's plan; `undefined` if the run or its plan is gone. */
  async get(run: RunRef): Promise<ReadyPlan | undefined> {
    const plan = await this.pinned(run);
    const weight = this.tuning.weight(run.tenantId);
    // What an operator says now goes before what was pinned.
    return plan && weight !== undefined ? { ...plan, weight } : plan;
  }

  private async pinned(run: RunRef): Promise<ReadyPlan | undefined> {
    const key = `${run.tenantId}/${run.runId}`;
    const known = this.plans.get(key);
    if (known) return known;
    const text = await this.runs.field(run, 'plan');
    if (text === undefined) return undefined;
    const { walk, icp, budgets, weight, simulated } = runPlanSchema.parse(JSON.parse(text));
    const plan = { walk, icp: compileIcp(icp), budgets, weight, simulated };
    const [oldest] = this.plans.keys();
    if (this.plans.size >= RUNS_MAX && oldest !== undefined) this.plans.delete(oldest);
    this.plans.set(key, plan);
    return plan;
  }
}
