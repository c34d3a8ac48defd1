import {
  runOutputSchema,
  runPlanSchema,
  runRecordSchema,
  runRequestSchema,
  vendorUsageSchema,
  type RunRecord,
  type VendorUsage,
} from '#libs/contracts';

/** The run's hash as Redis returns it: every value is text; times are epoch ms, documents are JSON. */
export type RunHash = Readonly<Record<string, string>>;

const iso = (ms: string | undefined): string | null =>
  ms === undefined ? null : new Date(Number(ms)).toISOString();

const json = (text: string | undefined): unknown => (text === undefined ? null : JSON.parse(text));

const count = (text: string | undefined): number => Number(text ?? 0);

/** Parses a stored run. Throws `ZodError` if the record does not have the shape this version writes. */
export function runRecordFromHash(hash: RunHash): RunRecord {
  return runRecordSchema.parse({
    run_id: hash.run_id,
    thread_id: hash.thread_id,
    source: hash.source,
    request: runRequestSchema.parse(json(hash.request)),
    state: hash.state,
    pause_reason: hash.pause_reason ?? null,
    status: { phase: hash.phase, message: hash.message, updated_at: iso(hash.updated_at) },
    plan: runPlanSchema.nullable().parse(json(hash.plan)),
    output: runOutputSchema.nullable().parse(json(hash.output)),
    problem: json(hash.problem),
    epoch: count(hash.epoch),
    created_at: iso(hash.created_at),
    started_at: iso(hash.started_at),
    finished_at: iso(hash.finished_at),
    counters: {
      candidates: count(hash.candidates),
      done: count(hash.done),
      failed: count(hash.failed),
    },
  });
}

const USAGE_FIELD = /^u:([^:]+):(calls|cached|cost)$/;

/** The field of a run's hash that counts one thing about one vendor. */
export function usageField(vendor: string, what: 'calls' | 'cached' | 'cost'): string {
  return `u:${vendor}:${what}`;
}

/** What each vendor did for the run so far, by vendor id. */
export function vendorUsageFromHash(hash: RunHash): VendorUsage[] {
  const byVendor = new Map<string, VendorUsage>();
  for (const [field, value] of Object.entries(hash)) {
    const [, vendor, what] = USAGE_FIELD.exec(field) ?? [];
    if (vendor === undefined) continue;
    const usage = byVendor.get(vendor) ?? { vendor, calls: 0, cached: 0, cost_micro: 0 };
    if (what === 'calls') usage.calls = count(value);
    else if (what === 'cached') usage.cached = count(value);
    else usage.cost_micro = count(value);
    byVendor.set(vendor, usage);
  }
  return [...byVendor.values()]
    .map((usage) => vendorUsageSchema.parse(usage))
    .sort((a, b) => (a.vendor < b.vendor ? -1 : 1));
}
