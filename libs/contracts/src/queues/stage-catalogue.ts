import { z } from 'zod';
import { companyIdSchema } from '../entities/company.schema';
import { runIdSchema, tenantIdSchema, type Phase } from '../entities/run.schema';

const runPayloadV1 = z.strictObject({ v: z.literal(1), tenantId: tenantIdSchema, runId: runIdSchema });

const companyPayloadV1 = runPayloadV1.extend({
  companyId: companyIdSchema,
  /** How often this company was given back; part of the job id, since an add under a used id is a silent no-op. */
  hop: z.int().min(0),
  /** Raised by resume and retry. */
  epoch: z.int().min(0),
});

interface StageDefinition<Payload extends z.ZodType> {
  /** Queue and job name: data, they never change value. */
  queue: string;
  version: number;
  payload: Payload;
  attempts: number;
  /** First wait of the exponential backoff between attempts. */
  backoffMs: number;
  /** The handler's own deadline; past it the attempt fails and is retried. */
  timeoutMs: number;
  /** What `status.phase` says while this stage's first part runs. */
  phase: Phase;
}

function stage<Payload extends z.ZodType>(definition: StageDefinition<Payload>): StageDefinition<Payload> {
  return definition;
}

/** Every queue of the pipeline, declared once: nobody writes a queue name, payload or retry rule a second time. */
export const STAGES = {
  normalize: stage({
    queue: 'normalize',
    version: 1,
    payload: runPayloadV1,
    attempts: 5,
    backoffMs: 1_000,
    timeoutMs: 30 * 60_000,
    phase: 'plan',
  }),
  enrich: stage({
    queue: 'enrich',
    version: 1,
    payload: companyPayloadV1,
    attempts: 5,
    backoffMs: 1_000,
    timeoutMs: 5 * 60_000,
    phase: 'enrich',
  }),
  export: stage({
    queue: 'export',
    version: 1,
    payload: runPayloadV1,
    attempts: 5,
    backoffMs: 1_000,
    timeoutMs: 30 * 60_000,
    phase: 'export',
  }),
} as const;

export type StageName = keyof typeof STAGES;
export type StagePayload<Name extends StageName> = z.infer<(typeof STAGES)[Name]['payload']>;

/**
 * Latency budgets of the rollout: a stage over its budget gets a verdict on the run, it is not killed. Enrich's is per
 * company, export's per thousand leads: ask `stageBudgetMs`.
 */
export const STAGE_BUDGETS_MS: Readonly<Record<Phase, number | null>> = {
  plan: 10_000,
  normalize: 30_000,
  shortlist: null,
  enrich: 45_000,
  score: null,
  export: 20_000,
  summary: null,
};

const EXPORT_BUDGET_LEADS = 1_000;

/** How long the stage may take in a run of so many leads; null where it has no budget of its own. */
export function stageBudgetMs(stage: Phase, leads: number): number | null {
  const budgetMs = STAGE_BUDGETS_MS[stage];
  if (budgetMs === null || stage !== 'export') return budgetMs;
  return budgetMs * Math.max(1, Math.ceil(leads / EXPORT_BUDGET_LEADS));
}
