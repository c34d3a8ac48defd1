import type { MicroUsd } from '#libs/kernel';
import type { LuaCall } from '#libs/redis';

/** What a vendor's credential may carry at once. Every window holds at the same time. */
export interface Cap {
  /** Whom the cap belongs to: the vendor id, later also the credential. Part of Redis keys. */
  id: string;
  /** Calls in flight at most. */
  concurrency: number;
  /**
   * At most `limit` units in any stretch of `lengthMs`. A unit stays occupied from grant until settlement plus the
   * length, since calls travel; so a vendor that counts fixed, anchored or calendar windows is never exceeded either.
   */
  windows: readonly { name: string; limit: number; lengthMs: number }[];
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
  units: number;
  cap: Cap;
  /** How long the request may take; the lease is a little longer. */
  deadlineMs: number;
  /** True for free or idempotent operations: an attempt whose outcome is unknown is simply made again. */
  repeatable: boolean;
}

/** A permission to send one request. `sendByMs`: from the moment of the grant, by Redis's clock. */
export interface Grant {
  kind: 'granted';
  inMs: number;
  sendByMs: number;
  leaseMs: number;
  grantNumber: number;
}

export type AcquireAnswer =
  | Grant
  /** Bought before and still fresh, also as "found nothing". `costMicro`: what it cost then; nothing is spent now. */
  | { kind: 'cached'; answer: KeptAnswer; costMicro: MicroUsd }
  /** Somebody else's identical call is under way. */
  | { kind: 'in_flight'; inMs: number }
  | { kind: 'wait'; inMs: number; reason: string }
  | { kind: 'denied'; reason: string }
  | { kind: 'stop'; why: 'paused' | 'cancelled' }
  /** An earlier attempt was sent and nobody knows how it ended; not repeated. */
  | { kind: 'in_doubt'; callId: string };

/** What the ledger keeps of an answer. `value` has been parsed by the operation's schema. */
export interface KeptAnswer {
  kind: 'ok' | 'empty';
  value?: unknown;
}

/** How a granted call ended. */
export type Settlement =
  | { kind: 'keep'; answer: KeptAnswer; ttlMs: number; costMicro: MicroUsd }
  /**
   * Nothing was bought: refused, failed before or at the vendor. `sent`: it counts in the vendor's windows.
   * `closeForMs`: the vendor said to stay away that long; nobody is granted a call until then.
   */
  | { kind: 'free'; sent: boolean; closeForMs?: number }
  | { kind: 'doubt'; costMicro: MicroUsd };

/** Fields for the company's hash, written in the same script as the settlement. */
export type Journal = Readonly<Record<string, string>>;

/** The turnstile every vendor call passes. */
export interface Gate {
  acquire(request: CallRequest): Promise<AcquireAnswer>;
  /** Marks the instant before the request is written; false = the grant is stale, do not send. */
  sent(request: CallRequest, grant: Grant): Promise<boolean>;
  /** `last`: a script to be run in the same step, right after, e.g. the one that ends the company's walk. */
  settle(
    request: CallRequest,
    grant: Grant,
    settlement: Settlement,
    journal: Journal,
    last?: LuaCall,
  ): Promise<void>;
  /** Journals a step answered from the ledger. */
  journalCached(request: CallRequest, journal: Journal): Promise<void>;
}
