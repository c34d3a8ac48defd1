import type { SimulatedVendor } from '../vendors/simulated-vendor.port';
import type { Caps } from './caps';
import { VendorMeter, type Admission, type MeteredCall } from './vendor-meter';

type MeteredVendor = Pick<SimulatedVendor, 'id' | 'windows'>;

/** Counts strictly, per vendor and key, by the vendor's own clock: the one handed in, which never goes back. */
export class RequestMeter {
  private readonly meters = new Map<string, VendorMeter>();

  /** Lets the request in, and then it counts, or says why not. */
  admit(vendor: MeteredVendor, call: MeteredCall, nowMs: number): Admission {
    return this.of(vendor).admit(call, nowMs);
  }

  /** What a request bought. */
  spend(vendor: MeteredVendor, key: string, units: number): void {
    this.of(vendor).spend(key, units);
  }

  setCaps(vendor: MeteredVendor, caps: Caps): void {
    this.of(vendor).setCaps(caps);
  }

  /** One vendor's windows, credits and how much of them was used. */
  of(vendor: MeteredVendor): VendorMeter {
    const known = this.meters.get(vendor.id);
    if (known) return known;
    const meter = new VendorMeter(vendor.windows);
    this.meters.set(vendor.id, meter);
    return meter;
  }

  /** Forgets how much was used, not what counts. */
  forgetUse(): void {
    for (const meter of this.meters.values()) meter.forgetUse();
  }

  /** Back to the documented caps, counted afresh, and to credits without end. */
  clear(): void {
    this.meters.clear();
  }
}
