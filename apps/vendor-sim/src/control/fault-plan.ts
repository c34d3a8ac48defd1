import { z } from 'zod';

export const FAULT_KINDS = [
  'rate_limit',
  'quota',
  'server_error',
  'timeout_before_effect',
  'timeout_after_effect',
  'drip',
  'garbage',
  'huge',
  'reset',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];

/**
 * What goes wrong at a vendor, for all its operations or one: for the next `count` requests, or for a share of all
 * (`ratio`) until cleared; without either, for all. `retryAfter` is sent as it stands.
 */
export const faultSchema = z
  .strictObject({
    vendor: z.string().min(1),
    op: z.string().min(1).optional(),
    kind: z.enum(FAULT_KINDS),
    count: z.int().min(1).optional(),
    ratio: z.number().gt(0).max(1).optional(),
    retryAfter: z.string().max(100).optional(),
    latencyMs: z.int().min(0).max(120_000).optional(),
  })
  .refine(({ count, ratio }) => count === undefined || ratio === undefined, {
    error: 'give count or ratio, not both',
  });
export type Fault = z.infer<typeof faultSchema>;

interface ActiveFault {
  fault: Fault;
  /** Requests that it could have struck. */
  seen: number;
  left: number;
}

/** Which request is struck by which fault; the first planned one that fits counts. Shares are exact, not random. */
export class FaultPlan {
  private active: ActiveFault[] = [];

  add(fault: Fault): void {
    this.active.push({ fault, seen: 0, left: fault.count ?? Infinity });
  }

  clear(): void {
    this.active = [];
  }

  list(): readonly Fault[] {
    return this.active.map(({ fault }) => fault);
  }

  /** The fault of this request, if any. */
  take(vendor: string, op: string): Fault | null {
    for (const active of this.active) {
      const { fault } = active;
      if (fault.vendor !== vendor || (fault.op !== undefined && fault.op !== op)) continue;
      const ratio = fault.ratio ?? 1;
      const strikes = Math.floor((active.seen + 1) * ratio) > Math.floor(active.seen * ratio);
      active.seen += 1;
      if (!strikes) continue;
      active.left -= 1;
      if (active.left === 0) this.active = this.active.filter((other) => other !== active);
      return fault;
    }
    return null;
  }
}
