import { z } from 'zod';
import {
  operationSchema,
  stepPolicySchema,
  tenantIdSchema,
  type Operation,
  type StepPolicy,
} from '#libs/contracts';
import type { MicroUsd } from '#libs/kernel';
import { usdSchema } from './usd.schema';

const waterfallSchema = z
  .array(z.string().regex(/^[a-z0-9]{2,20}$/, { error: 'a vendor id is 2–20 of a–z and 0–9' }))
  .max(20)
  .refine((vendors) => new Set(vendors).size === vendors.length, { error: 'a vendor is named twice' });

const byOperation = <Schema extends z.ZodType>(schema: Schema) =>
  z.partialRecord(operationSchema, schema, {
    error: (issue) => {
      // The library's type of this issue does not know the code that it has here.
      const { code, keys = [] } = issue as { code: string; keys?: readonly string[] };
      if (code !== 'unrecognized_keys') return undefined;
      return `there is no operation ${keys.join(', ')}; there are ${operationSchema.options.join(', ')}`;
    },
  });

const tenantEntrySchema = z.strictObject({
  /** The tenant's share of a cap against others'. */
  weight: z.number().min(0.01).max(1_000).optional(),
  /** Null lifts a limit that `default` sets. */
  budgets: z
    .strictObject({ run_usd: usdSchema.nullable().optional(), day_usd: usdSchema.nullable().optional() })
    .optional(),
  /** Which vendors serve an operation, in the order to ask them; an empty list leaves the step out. */
  waterfalls: byOperation(waterfallSchema).optional(),
  policies: byOperation(stepPolicySchema).optional(),
});
type TenantEntry = z.output<typeof tenantEntrySchema>;

/** The entry of whoever has none of their own, and what such an entry leaves open. */
const DEFAULT_ENTRY = 'default';

/** The file of `LEADGEN_TENANTS_FILE`: by tenant id, and `default`. */
const tenantsFileSchema = z.record(z.union([z.literal(DEFAULT_ENTRY), tenantIdSchema]), tenantEntrySchema);

/** On what terms a tenant's runs are planned. Null: without a limit. */
export interface TenantTerms {
  readonly weight: number;
  readonly budgets: { readonly run_micro: MicroUsd | null; readonly day_micro: MicroUsd | null };
  /** An operation that is not named is served by every vendor that can, in the vendors' own order. */
  readonly waterfalls: Readonly<Partial<Record<Operation, readonly string[]>>>;
  readonly policies: Readonly<Partial<Record<Operation, StepPolicy>>>;
}

/** The terms of all tenants: those with an entry of their own, and everybody else's. */
export interface TenantSettings {
  readonly everybodyElse: TenantTerms;
  readonly byTenant: ReadonlyMap<string, TenantTerms>;
}

const NO_TERMS: TenantTerms = {
  weight: 1,
  budgets: { run_micro: null, day_micro: null },
  waterfalls: {},
  policies: {},
};

/** Without a file: no limits, every vendor, equal shares. */
export const tenantSettingsSchema = tenantsFileSchema.transform((file): TenantSettings => {
  const entries = new Map(Object.entries(file));
  const everybodyElse = withEntry(NO_TERMS, entries.get(DEFAULT_ENTRY) ?? {});
  entries.delete(DEFAULT_ENTRY);
  const byTenant = new Map([...entries].map(([id, entry]) => [id, withEntry(everybodyElse, entry)]));
  return Object.freeze({ everybodyElse, byTenant });
});

/** The tenant's own terms, or everybody else's. */
export function tenantTerms({ everybodyElse, byTenant }: TenantSettings, tenantId: string): TenantTerms {
  return byTenant.get(tenantId) ?? everybodyElse;
}

function withEntry(terms: TenantTerms, entry: TenantEntry): TenantTerms {
  const { run_usd: run = terms.budgets.run_micro, day_usd: day = terms.budgets.day_micro } =
    entry.budgets ?? {};
  return Object.freeze({
    weight: entry.weight ?? terms.weight,
    budgets: Object.freeze({ run_micro: run, day_micro: day }),
    waterfalls: Object.freeze({ ...terms.waterfalls, ...entry.waterfalls }),
    policies: Object.freeze({ ...terms.policies, ...entry.policies }),
  });
}
