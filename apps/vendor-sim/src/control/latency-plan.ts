import { z } from 'zod';
import { Seeded } from '../data/seeded';

export const latencySchema = z.strictObject({
  vendor: z.string().min(1),
  ms: z.int().min(0).max(120_000),
  jitterMs: z.int().min(0).max(120_000).default(0),
  /** The share of requests that take longer than `ms`. */
  jitterShare: z.number().gt(0).max(1).default(1),
});
type Latency = z.infer<typeof latencySchema>;

/** What a near data centre takes. */
const USUAL = { ms: 5, jitterMs: 15, jitterShare: 1 };

/** How long an answer takes: the same for the same request, `ms`, or up to `ms + jitterMs` for a share of requests. */
export class LatencyPlan {
  private readonly vendors = new Map<string, Latency>();

  set(latency: Latency): void {
    this.vendors.set(latency.vendor, latency);
  }

  clear(): void {
    this.vendors.clear();
  }

  of(vendor: string, request: string): number {
    const { ms, jitterMs, jitterShare } = this.vendors.get(vendor) ?? USUAL;
    if (jitterMs === 0) return ms;
    const drawn = new Seeded(request).fraction('latency');
    // One draw for both: which share it falls into, and where in that share.
    return drawn < jitterShare ? ms + Math.floor((drawn / jitterShare) * (jitterMs + 1)) : ms;
  }
}
