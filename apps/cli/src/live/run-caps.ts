import type { ConnectedCell } from '../cell/connected-cell';
import type { CommandContext } from '../command-context';
import { listedCaps } from '../vendors/vendor-caps';
import { vendorState, type VendorState } from '../vendors/vendor-state';

/** Reads the caps of the vendors that a run has asked, and of those that are closed. */
export interface RunCaps {
  read(asked: readonly string[]): Promise<VendorState[]>;
  close(): Promise<void>;
}

/** Caps are those of this shell's settings, tuned as operators have set them in the cell. */
export async function openRunCaps(
  { gate, tuning, flow }: ConnectedCell,
  { settings }: Pick<CommandContext, 'settings'>,
): Promise<RunCaps> {
  // Loaded where somebody looks only.
  const { createVendorRegistry } = await import('#libs/vendors');
  const { vendors: access, vendorOverrides, runtime } = settings;
  const registry = createVendorRegistry({ access, overrides: vendorOverrides, offline: runtime.offline });
  const sources = { gate, lanes: flow.lanes, vendorOverrides };
  return {
    async read(asked) {
      const [seen] = await Promise.all([gate.caps(), tuning.refresh()]);
      const view = { standings: registry.standings(), seen, offline: runtime.offline, tuning };
      const caps = listedCaps(view).filter(({ cap }) => seen.includes(cap.id));
      const states = await Promise.all(caps.map((cap) => vendorState(cap, sources)));
      return states.filter(({ standing, explained }) => {
        const { closedForMs, windows } = explained;
        return closedForMs > 0 || (asked.includes(standing.descriptor.id) && windows.length > 0);
      });
    },
    close: () => registry.close(),
  };
}
