import { z } from 'zod';

/** Why a tenant does not want a company enriched. */
export const EXCLUSION_KINDS = ['customer', 'competitor', 'partner', 'other'] as const;
export type ExclusionKind = (typeof EXCLUSION_KINDS)[number];

/** Most entries of a tenant's exclusion list. */
export const EXCLUSIONS_MAX = 10_000;

/** One entry of a tenant's exclusion list: companies of this domain, or of this name. At least one of the two is there. */
export const exclusionSchema = z.object({
  /** `x_` + 16 base32 characters, made of domain and name: the same company is listed once. */
  id: z.string().regex(/^x_[a-z2-7]{16}$/),
  kind: z.enum(EXCLUSION_KINDS),
  /** Registrable domain. */
  domain: z.string().nullable(),
  /** As the tenant writes it. */
  name: z.string().nullable(),
});
export type Exclusion = z.infer<typeof exclusionSchema>;

/** What a tenant's suppression list can name. */
export const SUPPRESSION_KINDS = ['email', 'domain', 'company'] as const;
export type SuppressionKind = (typeof SUPPRESSION_KINDS)[number];

/** Most entries of a tenant's suppression list. */
export const SUPPRESSIONS_MAX = 1_000_000;

/** Who the tenant is, in its own words. */
export const tenantProfileSchema = z.object({
  name: z.string().max(200).nullable(),
  website: z.string().max(500).nullable(),
  /** What the tenant sells. */
  offering: z.string().max(2_000).nullable(),
  /** Whatever else a run should know. */
  text: z.string().max(20_000).nullable(),
});
export type TenantProfile = z.infer<typeof tenantProfileSchema>;
