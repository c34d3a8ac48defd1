import { z } from 'zod';
import { usdSchema } from './usd.schema';

/** Longest window a vendor counts: a month. */
const LENGTH_MS_MAX = 31 * 86_400_000;

const windowOverrideSchema = z.strictObject({
  name: z.string().regex(/^[a-z0-9-]{1,32}$/, { error: 'a window’s name is 1–32 of a–z, 0–9 and "-"' }),
  limit: z.int().min(1).max(10_000_000),
  length_ms: z.int().min(1).max(LENGTH_MS_MAX),
  kind: z.enum(['sliding', 'fixed', 'anchored']).optional(),
});

const vendorOverrideSchema = z
  .strictObject({
    /** Calls in flight at most. */
    concurrency: z.int().min(1).max(10_000).optional(),
    /** A window of the same name is changed, another is added. */
    windows: z.array(windowOverrideSchema).max(8).optional(),
    /** True: the vendor's own windows do not hold, only these. */
    only_these_windows: z.boolean().optional(),
    /** What all tenants together may spend on it per UTC day. */
    day_budget_usd: usdSchema.optional(),
    price_per_unit_usd: usdSchema.optional(),
  })
  .transform(({ day_budget_usd, price_per_unit_usd, ...rest }) => ({
    ...rest,
    day_budget_micro: day_budget_usd,
    price_per_unit_micro: price_per_unit_usd,
  }));

/** What a deployment's plan with a vendor says differently from the vendor's descriptor. Money in micro-units. */
export type VendorOverride = z.output<typeof vendorOverrideSchema>;

/** The file of `LEADGEN_VENDORS_FILE`: by vendor id. */
export const vendorOverridesSchema = z.record(
  z.string().regex(/^[a-z0-9]{2,20}$/, { error: 'a vendor id is 2–20 of a–z and 0–9' }),
  vendorOverrideSchema,
);
export type VendorOverrides = z.output<typeof vendorOverridesSchema>;
