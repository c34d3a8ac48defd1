import { z } from 'zod';
import type { SimulatedWindow } from '../vendors/simulated-vendor.port';
import { RecentTimes } from './recent-times';

/** Caps to enforce in place of a vendor's documented ones; `credits` null: as many as you like. */
export const capsSchema = z.strictObject({
  vendor: z.string().min(1),
  windows: z
    .array(z.strictObject({ limit: z.int().min(1), lengthMs: z.int().min(1) }))
    .max(8)
    .optional(),
  credits: z.int().min(0).nullable().optional(),
});
type Caps = z.infer<typeof capsSchema>;

/**
 * Counts strictly, per vendor and key, and by the vendor's own clock: a request is admitted if in no window it would be
 * one too many. Refused requests do not count.
 */
export class RequestMeter {
  private readonly caps = new Map<string, Caps>();
  private readonly admitted = new Map<string, RecentTimes>();
  private readonly spent = new Map<string, number>();

  /** Caps named replace those before; credits named are credits afresh. */
  setCaps(caps: Caps): void {
    this.caps.set(caps.vendor, { ...this.caps.get(caps.vendor), ...caps });
    if (caps.credits === undefined) return;
    for (const account of this.spent.keys()) {
      if (account.startsWith(`${caps.vendor} `)) this.spent.delete(account);
    }
  }

  /** Back to the documented caps, and to credits without end. */
  clear(): void {
    this.caps.clear();
    this.spent.clear();
  }

  /** Why the request is refused, or null, and then it counts. */
  admit(
    vendor: { id: string; windows: readonly Pick<SimulatedWindow, 'limit' | 'lengthMs'>[] },
    key: string,
    nowMs: number,
  ): 'rate_limit' | 'quota' | null {
    const caps = this.caps.get(vendor.id);
    const windows = caps?.windows ?? vendor.windows;
    const account = `${vendor.id} ${key}`;
    const times = this.timesOf(account);
    const isFull = windows.some(({ limit, lengthMs }) => {
      const oldest = times.last(limit);
      return oldest !== undefined && oldest > nowMs - lengthMs;
    });
    if (isFull) return 'rate_limit';
    if (typeof caps?.credits === 'number' && (this.spent.get(account) ?? 0) >= caps.credits) return 'quota';
    times.add(nowMs, Math.max(1, ...windows.map(({ limit }) => limit)));
    return null;
  }

  spend(vendorId: string, key: string, units: number): void {
    const account = `${vendorId} ${key}`;
    this.spent.set(account, (this.spent.get(account) ?? 0) + units);
  }

  private timesOf(account: string): RecentTimes {
    const known = this.admitted.get(account);
    if (known) return known;
    const times = new RecentTimes();
    this.admitted.set(account, times);
    return times;
  }
}
