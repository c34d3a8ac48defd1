import { runPlanSchema, type RunBudgets, type WalkPlan } from '#libs/contracts';
import { compileIcp, type CompiledIcp } from '#libs/domain';
import { type RunRepository, type RunRef } from '#libs/run-state';
import { NO_CREDENTIALS, type OwnCredentials } from '#libs/tenancy';
import { UNTUNED, type CellTuning } from '#libs/vendor-gate';
import type { CredentialCache } from './own-keys/credential-cache';

const RUNS_MAX = 500;
const NOBODYS: Pick<CredentialCache, 'of'> = { of: () => Promise.resolve(NO_CREDENTIALS) };

/** What a run's walks need of its plan, made ready once. */
export interface ReadyPlan {
  walk: WalkPlan;
  icp: CompiledIcp;
  /** The tenant's share against others'. */
  weight: number;
  budgets: RunBudgets;
  /** Whether the run was planned for the simulator. */
  simulated: boolean;
  /** The tenant's own keys for vendors, as they are now. */
  own: OwnCredentials;
}

/** What is pinned of it. */
type PinnedPlan = Omit<ReadyPlan, 'own'>;

/** Plans of the runs this process works on. A plan is pinned before the first company, so it may be kept. */
export class PlanCache {
  private readonly plans = new Map<string, PinnedPlan>();

  constructor(
    private readonly runs: RunRepository,
    private readonly tuning: Pick<CellTuning, 'weight'> = UNTUNED,
    private readonly credentials: Pick<CredentialCache, 'of'> = NOBODYS,
  ) {}

  /** The run's plan; `undefined` if the run or its plan is gone. */
  async get(run: RunRef): Promise<ReadyPlan | undefined> {
    const key = `${run.tenantId}/${run.runId}`;
    const plan = this.plans.get(key) ?? (await this.pinned(run, key));
    if (!plan) return undefined;
    const own = await this.credentials.of(run.tenantId);
    // What an operator says now goes before what was pinned.
    const weight = this.tuning.weight(run.tenantId) ?? plan.weight;
    return { ...plan, weight, own };
  }

  private async pinned(run: RunRef, key: string): Promise<PinnedPlan | undefined> {
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
