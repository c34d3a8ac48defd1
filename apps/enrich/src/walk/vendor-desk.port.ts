import type { Operation, OperationInput } from '#libs/contracts';
import type { MicroUsd } from '#libs/kernel';
import type { Cap } from '#libs/vendor-gate';
import type { VendorOutcome } from '#libs/vendors';

/** On what terms a vendor serves an operation. */
export interface VendorTerms {
  cap: Cap;
  /** How long one request may take. */
  deadlineMs: number;
  /** True for free or idempotent operations: an attempt of unknown outcome is made again. */
  repeatable: boolean;
  costPerUnitMicro: MicroUsd;
  /** Most that one call can cost. */
  maxCostMicro: MicroUsd;
  /** How long a purchased answer stays fresh. */
  foundTtlMs: number;
  emptyTtlMs: number;
  /** The answers come from the simulator. */
  simulated: boolean;
}

/** What the walk needs of vendors: their terms, and one request at a time. Outcomes are answers, never thrown. */
export interface VendorDesk {
  terms(vendor: string, op: Operation): VendorTerms;
  call<Op extends Operation>(
    vendor: string,
    op: Op,
    input: OperationInput<Op>,
    signal: AbortSignal,
  ): Promise<VendorOutcome<unknown>>;
}
