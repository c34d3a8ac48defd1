import { z } from 'zod';

/** How many people work there; `max: null` means "or more". */
export const employeeRangeSchema = z.object({
  min: z.int().min(0),
  max: z.int().min(0).nullable(),
});
export type EmployeeRange = z.infer<typeof employeeRangeSchema>;

/** `c_` + 16 base32 characters; derived from the domain, else from normalized name and country (domain/normalize). */
export const companyIdSchema = z.string().regex(/^c_[a-z2-7]{16}$/);

/**
 * A canonical company, one line of `normalized.jsonl`. Nulls are explicit: "not known" is a fact too.
 * The spelling of the members is the file format that users read, hence snake_case.
 */
export const companySchema = z.object({
  company_id: companyIdSchema,
  name: z.string().nullable(),
  /** Registrable domain by the public suffix list, lower case, IDNs in punycode. */
  domain: z.string().nullable(),
  /** The company's page on a platform that is not its own domain, e.g. `https://facebook.com/acme`. */
  social: z.string().nullable(),
  /** ISO 3166-1 alpha-2. */
  country: z.string().length(2).nullable(),
  /** ISO 3166-2 where known (`US-CA`), else the region's name as given. */
  region: z.string().nullable(),
  city: z.string().nullable(),
  /** Primary taxonomy id. */
  industry: z.string().nullable(),
  /** All taxonomy ids, sorted. */
  industries: z.array(z.string()),
  employees: employeeRangeSchema.nullable(),
  founded: z.int().nullable(),
  description: z.string().nullable(),
  /** 1-based data row numbers (the header is not one) merged into this company, ascending. */
  source_rows: z.array(z.int().min(1)).min(1),
});
export type Company = z.infer<typeof companySchema>;

/** A row that could not become a company, one line of `rejects.jsonl`. */
export const rejectSchema = z.object({ row: z.int().min(1), reason: z.string(), raw: z.string() });
export type Reject = z.infer<typeof rejectSchema>;
