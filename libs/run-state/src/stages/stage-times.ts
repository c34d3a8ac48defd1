import { stageBudgetMs, type Phase, type RunEventType, type StageVerdict } from '#libs/contracts';
import type { CellKeys, RedisClient } from '#libs/redis';
import { runNotFound, type RunRef } from '../run-ref';
import { runStateScripts } from '../run-state-scripts';

/** Called once per stage of a run that has ended, with its verdict. */
export type StageListener = (verdict: StageVerdict) => void;

/** Of the repository of runs. */
interface Announcing {
  announce(
    run: RunRef,
    event: RunEventType,
    phase: Phase,
    message: string,
    fields: Readonly<Record<string, string | number>>,
  ): Promise<boolean>;
}

/** How long the stages of a run took, each held against its budget. */
export class StageTimes {
  constructor(
    private readonly redis: RedisClient,
    private readonly keys: CellKeys,
    private readonly runs: Announcing,
    private readonly onStage: StageListener,
  ) {}

  /** Stores how long a stage took and, if that is over its budget for so many leads, says so once. Throws `run_not_found`. */
  async record(run: RunRef, stage: Phase, durationMs: number, leads = 0): Promise<StageVerdict> {
    const budgetMs = stageBudgetMs(stage, leads);
    const within = budgetMs === null || durationMs <= budgetMs;
    const field = stageMsField(stage);
    if (within) {
      const key = this.keys.run(run.tenantId, run.runId);
      const noted = await runStateScripts.noteStage.run(this.redis, [key], [field, durationMs]);
      if (noted === -2) throw runNotFound(run.runId);
    } else {
      const whose = stage === 'enrich' ? ' for its slowest company' : '';
      const message = `${stage} took ${Math.round(durationMs / 1000)} s${whose}, its budget is ${budgetMs / 1000} s`;
      await this.runs.announce(run, 'stage_budget_exceeded', stage, message, { [field]: durationMs });
    }
    const verdict = { stage, duration_ms: durationMs, budget_ms: budgetMs, within };
    this.onStage(verdict);
    return verdict;
  }
}

/** The field of a run's hash that holds how long a stage took, ms. */
export function stageMsField(stage: Phase): string {
  return `ms:${stage}`;
}
