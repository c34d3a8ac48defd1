import type { MicroUsd } from '#libs/kernel';
import type { Budgets, Cap } from './gate.port';
import type { PurchaseName } from './purchase';

export type { PurchaseName };

/** What people and the reconciler do with the gate, beside the calls themselves. */
export interface GateOperations {
  /** Ids of the caps in use within the last two months. */
  caps(): Promise<string[]>;
  /** Repairs calls whose lease is over, at most so many; to be repeated by the reconciler. Answers what it repaired. */
  reap(capId: string, most: number): Promise<RepairedCall[]>;
  /** How many purchases of the whole cell are of unknown outcome. */
  countDoubts(): Promise<number>;
  /** The tenant's purchases of unknown outcome, oldest first. */
  doubts(tenantId: string): Promise<Doubt[]>;
  /** As `doubts`, but only what names each: to read some of many. */
  doubtNames(tenantId: string): Promise<DoubtName[]>;
  /** Undefined: it has been resolved meanwhile, or its settlement has come after all. */
  doubt(tenantId: string, name: DoubtName): Promise<Doubt | undefined>;
  /**
   * Says how a call of unknown outcome ended. `bought`: its charge stands, and it is never made again · `not_bought`: the
   * charge is taken back, and the purchase may be made. `which`: the doubt's own id, its call id or its ledger key. Null: the
   * tenant has no such doubt. A doubt is resolved once; by its own id the answer is known for 90 days.
   */
  resolveDoubt(
    tenantId: string,
    which: string,
    verdict: DoubtVerdict,
  ): Promise<{ refundedMicro: MicroUsd; verdict: DoubtVerdict; resolvedBefore: boolean } | null>;
  /** Of each purchase whether it was made before and is still fresh, in one round trip: for estimates and people. */
  areAnswered(purchases: readonly PurchaseName[]): Promise<boolean[]>;
  /** Of each purchase whether it is in doubt, or was said to have been bought: then it is not made again. */
  areInDoubt(purchases: readonly PurchaseName[]): Promise<boolean[]>;
  /** Everything a call of this cap may wait for. `scope`: whose budgets to show. */
  explainCap(cap: Cap, scope?: BudgetScope): Promise<CapExplanation>;
  /** Nobody is granted a call of the cap for so long; a longer closure stands. False: it was closed for longer. */
  close(capId: string, forMs: number, why: string): Promise<boolean>;
  /** Opens the cap and its breaker at once. False: it was open. */
  reopen(capId: string, who: string): Promise<boolean>;
}

export interface RepairedCall {
  ledgerKey: string;
  callId: string;
  /** `free`: never sent, or may be repeated · `pending`: to be asked for again · `in_doubt`: charged at its most. */
  became: 'free' | 'pending' | 'in_doubt';
}

export type DoubtVerdict = 'bought' | 'not_bought';

export interface DoubtName {
  /** `dbt_` + 26 base32 characters: says nothing, and is another if the same purchase is in doubt again. */
  doubtId: string;
  ledgerKey: string;
  /** By Redis's clock, ms since 1970. */
  since: number;
}

export interface Doubt extends DoubtName {
  callId: string;
  vendor: string;
  simulated: boolean;
  op: string;
  /** What it may have cost, and is charged at. */
  maxCostMicro: MicroUsd;
}

export interface BudgetScope {
  tenantId: string;
  runId: string;
  vendor: string;
  simulated: boolean;
  budgets: Budgets;
}

/** Times are from now; 0: open, or free at once. */
export interface CapExplanation {
  closedForMs: number;
  closedWhy: string | null;
  breaker: 'closed' | 'open' | 'half_open';
  /** Failures in a row. */
  faults: number;
  probeInMs: number;
  /** `lapsed`: leases that are over and not repaired yet. */
  concurrency: { limit: number; used: number; lapsed: number };
  windows: {
    name: string;
    /** As configured; `limit` is what of it is left to us, by what the vendor's answers said. */
    declared: number;
    limit: number;
    used: number;
    freesInMs: number;
  }[];
  budgets: {
    scope: 'run' | 'tenant_day' | 'vendor_day';
    limitMicro: MicroUsd;
    spentMicro: MicroUsd;
    reservedMicro: MicroUsd;
  }[];
}
