import { z } from 'zod';
import { companySchema } from './company.schema';
import {
  companyProfileSchema,
  contactSchema,
  EMAIL_VERDICTS,
  firmographicsSchema,
  signalSchema,
} from './step-result.schema';

/** Why a company matched the ICP: one criterion, what it asked, what the company has, and the points it earned. */
export const matchReasonSchema = z.object({
  criterion: z.string(),
  /** `match`: met; `miss`: known and not met; `unknown`: the company's value is missing. */
  verdict: z.enum(['match', 'miss', 'unknown']),
  /** A sentence a salesperson can read, e.g. `Industry Software is on your list`. */
  text: z.string(),
});
export type MatchReason = z.infer<typeof matchReasonSchema>;

/** The verdict of the shortlist on one company. `pre_score` 0–100, from the input's facts alone. */
export const icpMatchSchema = z.object({
  matched: z.boolean(),
  pre_score: z.number().min(0).max(100),
  reasons: z.array(matchReasonSchema),
});
export type IcpMatch = z.infer<typeof icpMatchSchema>;

/** One scored feature: `contribution` points out of `weight` possible; `known: false` lowers confidence only. */
export const scoreFeatureSchema = z.object({
  feature: z.string(),
  weight: z.number(),
  contribution: z.number(),
  known: z.boolean(),
  text: z.string(),
});
export type ScoreFeature = z.infer<typeof scoreFeatureSchema>;

export const BUCKETS = ['A', 'B', 'C'] as const;
export const leadScoreSchema = z.object({
  /** 0–100, one decimal at most. */
  score: z.number().min(0).max(100),
  /** A ≥ 70, B ≥ 50, C below. */
  bucket: z.enum(BUCKETS),
  /** 0–1: the share of the possible points whose facts are known. */
  confidence: z.number().min(0).max(1),
  features: z.array(scoreFeatureSchema),
  rationale: z.string(),
});
export type LeadScore = z.infer<typeof leadScoreSchema>;

export const leadContactSchema = contactSchema.extend({
  verdict: z.enum(EMAIL_VERDICTS).nullable(),
  /** The vendor that gave the address, and the one that verified it. */
  email_source: z.string().nullable().default(null),
  verified_by: z.string().nullable().default(null),
});
export type LeadContact = z.infer<typeof leadContactSchema>;

/** The facts that firm data may fill in, the tenant's own first. */
export const leadFactsSchema = companySchema.pick({
  employees: true,
  industry: true,
  industries: true,
  founded: true,
  country: true,
});
export type LeadFacts = z.infer<typeof leadFactsSchema>;

/**
 * An enriched, scored candidate, one line of `leads.jsonl`. Holds nothing that differs between two runs of the
 * same input (no ids of the run, no times), so that identical input gives identical leads.
 */
export const leadSchema = z.object({
  rank: z.int().min(1),
  /**
   * `complete`: every step ended; `partial`: a step failed, is in doubt or was left out for lack of budget or of time;
   * `failed`: the walk itself failed.
   */
  status: z.enum(['complete', 'partial', 'failed']),
  /** As the input told. */
  company: companySchema,
  /** The input's facts with their gaps filled by what a vendor knows. Null in files of earlier versions. */
  facts: leadFactsSchema.nullable().default(null),
  /** Fact → where it comes from: `input`, or the vendor's id; a fact that is not known is not named. */
  sources: z.record(z.string(), z.string()).default({}),
  score: leadScoreSchema,
  match: icpMatchSchema,
  website: z
    .object({ url: z.string(), title: z.string().nullable(), description: z.string().nullable() })
    .nullable(),
  /** What a vendor of firm data knows, in its own words. */
  firmographics: firmographicsSchema.nullable().default(null),
  /** What was read out of the company's own text. */
  profile: companyProfileSchema.nullable().default(null),
  /** The most telling first. */
  signals: z.array(signalSchema).default([]),
  contacts: z.array(leadContactSchema),
  /** What went wrong, a sentence each; empty for a complete lead. */
  problems: z.array(z.string()),
  cost_micro_usd: z.int().min(0),
  /** Vendors that answered, in walk order. */
  vendors: z.array(z.string()),
  /** True if any fact came from the simulator. */
  simulated: z.boolean(),
});
export type Lead = z.infer<typeof leadSchema>;

/** A lead as a list shows it; `rank: null` while its run goes on, and leads have no rank yet. */
export const listedLeadSchema = leadSchema.extend({ rank: z.int().min(1).nullable() });
export type ListedLead = z.infer<typeof listedLeadSchema>;
