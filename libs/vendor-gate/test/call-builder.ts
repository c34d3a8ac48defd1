import type { Cap, CallRequest, Settlement } from '../src/gate.port';

const DAY_MS = 86_400_000;

/** A purchase that found something, for 2.5 cents. */
export const KEEP: Extract<Settlement, { kind: 'keep' }> = {
  kind: 'keep',
  answer: { kind: 'ok', value: { found: true } },
  ttlMs: DAY_MS,
  costMicro: 25_000,
};

/** A cap that is in nobody's way. */
export const cap = (limits: Partial<Cap> = {}): Cap => ({
  id: 'sonar',
  concurrency: 100,
  windows: [{ name: 'minute', kind: 'sliding', limit: 1_000, lengthMs: 60_000, units: 1 }],
  ...limits,
});

/** A paid call of tenant acme's run_1 for its company c_1. */
export const request = (callId: string, input: unknown, more: Partial<CallRequest> = {}): CallRequest => ({
  callId,
  tenantId: 'acme',
  runId: 'run_1',
  companyId: 'c_1',
  vendor: 'sonar',
  simulated: false,
  op: 'find_contacts',
  input,
  cap: cap(),
  budgets: { run: null, tenantDay: null, vendorDay: null },
  maxCostMicro: 25_000,
  deadlineMs: 10_000,
  repeatable: false,
  subjects: () => [],
  from: 'inline',
  ...more,
});
