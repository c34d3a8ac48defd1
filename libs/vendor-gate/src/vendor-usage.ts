import type { MicroUsd } from '#libs/kernel';
import type { Settlement } from './gate.port';

/** What a run's hash says of a vendor under `u:<vendor>:`. `saved`: what answers from the ledger cost when they were bought. */
export interface VendorUsage {
  calls: number;
  cached: number;
  costMicro: MicroUsd;
  found: number;
  empty: number;
  failed: number;
  savedMicro: MicroUsd;
  /** 95 of 100 calls took at most so long, to the next of the steps kept; null without a call. */
  p95Ms: number | null;
}

/** Upper ends of the steps in which latencies are counted, ms; what takes longer counts in the last. */
const STEPS_MS = [25, 50, 100, 200, 400, 800, 1_500, 3_000, 6_000, 12_000, 25_000, 60_000];

/** The counter of a latency, behind `u:<vendor>:`. */
export function latencyField(tookMs: number): string {
  const step = STEPS_MS.find((most) => tookMs <= most) ?? STEPS_MS.at(-1);
  return `t${step}`;
}

/** The counter of how a call ended; '' for none: it is not over, or was never made. */
export function endingField(settlement: Settlement): 'found' | 'empty' | 'failed' | '' {
  switch (settlement.kind) {
    case 'keep':
      return settlement.answer.kind === 'ok' ? 'found' : 'empty';
    case 'doubt':
      return 'failed';
    case 'free':
      return settlement.sent ? 'failed' : '';
    case 'pending':
      return '';
  }
}

/** Reads the usage of every vendor from a run's hash. */
export function vendorUsage(runHash: Readonly<Record<string, string>>): Record<string, VendorUsage> {
  const counters: Record<string, Record<string, number>> = {};
  for (const [field, value] of Object.entries(runHash)) {
    const [, vendor, counter] = /^u:(.+):([a-z]+\d*)$/.exec(field) ?? [];
    if (vendor !== undefined && counter !== undefined) (counters[vendor] ??= {})[counter] = Number(value);
  }
  return Object.fromEntries(Object.entries(counters).map(([vendor, of]) => [vendor, usageOf(of)]));
}

function usageOf(of: Readonly<Record<string, number>>): VendorUsage {
  return {
    calls: of.calls ?? 0,
    cached: of.cached ?? 0,
    costMicro: of.cost ?? 0,
    found: of.found ?? 0,
    empty: of.empty ?? 0,
    failed: of.failed ?? 0,
    savedMicro: of.saved ?? 0,
    p95Ms: p95(of),
  };
}

function p95(of: Readonly<Record<string, number>>): number | null {
  const counts = STEPS_MS.map((step) => of[`t${step}`] ?? 0);
  const all = counts.reduce((sum, count) => sum + count, 0);
  let seen = 0;
  for (const [i, count] of counts.entries()) {
    seen += count;
    if (all > 0 && seen >= 0.95 * all) return STEPS_MS[i] ?? null;
  }
  return null;
}
