import type { Settings } from '#libs/config';

/** Ids of the vendors that take a key: those that can be asked with these settings, and those that cannot. */
export interface VendorKeys {
  usable: readonly string[];
  lacking: readonly string[];
}

/** Which vendors have their key in these settings. Of a cell that is not offline. */
export async function vendorKeys({ vendors, vendorOverrides }: Settings): Promise<VendorKeys> {
  const { createVendorRegistry } = await import('#libs/vendors');
  const registry = createVendorRegistry({ access: vendors, overrides: vendorOverrides, offline: false });
  const metered = registry.standings().filter(({ descriptor }) => descriptor.auth !== 'none');
  await registry.close();
  const idsOf = (usable: boolean): string[] =>
    metered.filter((standing) => standing.usable === usable).map(({ descriptor }) => descriptor.id);
  return { usable: idsOf(true), lacking: idsOf(false) };
}

/** What to tell whoever starts a cell with these settings; undefined where there is nothing to say. */
export async function noKeyNote(settings: Settings): Promise<string | undefined> {
  if (settings.runtime.offline) return undefined;
  const { usable } = await vendorKeys(settings);
  if (usable.length > 0) return undefined;
  return (
    'No vendor has a key: companies get what their own websites say, and no contacts. ' +
    'Set VENDOR_<ID>_API_KEY (docs/env.md), or ORCHESTRATOR_OFFLINE=1 to rehearse with simulated vendors'
  );
}
