import type { Operation, OperationInput } from '#libs/contracts';
import type { MicroUsd } from '#libs/kernel';
import type { OwnCredentials } from '#libs/tenancy';
import type { Cap } from '#libs/vendor-gate';
import type { VendorOutcome } from '#libs/vendors';

/** On what terms a vendor serves an operation. */
export interface VendorTerms {
  cap: Cap;
  /** By the name of each window that does not count requests: what it counts. */
  measures: Readonly<Record<string, string>>;
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
  /** The tenant's own key is used; `unreadable`: it is stored and cannot be decrypted. Not set: the platform's is. */
  ownKey?: 'stored' | 'unreadable';
}

/** What the walk needs of vendors: their terms, and one request at a time. Outcomes are answers, never thrown. */
export interface VendorDesk {
  /** `own`: the tenant's own keys, which stand in place of the platform's. */
  terms<Op extends Operation>(
    vendor: string,
    op: Op,
    input: OperationInput<Op>,
    own: OwnCredentials,
  ): VendorTerms;
  /** `resume`: what an earlier call of the purchase left as pending. */
  call<Op extends Operation>(
    vendor: string,
    op: Op,
    input: OperationInput<Op>,
    options: { signal: AbortSignal; resume: string | null; own: OwnCredentials },
  ): Promise<VendorOutcome<unknown>>;
}
