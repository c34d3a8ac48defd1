import { withStandingCell, type CellSurroundings } from '../cell/standing-cell';
import type { ConnectedCell } from '../cell/connected-cell';
import type { VendorsView } from './vendor-caps';

/** The cell that is meant with its vendors, for as long as a command needs it. Throws as `withStandingCell`. */
export async function withVendors<Result>(
  context: CellSurroundings,
  use: (cell: ConnectedCell, view: VendorsView) => Promise<Result>,
): Promise<Result> {
  const { vendors, vendorOverrides, runtime } = context.settings;
  // Loaded for these commands only: the others start without them.
  const { createVendorRegistry } = await import('#libs/vendors');
  const registry = createVendorRegistry({
    access: vendors,
    overrides: vendorOverrides,
    offline: runtime.offline,
  });
  try {
    return await withStandingCell(context, async (cell) => {
      const [seen] = await Promise.all([cell.gate.caps(), cell.tuning.refresh()]);
      const { tuning } = cell;
      return use(cell, { standings: registry.standings(), seen, offline: runtime.offline, tuning });
    });
  } finally {
    await registry.close();
  }
}
