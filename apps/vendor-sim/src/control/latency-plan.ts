import { z } from 'zod';
import { Seeded } from '../data/seeded';

export const latencySchema = z.strictObject({
  vendor: z.string().min(1),
  ms: z.int().min(0).max(120_000),
  jitterMs: z.int().min(0).max(120_000).default(0),
});
type Latency = z.infer<typeof latencySchema>;

/** What a near data centre takes. */
const USUAL = { ms: 5, jitterMs: 15 };

/** How long an answer takes: the same for the same request, between `ms` and `ms + jitterMs`. */
export class LatencyPlan {
  private readonly vendors = new Map<string, Latency>();

  set(latency: Latency): void {
    this.vendors.set(latency.vendor, latency);
  }

  clear(): void {
    this.vendors.clear();
  }

  of(vendor: string, request: string): number {
    const { ms, jitterMs } = this.vendors.get(vendor) ?? USUAL;
    return ms + new Seeded(request).between('latency', 0, jitterMs);
  }
}
