/** A request that was let in. */
export interface Arrival {
  /** Milliseconds since 1970, by a clock that never goes back; parts of a millisecond count. */
  atMs: number;
  op: string;
  key: string;
}

/** Arrivals of one vendor that are kept. */
const ARRIVALS_KEPT_MAX = 100_000;

/** When requests came, by the clock that windows are counted with: what utilisation and caps can be judged by. */
export class CallTimeline {
  private readonly vendors = new Map<string, { total: number; latest: Arrival[] }>();

  add(vendor: string, arrival: Arrival): void {
    const known = this.vendors.get(vendor) ?? { total: 0, latest: [] };
    known.total += 1;
    known.latest.push(arrival);
    // Now and then, since dropping from the front moves all that stay.
    if (known.latest.length > 2 * ARRIVALS_KEPT_MAX) known.latest = known.latest.slice(-ARRIVALS_KEPT_MAX);
    this.vendors.set(vendor, known);
  }

  /** All there were, and the latest of them in their order. */
  of(vendor: string): { total: number; latest: readonly Arrival[] } {
    const { total, latest } = this.vendors.get(vendor) ?? { total: 0, latest: [] };
    return { total, latest: latest.slice(-ARRIVALS_KEPT_MAX) };
  }

  clear(): void {
    this.vendors.clear();
  }
}
