import type { MicroUsd } from '#libs/kernel';
import type { LuaCall } from '#libs/redis';
import type { SuppressionSubject } from './suppression-names';

/** What a vendor's credential may carry at once. Every window holds at the same time. */
export interface Cap {
  /** Whom the cap belongs to: the vendor id, or `<vendor>.<key>` for a tenant's own credential. Part of Redis keys. */
  id: string;
  /** Calls in flight at most. */
  concurrency: number;
  windows: readonly CapWindow[];
}

/**
 * At most `limit` units per `lengthMs`, as the vendor counts them: any stretch (`sliding`), its own clock's stretches
 * (`fixed`), stretches that open with the first request (`anchored`), or days and months of a zone (`calendar`, where
 * `lengthMs` is the longest such day or month).
 */
export type CapWindow = {
  /** Unique within the cap. */
  name: string;
  limit: number;
  lengthMs: number;
  /** What this call takes of it; 0: nothing. */
  units: number;
} & ({ kind: 'sliding' | 'fixed' | 'anchored' } | { kind: 'calendar'; unit: 'day' | 'month'; zone: string });

/** What may be spent, in micro-units; null: without a limit. */
export interface Budgets {
  run: MicroUsd | null;
  /** All runs of the tenant, per UTC day. */
  tenantDay: MicroUsd | null;
  /** All calls to the vendor, per UTC day. */
  vendorDay: MicroUsd | null;
}

export interface CallRequest {
  /** Chosen by the caller and the same on every retry of the same hop: a lost reply never makes a call wait for itself. */
  callId: string;
  tenantId: string;
  runId: string;
  companyId: string;
  vendor: string;
  /** The answer comes from the simulator: kept in a ledger of its own, so that it never passes for a real one. */
  simulated: boolean;
  op: string;
  /** Canonical input of the operation; with tenant, vendor and op it names the purchase. */
  input: unknown;
  cap: Cap;
  budgets: Budgets;
  /** Most the call can cost: reserved from the budgets, and charged while it is in doubt. */
  maxCostMicro: MicroUsd;
  /** How long the request may take; the lease is a little longer. */
  deadlineMs: number;
  /** True for free or idempotent operations: an attempt whose outcome is unknown is simply made again. */
  repeatable: boolean;
  /** Whom the call is about; any of them on the tenant's list denies it. Asked for only where the tenant has a list. */
  subjects: () => readonly SuppressionSubject[];
  /**
   * From where it is asked. `inline` is refused (`wait`, reason `turn`) while jobs wait in the cap's lane: whoever waits
   * there is served first.
   */
  from: 'inline' | 'lane';
}

/** A permission to send one request. `sendByMs`: from the moment of the grant, by Redis's clock. */
export interface Grant {
  kind: 'granted';
  /** Send no earlier than in so many ms; 0: now. */
  inMs: number;
  sendByMs: number;
  leaseMs: number;
  grantNumber: number;
  /** What an earlier call for the same purchase left as `pending`; null for the first. */
  resume: string | null;
  /** What the purchase has cost in earlier calls that left it `pending`. */
  paidMicro: MicroUsd;
  /** The run had paused itself for caps, and goes on with this call. */
  resumesRun: boolean;
}

/**
 * Why a call waits. `closed`: the vendor is closed until then · `probe`: half-open, somebody else tries it ·
 * `window`, `concurrency`: the cap is taken · `turn`: others wait in the lane · `budget`: reservations of calls under way
 * may yet be given back · `pending`: the vendor is not ready · `window_guard`: the edge of a window of the vendor's clock.
 */
export type WaitReason =
  'closed' | 'probe' | 'window' | 'window_guard' | 'concurrency' | 'turn' | 'budget' | 'pending';

/**
 * Why a call may not be made. `suppressed`: this company must not be asked about · `budget_run`, `budget_tenant_day`,
 * `budget_vendor_day`: spent · `never`: more units than a window ever holds, or dearer than a budget.
 */
export type DenyReason = 'suppressed' | 'budget_run' | 'budget_tenant_day' | 'budget_vendor_day' | 'never';

export type AcquireAnswer =
  | Grant
  /** Bought before and still fresh, also as "found nothing". `costMicro`: what it cost then; nothing is spent now. */
  | { kind: 'cached'; answer: KeptAnswer; costMicro: MicroUsd }
  /** Somebody else's identical call is under way. */
  | { kind: 'in_flight'; inMs: number }
  | { kind: 'wait'; inMs: number; reason: WaitReason }
  | { kind: 'denied'; reason: DenyReason }
  | { kind: 'stop'; why: 'paused' | 'cancelled' }
  /** An earlier attempt was sent and nobody knows how it ended; not repeated. */
  | { kind: 'in_doubt'; callId: string };

/** What the ledger keeps of an answer. `value` has been parsed by the operation's schema. */
export interface KeptAnswer {
  kind: 'ok' | 'empty';
  value?: unknown;
}

/**
 * How a granted call ended. `keep`: answered, kept for `ttlMs` · `pending`: bought and not ready, to be asked again with
 * `resume` in `inMs` · `free`: nothing was bought; `sent`: it counts in the vendor's windows all the same ·
 * `doubt`: sent, outcome unknown, charged at the request's `maxCostMicro` until resolved.
 */
export type Settlement = (
  | { kind: 'keep'; answer: KeptAnswer; ttlMs: number; costMicro: MicroUsd }
  | { kind: 'pending'; resume: string; inMs: number; costMicro: MicroUsd }
  | { kind: 'free'; sent: boolean }
  | { kind: 'doubt' }
) & { lesson?: Lesson };

/** What the gate learns from how a call ended. */
export interface Lesson {
  /** The vendor said to stay away that long: nobody is granted a call until then. `why` is shown to people. */
  close?: { forMs: number; why: 'rate_limited' | 'quota' | 'key_refused' };
  /** Counts towards the breaker (five in a row open it, then one probe per 30 s), or ends the row. */
  health: 'ok' | 'fault' | 'none';
  /** How full the vendor's own windows are: a window is only ever tightened by it. */
  readings?: readonly { window: string; limit?: number; left?: number; resetInMs?: number }[];
  /** What the call really took of windows that do not count requests, by the window's name; else what was asked for stands. */
  taken?: Readonly<Record<string, number>>;
  /** From the request to the answer, for the vendor's statistics. */
  tookMs?: number;
}

/** Fields for the company's hash, written in the same script as the settlement. */
export type Journal = Readonly<Record<string, string>>;

/** The turnstile every vendor call passes. */
export interface Gate {
  acquire(request: CallRequest): Promise<AcquireAnswer>;
  /**
   * Whether an `acquire` of this process has found a suppression list of the tenant: without one there is nobody to look for. An
   * erasure that is asked for later comes back for what was under way.
   */
  hasSuppressed(tenantId: string): boolean;
  /** For each of them whether the tenant has suppressed them. */
  areSuppressed(tenantId: string, subjects: readonly SuppressionSubject[]): Promise<boolean[]>;
  /** Whether the purchase was made before and is still fresh. A hint that takes nothing: only `acquire` answers. */
  isAnswered(request: CallRequest): Promise<boolean>;
  /** Marks the instant before the request is written; false = the grant is stale and given back, do not send. */
  sent(request: CallRequest, grant: Grant): Promise<boolean>;
  /** A call under way needs longer than its lease: it ends no sooner than in `leaseMs`. False: the lease is over already. */
  extend(request: CallRequest, grant: Grant, leaseMs: number): Promise<boolean>;
  /** `last`: a script to be run in the same step, right after, e.g. the one that ends the company's walk. */
  settle(
    request: CallRequest,
    grant: Grant,
    settlement: Settlement,
    journal: Journal,
    last?: LuaCall,
  ): Promise<void>;
  /** Journals a step answered from the ledger, and counts it, unless the company has ended; `last` as of `settle`. */
  journalCached(request: CallRequest, journal: Journal, last?: LuaCall): Promise<void>;
}
