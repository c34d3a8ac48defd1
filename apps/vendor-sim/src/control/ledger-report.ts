import { SIMULATED_VENDORS } from '../vendors/vendor-list';
import type { LedgerSummary, VendorTotals } from './call-ledger';
import type { SimulatorControls } from './simulator-controls';
import type { WindowUse } from './vendor-meter';

export interface LedgerReport extends Omit<LedgerSummary, 'vendors'> {
  vendors: Record<string, VendorTotals & { windows: readonly WindowUse[] }>;
}

/** The books with how far each vendor's windows were used; only vendors that were asked. */
export function ledgerReport({ ledger, meter }: SimulatorControls): LedgerReport {
  const summary = ledger.summary();
  const documented = new Map(SIMULATED_VENDORS.map((vendor) => [vendor.id, vendor]));
  const vendors = Object.entries(summary.vendors).map(([id, totals]) => {
    const vendor = documented.get(id);
    return [id, { ...totals, windows: vendor ? meter.of(vendor).use() : [] }] as const;
  });
  return { ...summary, vendors: Object.fromEntries(vendors) };
}
