import { z } from 'zod';
import { icpSchema } from './icp.schema';
import { runWebhookSchema } from './webhook.schema';
import { operationSchema, walkPlanSchema } from './walk.schema';

export const RUN_SOURCES = ['api', 'cli', 'cron', 'chat'] as const;
export type RunSource = (typeof RUN_SOURCES)[number];

export const RUN_MODES = ['full', 'enrich', 'export-only', 'dry-run'] as const;
export type RunMode = (typeof RUN_MODES)[number];

export const RUN_STATES = [
  'queued',
  'running',
  'paused',
  'needs_input',
  'completed',
  'partial',
  'failed',
  'cancelled',
] as const;
export type RunState = (typeof RUN_STATES)[number];
export const TERMINAL_RUN_STATES: readonly RunState[] = [
  'needs_input',
  'completed',
  'partial',
  'failed',
  'cancelled',
];

export const PHASES = ['plan', 'normalize', 'shortlist', 'enrich', 'score', 'export', 'summary'] as const;
export type Phase = (typeof PHASES)[number];

/** What stands in Redis keys where a tenant's id does, followed by a version: a tenant of that name would share a prefix with it. */
const KEY_WORDS =
  'active-runs apikey audit audit-ends bad-keys bucket cap cap-events caps cron-starts cron-successes datasetexpiries ' +
  'doubt-lists erasures event-wake fair lease leases open-questions run-handover schedules-due suppression-key tenants-at-work tuning ' +
  'uncounted vendor-budget webhook-outbox window worker-skews workers';
/** Likewise BullMQ's prefix; and what the file of tenants calls everybody else. */
const RESERVED_TENANT_ID = new RegExp(`^(?:bull|default|(?:${KEY_WORDS.replaceAll(' ', '|')})\\d+)$`);

/** Safe in keys, job ids, paths and logs. */
export const tenantIdSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, {
    error: 'a tenant id is 1–64 letters, digits, "-" or "_", starting with a letter or digit',
  })
  .refine((id) => !RESERVED_TENANT_ID.test(id), {
    error: 'this word is used for something else where tenants’ ids stand: choose another id',
  });
export const threadIdSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$/, {
  error: 'a thread id is 1–128 letters, digits, ".", "-" or "_", starting with a letter or digit',
});
export const runIdSchema = z.string().regex(/^run_[0-9A-HJKMNP-TV-Z]{26}$/);

export const SINKS = ['csv', 'jsonl'] as const;
export type SinkName = (typeof SINKS)[number];

/** What a caller asks for; the same whatever surface it came through. */
export const runRequestSchema = z.strictObject({
  tenant_id: tenantIdSchema,
  thread_id: threadIdSchema.optional(),
  user_id: z.string().min(1).max(128).optional(),
  input: z.string().trim().min(1).max(4000),
  icp: icpSchema.optional(),
  mode: z.enum(RUN_MODES).default('full'),
  /** Object-storage key of the companies, written before the run is created. */
  dataset_key: z.string().min(1).max(512).optional(),
  /** The file's name as the caller knows it, for messages. */
  dataset_name: z.string().max(512).optional(),
  /** True: no real vendor may be asked, whatever the cell's workers are set to. */
  offline: z.boolean().optional(),
  limit: z.int().min(1).max(1_000_000).default(50),
  /** Most this run may spend; where the tenant's own budget for a run is smaller, that one counts. */
  budget_micro_usd: z.int().min(0).optional(),
  export: z.array(z.enum(SINKS)).min(1).default(['csv', 'jsonl']),
  /** True: the run's leads are those that no earlier export of the tenant has had. */
  new_only: z.boolean().optional(),
  webhook: runWebhookSchema.optional(),
});
export type RunRequest = z.infer<typeof runRequestSchema>;

export const runStatusSchema = z.object({
  phase: z.enum(PHASES),
  message: z.string(),
  updated_at: z.string(),
});
export type RunStatus = z.infer<typeof runStatusSchema>;

/** `rows = kept + merged + rejected`: no row is lost without a word. */
export const inputTotalsSchema = z.object({
  rows: z.int(),
  kept: z.int(),
  merged: z.int(),
  rejected: z.int(),
});
export type InputTotals = z.infer<typeof inputTotalsSchema>;

export const stageVerdictSchema = z.object({
  stage: z.enum(PHASES),
  duration_ms: z.int(),
  budget_ms: z.int().nullable(),
  within: z.boolean(),
});
export type StageVerdict = z.infer<typeof stageVerdictSchema>;

/** What may be spent, in micro-USD; null: without a limit. */
export const runBudgetsSchema = z.object({
  run_micro: z.int().min(0).nullable(),
  /** All runs of the tenant, per UTC day. */
  tenant_day_micro: z.int().min(0).nullable(),
  /** By vendor id: all calls to the vendor, per UTC day. A vendor that is not named has no limit. */
  vendor_day_micro: z.record(z.string(), z.int().min(0)).nullable(),
});
export type RunBudgets = z.infer<typeof runBudgetsSchema>;
export const NO_BUDGETS: RunBudgets = { run_micro: null, tenant_day_micro: null, vendor_day_micro: null };

/** A pinned plan: what this run will do, decided once by the plan stage. */
export const runPlanSchema = z.object({
  icp: icpSchema,
  stages: z.array(z.enum(PHASES)),
  walk: walkPlanSchema,
  budgets: runBudgetsSchema.default(NO_BUDGETS),
  /** The tenant's share of a cap against others': twice the weight is served twice as often. */
  weight: z.number().positive().default(1),
  simulated: z.boolean(),
  /** Where the companies come from when this run does not normalize: an earlier run of the thread. */
  source_run_id: z.string().nullable(),
  /** Entries of the tenant's exclusion list, pinned in the run's `exclusions.jsonl`; not set: there are none. */
  exclusions: z.int().min(1).optional(),
});
export type RunPlan = z.infer<typeof runPlanSchema>;

export const vendorUsageSchema = z.object({
  vendor: z.string(),
  calls: z.int(),
  /** Answered from the ledger, without a call. */
  cached: z.int(),
  cost_micro: z.int(),
  /** How the calls ended: with facts, knowing nothing, in an error. */
  found: z.int().default(0),
  empty: z.int().default(0),
  failed: z.int().default(0),
  /** What the answers from the ledger had cost when they were bought. */
  saved_micro: z.int().default(0),
  /** 95 of 100 calls took no longer, ms, rounded up to a bucket's edge; null where none was measured. */
  p95_ms: z.int().nullable().default(null),
  /** True: the vendor was the simulator, and nothing of it was paid. */
  simulated: z.boolean().default(false),
});
export type VendorUsage = z.infer<typeof vendorUsageSchema>;

/** What a vendor's answers were worth in one operation, over all companies of a run. */
export const providerStatsSchema = z.object({
  vendor: z.string(),
  op: operationSchema,
  /** Companies (addresses, for those) it was asked about, the ledger's answers included. */
  tried: z.int(),
  found: z.int(),
  empty: z.int(),
  failed: z.int(),
  in_doubt: z.int(),
  /** Not asked although its turn had come: its budget was used up, or its cap stayed taken. */
  passed_over: z.int(),
  /** Of a finder: its addresses that were verified as valid; of a verifier: its valid verdicts. */
  verified: z.int(),
  /** What its answers cost when they were bought, be it in this run or before. */
  cost_micro: z.int(),
});
export type ProviderStats = z.infer<typeof providerStatsSchema>;

/** What enriching the selected companies is expected to take, before anything is bought. */
export const runEstimateSchema = z.object({
  companies: z.int(),
  /** Companies whose first step the ledger has already; 0 where nobody looked. */
  known_in_ledger: z.int(),
  calls: z.array(z.object({ vendor: z.string(), calls: z.int() })),
  calls_total: z.int(),
  cost_micro: z.object({ low: z.int(), expected: z.int(), high: z.int() }),
  /** Within the vendors' caps. */
  seconds: z.int(),
  /** The cap that decides the time, e.g. `15/s`; null where none slows the run down. */
  bound_by: z.object({ vendor: z.string(), cap: z.string() }).nullable(),
  /** What the run may spend; null: without a limit. */
  budget_micro: z.int().nullable(),
});
export type RunEstimate = z.infer<typeof runEstimateSchema>;

/** What a finished run leaves: counts, files and messages; also the `output` of the API and of the CLI's last line. */
export const runOutputSchema = z.object({
  message: z.string(),
  input: inputTotalsSchema.nullable(),
  matched: z.int(),
  /** Companies on the tenant's exclusion list; shortlist.jsonl names them. */
  excluded: z.int().default(0),
  candidates: z.int(),
  leads: z.int(),
  buckets: z.object({ A: z.int(), B: z.int(), C: z.int() }),
  failed: z.array(z.object({ company_id: z.string(), name: z.string(), reason: z.string() })),
  failed_total: z.int(),
  /** Companies on the tenant's suppression list, the first of them by name: nothing of them is exported. */
  suppressed: z.array(z.object({ company_id: z.string(), name: z.string() })).default([]),
  suppressed_total: z.int().default(0),
  /** Companies left out of a run of `new_only`, since an earlier export of the tenant has had them. */
  delivered_before: z.int().default(0),
  /** Money spent: none by a simulated run. */
  cost_micro_usd: z.int(),
  usage: z.array(vendorUsageSchema),
  /** What the ledger's answers had cost when they were bought: not spent again. */
  saved_micro_usd: z.int().default(0),
  /** What a simulated run would have spent and saved, by the vendors' prices; 0 for any other. */
  simulated_cost_micro_usd: z.int().default(0),
  simulated_saved_micro_usd: z.int().default(0),
  providers: z.array(providerStatsSchema).default([]),
  estimate: runEstimateSchema.nullable().default(null),
  verdicts: z.array(stageVerdictSchema),
  warnings: z.array(z.string()),
  /** For `no_company_matched`: the companies that came closest, with what they missed. */
  nearest_misses: z.array(z.object({ name: z.string(), pre_score: z.number(), missed: z.array(z.string()) })),
  /** File kind → object-storage key. */
  files: z.record(z.string(), z.string()),
  simulated: z.boolean(),
});
export type RunOutput = z.infer<typeof runOutputSchema>;

/** A run as stored and as the API shows it. Times are ISO 8601 UTC. */
export const runRecordSchema = z.object({
  run_id: runIdSchema,
  thread_id: z.string(),
  source: z.enum(RUN_SOURCES),
  request: runRequestSchema,
  state: z.enum(RUN_STATES),
  pause_reason: z.enum(['person', 'vendor_cap']).nullable(),
  status: runStatusSchema,
  plan: runPlanSchema.nullable(),
  output: runOutputSchema.nullable(),
  /** Code and message of what failed the run, or the question of `needs_input`. */
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
  epoch: z.int(),
  created_at: z.string(),
  started_at: z.string().nullable(),
  finished_at: z.string().nullable(),
  /** `done`: ended without an error, those that must not be contacted included. */
  counters: z.object({ candidates: z.int(), done: z.int(), failed: z.int() }),
});
export type RunRecord = z.infer<typeof runRecordSchema>;
