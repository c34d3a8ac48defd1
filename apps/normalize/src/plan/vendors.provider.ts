import type { FactoryProvider } from '@nestjs/common';
import { LOGGER, SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import type { Logger } from '#libs/observability';
import { createVendorRegistry, type VendorRegistry } from '#libs/vendors';
import { checkTenantVendors } from './tenant-vendors';

/** Injection token of the vendors' registry; the plan asks it who can serve what, and calls nobody. */
export const VENDORS = Symbol('vendors');

/** Throws `config_invalid` if the terms of tenants name vendors that there are not. */
export const vendorsProvider: FactoryProvider<VendorRegistry> = {
  provide: VENDORS,
  useFactory: (settings: Settings, logger: Logger) => {
    const registry = createVendorRegistry({
      access: settings.vendors,
      overrides: settings.vendorOverrides,
      offline: settings.runtime.offline,
    });
    for (const reason of checkTenantVendors(settings.tenants, registry.standings())) {
      logger.warn({ event: 'vendor_left_out', reason }, 'a vendor named for tenants is left out');
    }
    return registry;
  },
  inject: [SETTINGS, LOGGER],
};
