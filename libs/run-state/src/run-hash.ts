import type { z } from 'zod';
import {
  runOutputSchema,
  runPlanSchema,
  runRecordSchema,
  runRequestSchema,
  vendorUsageSchema,
  type RunOutput,
  type RunRecord,
  type VendorUsage,
} from '#libs/contracts';

const outputSchema = runOutputSchema.nullable();
const planSchema = runPlanSchema.nullable();

/** The run's hash as Redis returns it: every value is text; times are epoch ms, documents are JSON. */
export type RunHash = Readonly<Record<string, string>>;

const iso = (ms: string | undefined): string | null =>
  ms === undefined ? null : new Date(Number(ms)).toISOString();

const json = (text: string | undefined): unknown => (text === undefined ? null : JSON.parse(text));

const count = (text: string | undefined): number => Number(text ?? 0);

/** Parses a stored run. Throws `ZodError` if the record does not have the shape this version writes. */
export function runRecordFromHash(hash: RunHash): RunRecord {
  return runRecordSchema.parse({
    ...summaryOf(hash),
    request: runRequestSchema.parse(json(hash.request)),
    plan: planSchema.parse(json(hash.plan)),
    output: runOutputFromHash(hash),
    epoch: count(hash.epoch),
  });
}

/** A run without what it was asked, what it planned and what it left: what lists show. */
const runSummarySchema = runRecordSchema.omit({ request: true, plan: true, output: true, epoch: true });
export type RunSummary = z.infer<typeof runSummarySchema>;

/** The fields of a run's hash that `runSummaryFromHash` reads. */
export const RUN_SUMMARY_FIELDS = [
  'run_id',
  'thread_id',
  'source',
  'state',
  'pause_reason',
  'phase',
  'message',
  'updated_at',
  'problem',
  'created_at',
  'started_at',
  'finished_at',
  'candidates',
  'done',
  'failed',
] as const;

/** Parses what lists show of a stored run. Throws `ZodError` as `runRecordFromHash`, and `SyntaxError` for a torn document. */
export function runSummaryFromHash(hash: RunHash): RunSummary {
  return runSummarySchema.parse(summaryOf(hash));
}

/** As `runSummaryFromHash`, for the output alone; null until the run has ended. */
export function runOutputFromHash(hash: RunHash): RunOutput | null {
  return outputSchema.parse(json(hash.output));
}

function summaryOf(hash: RunHash): object {
  return {
    run_id: hash.run_id,
    thread_id: hash.thread_id,
    source: hash.source,
    state: hash.state,
    pause_reason: hash.pause_reason ?? null,
    status: { phase: hash.phase, message: hash.message, updated_at: iso(hash.updated_at) },
    problem: json(hash.problem),
    created_at: iso(hash.created_at),
    started_at: iso(hash.started_at),
    finished_at: iso(hash.finished_at),
    counters: {
      candidates: count(hash.candidates),
      done: count(hash.done),
      failed: count(hash.failed),
    },
  };
}

/** The gate's scripts write these: `calls`, `cost`, …, and `t<ms>` for the calls that took up to so long. */
const USAGE_FIELD = /^u:([^:]+):([a-z0-9]+)$/;
const LATENCY_COUNTER = /^t(\d+)$/;

/** The field of a run's hash that counts one thing about one vendor. */
export function usageField(vendor: string, counter: string): string {
  return `u:${vendor}:${counter}`;
}

/** What each vendor did for the run so far, by vendor id. What was never counted is 0. */
export function vendorUsageFromHash(hash: RunHash): VendorUsage[] {
  const byVendor = new Map<string, Map<string, number>>();
  for (const [field, value] of Object.entries(hash)) {
    const [, vendor, counter] = USAGE_FIELD.exec(field) ?? [];
    if (vendor === undefined || counter === undefined) continue;
    const counters = byVendor.get(vendor) ?? new Map<string, number>();
    byVendor.set(vendor, counters.set(counter, count(value)));
  }
  return [...byVendor]
    .map(([vendor, counters]) => usageOf(vendor, counters))
    .sort((a, b) => (a.vendor < b.vendor ? -1 : 1));
}

function usageOf(vendor: string, counters: ReadonlyMap<string, number>): VendorUsage {
  const of = (counter: string): number => counters.get(counter) ?? 0;
  return vendorUsageSchema.parse({
    vendor,
    calls: of('calls'),
    cached: of('cached'),
    cost_micro: of('cost'),
    found: of('found'),
    empty: of('empty'),
    failed: of('failed'),
    saved_micro: of('saved'),
    p95_ms: percentile95(counters),
  });
}

/** The edge of the first bucket that 95 of 100 calls took no longer than; null where none was measured. */
function percentile95(counters: ReadonlyMap<string, number>): number | null {
  const buckets = [...counters]
    .map(([counter, calls]) => ({ edge: Number(LATENCY_COUNTER.exec(counter)?.[1]), calls }))
    .filter(({ edge }) => !Number.isNaN(edge))
    .sort((a, b) => a.edge - b.edge);
  const total = buckets.reduce((sum, { calls }) => sum + calls, 0);
  let sofar = 0;
  for (const { edge, calls } of buckets) {
    sofar += calls;
    if (sofar >= 0.95 * total) return edge;
  }
  return null;
}
