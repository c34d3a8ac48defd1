import { z } from 'zod';
import { companySchema } from './company.schema';
import { icpMatchSchema, leadScoreSchema } from './lead.schema';
import { OPERATIONS, type Operation } from './step-result.schema';

/** The name of an operation, e.g. as the key of a policy or a waterfall. */
export const operationSchema = z.enum(Object.keys(OPERATIONS) as [Operation, ...Operation[]]);

/**
 * How a step of the walk ended.
 * `found`: a vendor answered with facts · `empty`: the last vendor of the waterfall knew nothing (no error) ·
 * `skipped`: not called, with the reason · `failed`: every vendor ended in an error · `in_doubt`: sent, outcome unknown.
 */
export const STEP_STATUSES = ['found', 'empty', 'skipped', 'failed', 'in_doubt'] as const;

export const stepRecordSchema = z.object({
  step: z.string(),
  op: operationSchema,
  status: z.enum(STEP_STATUSES),
  /** The vendor whose answer stands; null when none was called. */
  vendor: z.string().nullable(),
  /** Parsed by the operation's own output schema when status is `found`. */
  output: z.unknown().optional(),
  reason: z.string().optional(),
  cost_micro: z.int().min(0),
  simulated: z.boolean(),
});
export type StepRecord = z.infer<typeof stepRecordSchema>;

/** A vendor of a waterfall that was asked and did not end the step. */
export const triedVendorSchema = z.object({
  step: z.string(),
  vendor: z.string(),
  outcome: z.string(),
  /** True when the vendor answered and knew nothing; false when it failed or refused. */
  empty: z.boolean(),
  /** False for a vendor that was passed over without a request: its budget was used up, or its cap stayed taken. */
  asked: z.literal(false).optional(),
  cost_micro: z.int().min(0),
});
export type TriedVendor = z.infer<typeof triedVendorSchema>;

/** `pending`: to be walked · `done`: lead saved · `failed`: gave up, with a reason · `suppressed`: must not be contacted. */
export const COMPANY_STATES = ['pending', 'done', 'failed', 'suppressed'] as const;
export type CompanyState = (typeof COMPANY_STATES)[number];
export const TERMINAL_COMPANY_STATES: readonly CompanyState[] = ['done', 'failed', 'suppressed'];

/** Everything the walk knows of one candidate; the decision function reads nothing else. */
export const walkStateSchema = z.object({
  company: companySchema,
  match: icpMatchSchema,
  steps: z.array(stepRecordSchema),
  tried: z.array(triedVendorSchema),
});
export type WalkState = z.infer<typeof walkStateSchema>;

/** A company of a run as stored: the walk's state plus where it stands. */
export const companyDocumentSchema = walkStateSchema.extend({
  state: z.enum(COMPANY_STATES),
  /** Position in the shortlist, 1 = best pre-score. */
  position: z.int().min(1),
  score: leadScoreSchema.nullable(),
  failure: z.string().nullable(),
});
export type CompanyDocument = z.infer<typeof companyDocumentSchema>;

/**
 * What to do about a cap that is taken. `wait`: as long as it takes · `next-provider`: ask the next vendor of the waterfall ·
 * `skip`: end the step without an answer.
 */
export const ON_WAIT = ['wait', 'next-provider', 'skip'] as const;

/** How long one call of an operation may wait for its cap, and what then. */
export const stepPolicySchema = z.strictObject({
  on_wait: z.enum(ON_WAIT).default('wait'),
  /** Null: without a limit for `wait`, not at all for the others. */
  max_wait_ms: z.int().min(0).nullable().default(null),
});
export type StepPolicy = z.infer<typeof stepPolicySchema>;

/** What the run asks of every walk: fixed when the run is planned, so that a retry asks the same. */
export const walkPlanSchema = z.object({
  /** Vendors able to serve each operation, in the order to ask them. No list, or an empty one, skips the step with a reason. */
  waterfalls: z.partialRecord(operationSchema, z.array(z.string())),
  titles: z.array(z.string()),
  /** How many contacts' addresses are verified at most, until the first valid one. */
  max_verifications: z.int().min(0).max(10),
  /** For how many named contacts without an address one is looked up at most. */
  max_email_finds: z.int().min(0).max(10).default(2),
  /** An operation without one waits for its cap as long as it takes. */
  policies: z.partialRecord(operationSchema, stepPolicySchema).default({}),
});
export type WalkPlan = z.infer<typeof walkPlanSchema>;
