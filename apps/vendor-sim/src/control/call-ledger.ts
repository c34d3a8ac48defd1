import { canonicalJson } from '#libs/kernel';

/** Why a request had no effect. */
export type Refusal = 'bad_key' | 'rate_limit' | 'quota' | 'bad_request' | 'fault';

/** One thing that a request bought or got for nothing at the vendor, whether or not the answer arrived. */
export interface LedgerEntry {
  vendor: string;
  op: string;
  /** Canonical: the same purchase has the same text. */
  input: string;
  /** Which key was used; a short hash of it. */
  key: string;
  /** What the vendor charged. */
  units: number;
  at: string;
}

export interface VendorTotals {
  /** Requests that had their effect. */
  calls: number;
  units: number;
  refused: Partial<Record<Refusal, number>>;
  /** Requests refused because a window was full: how often the cap was overstepped. */
  over: number;
  /** Requests that had their effect and whose client left before the answer: in doubt, for the client. */
  hung_up: number;
}

export interface LedgerSummary {
  vendors: Record<string, VendorTotals>;
  /** Purchases (units > 0) of the same vendor, operation, input and key beyond the first. */
  duplicates: number;
  /** The first hundred inputs bought more than once. */
  duplicated: { vendor: string; op: string; input: string; key: string; times: number }[];
}

const DUPLICATED_SHOWN_MAX = 100;

/** The vendors' own books: the judge of "never paid twice" and "never over the cap". */
export class CallLedger {
  private entries: LedgerEntry[] = [];
  private readonly totals = new Map<string, VendorTotals>();
  private readonly times = new Map<string, number>();
  /** Those of `times` that are more than one. */
  private readonly repeated = new Map<string, number>();
  private duplicates = 0;

  /** One request that had its effect, with what it bought. */
  record(
    call: Pick<LedgerEntry, 'vendor' | 'op' | 'key'>,
    purchases: readonly { input: Readonly<Record<string, string>>; units: number }[],
  ): void {
    const at = new Date().toISOString();
    const totals = this.totalsOf(call.vendor);
    totals.calls += 1;
    for (const { input, units } of purchases) {
      const entry = { ...call, input: canonicalJson(input), units, at };
      this.entries.push(entry);
      totals.units += units;
      if (units > 0) this.count(entry);
    }
  }

  refuse(vendor: string, why: Refusal): void {
    const totals = this.totalsOf(vendor);
    totals.refused[why] = (totals.refused[why] ?? 0) + 1;
    if (why === 'rate_limit') totals.over += 1;
  }

  hangUp(vendor: string): void {
    this.totalsOf(vendor).hung_up += 1;
  }

  summary(): LedgerSummary {
    return {
      vendors: Object.fromEntries(this.totals),
      duplicates: this.duplicates,
      duplicated: [...this.repeated].slice(0, DUPLICATED_SHOWN_MAX).map(([purchase, times]) => {
        const [vendor, op, input, key] = JSON.parse(purchase) as [string, string, string, string];
        return { vendor, op, input, key, times };
      }),
    };
  }

  all(): readonly LedgerEntry[] {
    return this.entries;
  }

  clear(): void {
    this.entries = [];
    this.totals.clear();
    this.times.clear();
    this.repeated.clear();
    this.duplicates = 0;
  }

  private count({ vendor, op, input, key }: LedgerEntry): void {
    const purchase = canonicalJson([vendor, op, input, key]);
    const times = (this.times.get(purchase) ?? 0) + 1;
    this.times.set(purchase, times);
    if (times === 1) return;
    this.duplicates += 1;
    this.repeated.set(purchase, times);
  }

  private totalsOf(vendor: string): VendorTotals {
    const known = this.totals.get(vendor);
    if (known) return known;
    const totals: VendorTotals = { calls: 0, units: 0, refused: {}, over: 0, hung_up: 0 };
    this.totals.set(vendor, totals);
    return totals;
  }
}
