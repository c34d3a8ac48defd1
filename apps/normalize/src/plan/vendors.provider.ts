import type { FactoryProvider } from '@nestjs/common';
import { SETTINGS } from '#libs/cell';
import type { Settings } from '#libs/config';
import { createVendorRegistry, type VendorRegistry } from '#libs/vendors';

/** Injection token of the vendors' registry; the plan asks it who can serve what, and calls nobody. */
export const VENDORS = Symbol('vendors');

export const vendorsProvider: FactoryProvider<VendorRegistry> = {
  provide: VENDORS,
  useFactory: (settings: Settings) =>
    createVendorRegistry({
      access: settings.vendors,
      overrides: settings.vendorOverrides,
      offline: settings.runtime.offline,
    }),
  inject: [SETTINGS],
};
