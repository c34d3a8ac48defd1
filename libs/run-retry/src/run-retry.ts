import { setTimeout as delay } from 'node:timers/promises';
import { failpoint } from '#libs/config';
import { appError, type RunPlan } from '#libs/contracts';
import type { RetryCause } from '#libs/domain';
import { counted, readableUsd } from '#libs/kernel';
import type { RunFlow } from '#libs/queue';
import type { RunRef, RunRepository } from '#libs/run-state';
import type { RetryPrice, RetryPricing } from './retry-pricing';

export interface RetryRequest {
  include: readonly RetryCause[];
  /** Most that the retry may be expected to cost; null: any price. */
  maxCostMicro: number | null;
  /** Most runs the tenant may have that have not ended, this one included. */
  activeRunsMax: number;
  /** As people read it, e.g. `a person`. */
  who: string;
  /** Told the price before it is compared and anything happens. */
  priced?: (price: RetryPrice) => void;
}

/** An export that has ended its run ends itself within moments, unless its worker died. */
const EXPORT_ENDS_MS = 5_000;
const LOOK_MS = 100;

const ENDS: Readonly<Record<RetryCause, string>> = { failed: 'in an error', in_doubt: 'in doubt' };

/**
 * Walks the companies of an ended run again that failed or are in doubt: in place, as the same run under a new epoch. First the
 * state flips, then the new flow is added; the reconciler adds it where the one who flipped the state died in between.
 */
export class RunRetry {
  constructor(
    private readonly runs: RunRepository,
    private readonly flow: Pick<RunFlow, 'addRetry' | 'exportJob'>,
    private readonly pricing: RetryPricing,
  ) {}

  /** What it would take. Throws `nothing_to_retry`, `illegal_transition` for a run that has not ended so, `run_not_found`. */
  async price(run: RunRef, include: readonly RetryCause[]): Promise<RetryPrice> {
    const price = await this.pricing.price(run, await this.planOfEnded(run), include);
    if (price.companies === 0) {
      const ends = include.map((cause) => ENDS[cause]).join(' or ');
      throw appError('nothing_to_retry', `no company of run ${run.runId} ended ${ends}`);
    }
    return price;
  }

  /** Prices it and starts it. Throws as `price`, `retry_too_expensive` and `too_many_runs`: then nothing has happened. */
  async start(run: RunRef, request: RetryRequest): Promise<RetryPrice> {
    const { include, maxCostMicro, activeRunsMax, who, priced } = request;
    const price = await this.price(run, include);
    priced?.(price);
    const { expected } = price.estimate.cost_micro;
    if (maxCostMicro !== null && expected > maxCostMicro) {
      throw appError(
        'retry_too_expensive',
        `walking ${counted(price.companies, 'company', 'companies')} again is expected to cost $${readableUsd(expected)}, ` +
          `more than $${readableUsd(maxCostMicro)}`,
      );
    }
    await this.untilExportEnded(run);
    const message = `Tried again by ${who}: ${counted(price.companies, 'company', 'companies')} to be walked`;
    const { epoch } = await this.runs.retries.begin(run, message, { causes: include, activeRunsMax });
    failpoint('retry.before_flow');
    await this.flow.addRetry({ ...run, epoch });
    return price;
  }

  private async planOfEnded(run: RunRef): Promise<RunPlan> {
    const { state, plan } = await this.runs.get(run);
    if (state !== 'completed' && state !== 'partial' && state !== 'failed') {
      throw appError(
        'illegal_transition',
        `run ${run.runId} is ${state}: only what has completed, in part or not at all, can be tried again`,
      );
    }
    // A run that only exports has the companies of another.
    if (plan?.stages.includes('enrich') && plan.source_run_id === null) return plan;
    throw appError('nothing_to_retry', `run ${run.runId} has walked no companies`);
  }

  /** Its worker, given the job a second time, would take the retried run for its own. */
  private async untilExportEnded({ runId }: RunRef): Promise<void> {
    const deadline = performance.now() + EXPORT_ENDS_MS;
    while ((await this.flow.exportJob(runId)) === 'live') {
      if (performance.now() > deadline) {
        throw appError(
          'illegal_transition',
          `run ${runId} has ended and its export has not yet: try again in a moment`,
        );
      }
      await delay(LOOK_MS);
    }
  }
}
