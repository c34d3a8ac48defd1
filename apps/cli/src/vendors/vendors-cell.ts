import { appError } from '#libs/contracts';
import { connectCell, type ConnectedCell } from '../cell/connected-cell';
import type { CommandContext } from '../command-context';
import type { VendorsView } from './vendor-caps';

/** The cell of `REDIS_URL` with its vendors, for as long as a command needs it. Throws `usage` or `redis_unreachable`. */
export async function withVendors<Result>(
  { settings, logger }: Pick<CommandContext, 'settings' | 'logger'>,
  use: (cell: ConnectedCell, view: VendorsView) => Promise<Result>,
): Promise<Result> {
  const { redis, vendors, vendorOverrides, runtime } = settings;
  if (redis.url === undefined) {
    throw appError(
      'usage',
      'REDIS_URL is not set: it names the cell whose vendors are meant, e.g. REDIS_URL=redis://127.0.0.1:6379 leadgen vendors',
    );
  }
  // Loaded for these commands only: the others start without them.
  const { createVendorRegistry } = await import('#libs/vendors');
  const registry = createVendorRegistry({
    access: vendors,
    overrides: vendorOverrides,
    offline: runtime.offline,
  });
  try {
    const cell = await connectCell(redis.url, settings, logger);
    try {
      const [seen] = await Promise.all([cell.gate.caps(), cell.tuning.refresh()]);
      const { tuning } = cell;
      return await use(cell, { standings: registry.standings(), seen, offline: runtime.offline, tuning });
    } finally {
      await cell.close();
    }
  } finally {
    await registry.close();
  }
}
