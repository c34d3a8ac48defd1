interface Waiting {
  name: string;
  /** Its tag rounded up: jobs within one unit of each other are served as they came. */
  place: number;
  arrival: number;
}

/** Start-time fair queueing as it is meant: tags without end, no range, no base, one list. */
export class FairQueueModel {
  private waiting: Waiting[] = [];
  private virtualTime = 0;
  private readonly last = new Map<string, number>();
  private arrivals = 0;

  add(tenant: string, names: readonly string[], charge: number): void {
    const [head] = this.waiting;
    if (head) {
      this.virtualTime = Math.max(this.virtualTime, head.place - 1);
    } else {
      this.virtualTime = 0;
      this.last.clear();
    }
    let tag = charge > 0 ? Math.max(this.virtualTime, this.last.get(tenant) ?? 0) : this.virtualTime;
    for (const name of names) {
      tag += charge;
      this.waiting.push({
        name,
        place: Math.max(1, Math.ceil(tag - 1e-9)),
        arrival: (this.arrivals += 1),
      });
    }
    if (charge > 0) this.last.set(tenant, tag);
    this.waiting.sort((a, b) => a.place - b.place || a.arrival - b.arrival);
  }

  /** The next to be served, in their order. */
  start(count: number): string[] {
    return this.waiting.splice(0, count).map(({ name }) => name);
  }
}
