import { canonicalJson } from '#libs/kernel';

/** Why a request had no effect. */
export type Refusal = 'bad_key' | 'rate_limit' | 'quota' | 'bad_request' | 'fault';

/** One request that had its effect at the vendor, whether or not the answer arrived. */
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
  private totals = new Map<string, VendorTotals>();
  private times = new Map<string, number>();

  record(call: Omit<LedgerEntry, 'input' | 'at'> & { input: Readonly<Record<string, string>> }): void {
    const input = canonicalJson(call.input);
    this.entries.push({ ...call, input, at: new Date().toISOString() });
    const totals = this.totalsOf(call.vendor);
    totals.calls += 1;
    totals.units += call.units;
    if (call.units === 0) return;
    const purchase = canonicalJson([call.vendor, call.op, input, call.key]);
    this.times.set(purchase, (this.times.get(purchase) ?? 0) + 1);
  }

  refuse(vendor: string, why: Refusal): void {
    const { refused } = this.totalsOf(vendor);
    refused[why] = (refused[why] ?? 0) + 1;
  }

  summary(): LedgerSummary {
    const repeated = [...this.times].filter(([, times]) => times > 1);
    return {
      vendors: Object.fromEntries(this.totals),
      duplicates: repeated.reduce((sum, [, times]) => sum + times - 1, 0),
      duplicated: repeated.slice(0, DUPLICATED_SHOWN_MAX).map(([purchase, times]) => {
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
  }

  private totalsOf(vendor: string): VendorTotals {
    const known = this.totals.get(vendor);
    if (known) return known;
    const totals: VendorTotals = { calls: 0, units: 0, refused: {} };
    this.totals.set(vendor, totals);
    return totals;
  }
}
