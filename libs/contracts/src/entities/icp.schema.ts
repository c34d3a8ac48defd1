import { z } from 'zod';

const range = (what: string) =>
  z
    .strictObject({ min: z.int().min(0).optional(), max: z.int().min(0).optional() })
    .refine((r) => r.min === undefined || r.max === undefined || r.min <= r.max, {
      error: `${what}.min is greater than ${what}.max`,
    });

const words = z.array(z.string().trim().min(1).max(200)).max(200);

/**
 * The ideal-customer profile as a tenant writes it. Every member is optional and they combine with "and"; a list
 * combines with "or". Unknown members are refused: a misspelt criterion must not silently match everybody.
 */
export const icpSchema = z.strictObject({
  industries: words.optional(),
  exclude_industries: words.optional(),
  countries: words.optional(),
  exclude_countries: words.optional(),
  employees: range('employees').optional(),
  founded: range('founded').optional(),
  keywords: words.optional(),
  exclude_keywords: words.optional(),
  exclude_domains: words.optional(),
  /** Job titles to look for among the contacts, best first. */
  titles: words.optional(),
});
export type Icp = z.infer<typeof icpSchema>;

export const ICP_KEYS = Object.keys(icpSchema.shape) as (keyof Icp)[];
